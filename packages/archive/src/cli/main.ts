import { AnjuanError } from '@anjuan/core';
import type { Command, CommandContext } from './command.js';
import { usage } from './usage.js';

/** Commands are loaded when they are called: `--help` needs no engine. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./serve-command.js')).serveCommand,
  ingest: async () => (await import('./ingest-command.js')).ingestCommand,
  snapshot: async () => (await import('./snapshot-command.js')).snapshotCommand,
  token: async () => (await import('./token-command.js')).tokenCommand,
};

/** Runs a command line and gives the exit code. Never rejects. */
export async function main(args: readonly string[], context: CommandContext): Promise<number> {
  const [name = '', ...rest] = args;
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!load) {
    context.out.write(usage.all);
    return name === '--help' || name === '-h' ? 0 : 2;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    context.out.write(usage[name as keyof typeof usage]);
    return 0;
  }
  try {
    const command = await load();
    return await command(rest, context);
  } catch (error) {
    if (AnjuanError.is(error, 'aborted')) return 130;
    context.out.write(`anjuan-archive: ${explain(error)}\n`);
    return 2;
  }
}

function explain(error: unknown): string {
  if (AnjuanError.is(error)) return `${error.message} (${error.code})`;
  // Wrong options: the parser's own words name the option.
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return error instanceof Error && code.startsWith('ERR_PARSE_ARGS') ? error.message : `unexpected: ${String(error)}`;
}
