import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AnjuanError } from '@anjuan/core';

/** HS256 wants as many bits as its digest has. */
const MIN_KEY_BYTES = 32;

/** The shared key that signs tokens. A configured one must be long enough; throws `invalid-argument` otherwise. */
export function configuredKey(text: string): Uint8Array {
  const key = new TextEncoder().encode(text);
  if (key.byteLength >= MIN_KEY_BYTES) return key;
  throw new AnjuanError('invalid-argument', {
    message: `The token key needs at least ${String(MIN_KEY_BYTES)} bytes.`,
    details: { expectedBytes: MIN_KEY_BYTES, receivedBytes: key.byteLength },
  });
}

/** A random key of this data folder, made at first use, so that tokens survive a restart. For development only. */
export async function developmentKey(dataDir: string): Promise<Uint8Array> {
  const file = join(dataDir, 'development-key');
  const known = await readFile(file, 'utf8').catch(() => undefined);
  if (known !== undefined && known.length >= MIN_KEY_BYTES) return new TextEncoder().encode(known);
  await mkdir(dataDir, { recursive: true });
  const text = randomBytes(MIN_KEY_BYTES).toString('base64url');
  await writeFile(file, text, { mode: 0o600 });
  return new TextEncoder().encode(text);
}
