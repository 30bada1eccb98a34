import { Sha256 } from '@anjuan/core';
import type { Ink } from './ink.js';
import { inkToJson } from './ink-json.js';

/** Lower-case hex digests of one ink. */
export interface InkDigest {
  readonly sha256: string;
  readonly sm3: string;
}

/** SHA-256 and SM3 over the canonical bytes of the ink (`inkToJson` as UTF-8). Works without WebCrypto. */
export async function inkDigest(ink: Ink): Promise<InkDigest> {
  const bytes = new TextEncoder().encode(inkToJson(ink));
  const { sm3 } = await import('../gm/index.js');
  return { sha256: new Sha256().update(bytes).hex(), sm3: hex(sm3(bytes)) };
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
