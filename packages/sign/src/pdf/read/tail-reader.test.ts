import { test } from 'node:test';
import { fuzz } from './tail-reader.fuzz.js';

test('a few thousand damaged files end in typed errors', () => fuzz({ seed: 4, runs: 4_000 }));
