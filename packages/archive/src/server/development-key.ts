import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MIN_KEY_BYTES } from '../auth/jwt-auth.js';

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
