/** Verifying a large file with three signatures, beside hashing its bytes once: medians of runs taken in turn. */
import { open } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ByteSource } from '../../../packages/sign/src/bytes/byte-source.js';
import { openCryptoEngine } from '../../../packages/sign/src/crypto/index.js';
import { fixedTrustStore } from '../../../packages/sign/src/trust/index.js';
import { verifyPdf } from '../../../packages/sign/src/verify/index.js';
import { quantile } from '../../lib/statistics.js';

export interface VerifyFigures {
  readonly verifyMs: number;
  /** The same reads through the same hash, nothing else. */
  readonly hashMs: number;
  /** `crypto.createHash` over the same reads. */
  readonly nodeHashMs: number;
  readonly ratio: number;
  readonly indications: readonly string[];
  readonly peakMb: number;
}

const [, , path = '', runs = '5', ...rootFiles] = process.argv;
const handle = await open(path);
const { size } = await handle.stat();
const source: ByteSource = {
  sizeBytes: size,
  read: async (offset, lengthBytes) => {
    const room = new Uint8Array(Math.max(0, Math.min(lengthBytes, size - offset)));
    const { bytesRead } = await handle.read(room, 0, room.length, offset);
    return room.subarray(0, bytesRead);
  },
};
const der = (file: string): Uint8Array =>
  new Uint8Array(Buffer.from(readFileSync(file, 'latin1').replace(/-----[^-]+-----|\s/g, ''), 'base64'));
const roots = rootFiles.map(der);
const trustStore = fixedTrustStore({ signature: roots, timestamp: roots });
const PIECE = 1 << 20;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

async function hashAll(update: (bytes: Uint8Array) => void): Promise<void> {
  for (let at = 0; at < size; at += PIECE) update(await source.read(at, PIECE));
}

let indications: readonly string[] = [];
const verify = async (): Promise<void> => {
  const report = await verifyPdf(source, { trustStore, policy: { revocation: 'ignore' } });
  indications = report.signatures.map(({ indication }) => indication);
};
const times: { verify: number[]; hash: number[]; node: number[] } = { verify: [], hash: [], node: [] };
// Warm, as in an application that has checked files before.
for (let warm = 0; warm < 4; warm += 1) await verify();
const { writeFile } = await import('node:fs/promises');
const status = (name: string): number =>
  Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) * 1024;
globalThis.gc?.();
await writeFile('/proc/self/clear_refs', '5');
const idle = status('VmRSS');
await verify();
const peakMb = (status('VmHWM') - idle) / 1e6;
const engine = await openCryptoEngine();
for (let run = 0; run < Number(runs); run += 1) {
  times.hash.push(
    await timed(async () => {
      const hash = await engine.hasher('sha-256');
      await hashAll((bytes) => hash.update(bytes));
      hash.digest();
    }),
  );
  times.verify.push(await timed(verify));
  times.node.push(
    await timed(async () => {
      const hash = createHash('sha256');
      await hashAll((bytes) => hash.update(bytes));
      hash.digest();
    }),
  );
}
const median = (values: readonly number[]): number => Number(quantile(values, 0.5).toFixed(1));
const [verifyMs, hashMs, nodeHashMs] = [median(times.verify), median(times.hash), median(times.node)];
// Neighbours in time share the load of the machine.
const ratio = Number(
  quantile(
    times.verify.map((value, index) => value / (times.hash[index] ?? value)),
    0.5,
  ).toFixed(3),
);
const figures: VerifyFigures = { verifyMs, hashMs, nodeHashMs, ratio, indications, peakMb };
process.stdout.write(`${JSON.stringify(figures)}\n`);
process.exit(0);
