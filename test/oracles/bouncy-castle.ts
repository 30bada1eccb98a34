import { execFileSync, spawnSync, type ExecFileSyncOptionsWithStringEncoding } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const jars = ['bcprov', 'bcpkix', 'bcutil'].map((name) => `/usr/share/java/${name}.jar`);

/** Why BouncyCastle cannot be asked; false when it can. Debian: default-jdk-headless libbcpkix-java libbcprov-java. */
export function skipWithoutBouncyCastle(): string | false {
  if (spawnSync('java', ['-version']).status !== 0) return 'java is not installed';
  const missing = jars.filter((jar) => !existsSync(jar));
  return missing.length > 0 ? `${missing.join(', ')} not installed` : false;
}

/** Asks GmOracle.java: one line a question. */
export function askBouncyCastle(questions: readonly string[]): string[] {
  const program = fileURLToPath(new URL('GmOracle.java', import.meta.url));
  const input = `${questions.join('\n')}\n`;
  const options: ExecFileSyncOptionsWithStringEncoding = {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['pipe', 'pipe', 'ignore'],
  };
  return execFileSync('java', ['-cp', jars.join(':'), program], options)
    .trimEnd()
    .split('\n');
}

/** Lower-case hex. */
export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** Bytes of hex. */
export const unhex = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, 'hex'));
