import { appendFile, copyFile, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { ByteSource } from '../../../packages/sign/src/bytes/byte-source.js';
import { signPdf } from '../../../packages/sign/src/signing/index.js';
import { largeFile, outputsDir } from '../places.js';
import type { BenchPki } from '../pki.js';
import { runScript } from './run-script.js';
import type { VerifyFigures } from './verify-child.js';

/** The large file, signed three times, and how long its verdict takes beside one pass of the hash. */
export async function measureVerify({ pki, signers }: BenchPki, runs: number): Promise<VerifyFigures> {
  const path = join(outputsDir, 'large-signed-three-times.pdf');
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
  const roots = (['rootRsa', 'rootEc'] as const).map((name) => pki.get(name).certificateFile);
  return runScript(new URL('verify-child.ts', import.meta.url), [path, String(runs), ...roots]);
}
