import { appendFile, copyFile, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { ByteSource } from '../../../packages/sign/src/bytes/byte-source.js';
import { signPdf } from '../../../packages/sign/src/signing/index.js';
import { largeFile, outputsDir } from '../places.js';
import type { BenchPki } from '../pki.js';
import { SignBrowser } from '../sign-browser.js';
import { quantile } from '../../lib/statistics.js';
import { runScript } from './run-script.js';
import type { VerifyFigures } from './verify-child.js';

export interface VerifyResult {
  readonly node: VerifyFigures;
  readonly chromium: Pick<VerifyFigures, 'verifyMs' | 'hashMs' | 'ratio'> & { readonly verdicts: string };
}

/** The large file, signed three times, and how long its verdict takes beside one pass of the hash. */
export async function measureVerify(bench: BenchPki, runs: number): Promise<VerifyResult> {
  const { pki } = bench;
  const path = join(outputsDir, 'large-signed-three-times.pdf');
  await signThreeTimes(bench, path);
  const roots = (['rootRsa', 'rootEc'] as const).map((name) => pki.get(name));
  const files = roots.map(({ certificateFile }) => certificateFile);
  const node = await runScript<VerifyFigures>(new URL('verify-child.ts', import.meta.url), [
    path,
    String(runs),
    ...files,
  ]);
  const anchors = roots.map(({ der }) => Buffer.from(der).toString('base64'));
  return { node, chromium: await inBrowser(path, anchors, runs) };
}

async function inBrowser(path: string, roots: readonly string[], runs: number): Promise<VerifyResult['chromium']> {
  const browser = await SignBrowser.launch();
  try {
    const page = await browser.open('large');
    await page.setInputFiles('input', path);
    const verify = () => page.evaluate((anchors) => globalThis.largeBench.verify(anchors), roots);
    const { verdicts } = await verify();
    const all: { ms: number; hashMs: number }[] = [];
    for (let run = 0; run < runs; run += 1) all.push(await verify());
    const median = (values: readonly number[], digits = 1): number => Number(quantile(values, 0.5).toFixed(digits));
    return {
      verifyMs: median(all.map(({ ms }) => ms)),
      hashMs: median(all.map(({ hashMs }) => hashMs)),
      ratio: median(
        all.map(({ ms, hashMs }) => ms / hashMs),
        3,
      ),
      verdicts,
    };
  } finally {
    await browser.close();
  }
}

async function signThreeTimes({ signers }: BenchPki, path: string): Promise<void> {
  await copyFile(largeFile, path);
  for (const key of ['rsa', 'ecdsa', 'rsa'] as const) {
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
    const { increments } = await signPdf(source, { signer: signers[key] });
    await handle.close();
    for (const increment of increments) await appendFile(path, increment);
  }
}
