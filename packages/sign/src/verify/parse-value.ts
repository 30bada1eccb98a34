import type { CmsFindingId, SignedData, TimestampToken } from '../cms/index.js';
import { parseSignedData, parseTimestampToken } from '../cms/index.js';
import type { HashAlgorithm } from '../crypto/algorithms.js';
import type { SesSignature } from '../gm/index.js';
import type { FoundSignature } from './found-signature.js';
import { say } from './texts.js';

/** What /Contents holds. */
export type ParsedValue =
  | { readonly kind: 'cms'; readonly signedData: SignedData; readonly hashes: readonly HashAlgorithm[] }
  | { readonly kind: 'timestamp'; readonly token: TimestampToken; readonly hashes: readonly HashAlgorithm[] }
  | { readonly kind: 'seal'; readonly seal: SesSignature; readonly hashes: readonly HashAlgorithm[] }
  | { readonly kind: 'none'; readonly hashes: readonly [] };

export type CmsValue = Extract<ParsedValue, { kind: 'cms' }>;

const NONE: ParsedValue = { kind: 'none', hashes: [] };
const WEAK = new Set(['adbe.pkcs7.sha1', 'adbe.x509.rsa_sha1']);
const CMS = new Set(['adbe.pkcs7.detached', 'ETSI.CAdES.detached']);

/** Takes the value out of its slot and reads it by its /SubFilter; what is in the way becomes a finding. */
export async function parseValue({ findings, value, byteRange }: FoundSignature): Promise<ParsedValue> {
  const name = value.subFilter ?? '';
  if (!byteRange || !value.contents) return NONE;
  const slot = takeDer(value.contents);
  if (slot === undefined) {
    findings.failed('cms-structure', 'FORMAT_FAILURE', 'cms-unreadable');
    return NONE;
  }
  if (slot.padding === 'dirty') findings.failed('cms-structure', 'FORMAT_FAILURE', 'contents-padding');
  if (WEAK.has(name)) {
    findings.failed('sub-filter', 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE', say('sub-filter-weak', name));
    return NONE;
  }
  const stamped = name === 'ETSI.RFC3161';
  const known = stamped || CMS.has(name);
  if (value.kind === 'DocTimeStamp' && !stamped) {
    findings.failed('sub-filter', 'FORMAT_FAILURE', say('sub-filter-unknown', name));
    return NONE;
  }
  try {
    const parsed = stamped ? readToken(slot.der) : await readValue(slot.der);
    if (known || parsed.kind === 'seal') findings.passed('sub-filter', say('sub-filter-known', name));
    else findings.unknown('sub-filter', 'SIG_CONSTRAINTS_FAILURE', say('sub-filter-unknown', name));
    return parsed;
  } catch {
    findings.failed('cms-structure', 'FORMAT_FAILURE', 'cms-unreadable');
    return NONE;
  }
}

function readToken(bytes: Uint8Array): ParsedValue {
  const token = parseTimestampToken(bytes);
  return { kind: 'timestamp', token, hashes: token.hash ? [token.hash] : [] };
}

/** A CMS, or the seal that Chinese producers put under the same names. */
async function readValue(bytes: Uint8Array): Promise<ParsedValue> {
  try {
    const signedData = parseSignedData(bytes);
    const hashes = [...new Set(signedData.signers.flatMap(({ hash }) => (hash ? [hash] : [])))];
    return { kind: 'cms', signedData, hashes };
  } catch {
    return readSeal(bytes);
  }
}

async function readSeal(bytes: Uint8Array): Promise<ParsedValue> {
  const { parseSesSignature } = await import('../gm/index.js');
  return { kind: 'seal', seal: parseSesSignature(bytes), hashes: ['sm3', 'sha-256'] };
}

/** One DER or BER element and whether only zeros follow it. */
function takeDer(slot: Uint8Array): { readonly der: Uint8Array; readonly padding: 'clean' | 'dirty' } | undefined {
  const first = slot[1] ?? 0;
  if (slot[0] !== 0x30) return undefined;
  if (first === 0x80) return { der: slot, padding: 'clean' };
  const count = first < 0x80 ? 0 : first & 0x7f;
  if (count > 4) return undefined;
  let size = count === 0 ? first : 0;
  for (let index = 0; index < count; index += 1) size = size * 256 + (slot[2 + index] ?? 0);
  const end = 2 + count + size;
  if (end > slot.byteLength) return undefined;
  return { der: slot.subarray(0, end), padding: slot.subarray(end).some((byte) => byte !== 0) ? 'dirty' : 'clean' };
}

/** Findings of a BER envelope that padding alone explains. */
export const isPaddingOnly = (id: CmsFindingId, slot: Uint8Array | undefined): boolean =>
  id === 'bytes-after' && slot?.[1] === 0x80;
