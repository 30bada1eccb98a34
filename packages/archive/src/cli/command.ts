import type { Output } from './progress-printer.js';

/** What a command needs from its process. */
export interface CommandContext {
  readonly out: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
}

/** Gives the exit code. Throws AnjuanError for what its user can mend. */
export type Command = (args: readonly string[], context: CommandContext) => Promise<number>;

export const defaults = { dataDir: '.cache/archive', host: '127.0.0.1', port: 8680 } as const;
