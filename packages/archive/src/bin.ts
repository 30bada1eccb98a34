#!/usr/bin/env node
import { main } from './cli/main.js';

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  // The first asks, the second kills.
  process.once(name, () => stop.abort());
}
process.exitCode = await main(process.argv.slice(2), { out: process.stdout, env: process.env, signal: stop.signal });
