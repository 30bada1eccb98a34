import type { ByteSource } from '../bytes/byte-source.js';
import { readAhead } from '../bytes/read-ahead.js';
import type { CryptoEngine, HashAlgorithm, StreamHash } from '../crypto/algorithms.js';

/** A digest to make: of all bytes up to `gapStart` and those from `gapEnd` to `end`. */
export interface HashTask {
  readonly hash: HashAlgorithm;
  readonly gapStart: number;
  readonly gapEnd: number;
  readonly end: number;
}

/** Lower-case hex. */
export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += (byte >> 4).toString(16) + (byte & 15).toString(16);
  return text;
}

/**
 * Every digest and the SHA-256 of the whole file in one pass: one running hash per algorithm, forked where a gap starts.
 * Errors: `aborted`, `crypto-unsupported`.
 */
export async function hashOnce(
  source: ByteSource,
  tasks: readonly HashTask[],
  engine: CryptoEngine,
  signal?: AbortSignal,
): Promise<{ readonly sha256: string; readonly digests: ReadonlyMap<HashTask, Uint8Array> }> {
  const running = new Map<HashAlgorithm, StreamHash>([['sha-256', await engine.hasher('sha-256')]]);
  for (const { hash } of tasks) if (!running.has(hash)) running.set(hash, await engine.hasher(hash));
  const lastUse = (hash: HashAlgorithm): number =>
    hash === 'sha-256' ? Infinity : Math.max(...tasks.map((task) => (task.hash === hash ? task.gapStart : 0)));
  const forks = new Map<HashTask, StreamHash>();
  const digests = new Map<HashTask, Uint8Array>();
  const stops = [...new Set(tasks.flatMap(({ gapStart, gapEnd, end }) => [gapStart, gapEnd, end]))].sort(
    (a, b) => a - b,
  );
  let at = 0;
  for await (const bytes of readAhead(source, 0, signal)) {
    const until = at + bytes.byteLength;
    for (let from = at; from < until;) {
      const to = Math.min(until, stops.find((stop) => stop > from) ?? until);
      const part = bytes.subarray(from - at, to - at);
      for (const task of tasks) if (task.gapStart === from) fork(task);
      for (const [hash, state] of running) if (from < lastUse(hash)) state.update(part);
      for (const [task, state] of forks) if (from >= task.gapEnd && from < task.end) state.update(part);
      from = to;
    }
    at = until;
  }
  for (const [task, state] of forks) digests.set(task, state.digest());
  return { sha256: toHex(running.get('sha-256')?.digest() ?? new Uint8Array()), digests };

  function fork(task: HashTask): void {
    const state = running.get(task.hash);
    if (state) forks.set(task, state.fork());
  }
}
