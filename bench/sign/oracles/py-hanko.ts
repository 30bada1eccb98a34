import { execFileSync, spawnSync, type ExecFileSyncOptionsWithStringEncoding } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const python = process.env['ANJUAN_PYTHON'] ?? 'python3';

/** Why pyHanko cannot be asked; false when it can. */
export function skipWithoutPyHanko(): string | false {
  const { status } = spawnSync(python, ['-c', 'import pyhanko']);
  return status === 0 ? false : `${python} has no pyhanko (set ANJUAN_PYTHON)`;
}

export interface PyHankoQuestion {
  readonly path: string;
  readonly password: string;
  readonly roots: readonly string[];
  readonly others: readonly string[];
}

export interface PyHankoAnswer {
  readonly signatures?: readonly {
    readonly field: string;
    /** Trusted as well. */
    readonly ok: boolean;
    /** The signature holds, and nothing changed since that it does not allow. */
    readonly intact: boolean;
    readonly words: string;
  }[];
  readonly error?: string;
}

/** Asks about all files in one process. */
export function askPyHanko(questions: readonly PyHankoQuestion[]): readonly PyHankoAnswer[] {
  if (questions.length === 0) return [];
  const script = fileURLToPath(new URL('pyhanko_verdicts.py', import.meta.url));
  const input = `${questions.map((question) => JSON.stringify(question)).join('\n')}\n`;
  const options: ExecFileSyncOptionsWithStringEncoding = {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['pipe', 'pipe', 'ignore'],
  };
  return execFileSync(python, [script], options)
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as PyHankoAnswer);
}
