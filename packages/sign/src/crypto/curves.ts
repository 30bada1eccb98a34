import { signError } from '../errors/sign-codes.js';
import type { HashAlgorithm } from './algorithms.js';
import { ecdsaToRaw } from './ecdsa-value.js';
import type { PublicKey } from './public-key.js';

const curveNames = { p256: 'P-256', p384: 'P-384', p521: 'P-521' } as const;
const subtleHash = (hash: HashAlgorithm): string => hash.toUpperCase();

interface CurveCheck {
  readonly subtle: SubtleCrypto | undefined;
  readonly key: PublicKey;
  readonly spki: Uint8Array;
  readonly signature: Uint8Array;
  readonly data: Uint8Array;
}

/** Checks ECDSA over a NIST curve. A value that is not strict DER is false. @source FIPS 186-5 6.4.2 */
export async function verifyEcdsa(
  check: CurveCheck & { readonly hash: HashAlgorithm; readonly digest: () => Promise<Uint8Array> },
): Promise<boolean> {
  const { info } = check.key;
  if (info.kind !== 'ec' || check.hash === 'sm3') throw wrongKey();
  let raw: Uint8Array<ArrayBuffer>;
  try {
    raw = ecdsaToRaw(check.signature, Math.ceil(info.bits / 8));
  } catch {
    return false;
  }
  const algorithm = { name: 'ECDSA', namedCurve: curveNames[info.curve], hash: subtleHash(check.hash) };
  const answer = await bySubtle(check, algorithm, raw);
  if (answer !== undefined) return answer;
  const curve = (await import('@noble/curves/nist.js'))[info.curve];
  const digest = await check.digest();
  // A point that is not on the curve is false here, as is a wrong signature.
  return curve.verify(raw, digest, check.key.bytes, { prehash: false, lowS: false });
}

/** Checks Ed25519. @source RFC 8032 5.1.7 */
export async function verifyEd25519(check: CurveCheck): Promise<boolean> {
  if (check.key.info.kind !== 'ed25519') throw wrongKey();
  if (check.signature.byteLength !== 64) return false;
  const answer = await bySubtle(check, { name: 'Ed25519' }, check.signature);
  if (answer !== undefined) return answer;
  const { ed25519 } = await import('@noble/curves/ed25519.js');
  return ed25519.verify(check.signature, check.data, check.key.bytes, { zip215: false });
}

/** The answer of WebCrypto; undefined where it does not know curve or key form. */
async function bySubtle(
  { subtle, spki, data }: CurveCheck,
  algorithm: (EcdsaParams & { readonly namedCurve?: string }) | { readonly name: 'Ed25519' },
  signature: Uint8Array,
): Promise<boolean | undefined> {
  try {
    const key = await subtle?.importKey('spki', spki.slice(), algorithm, false, ['verify']);
    return key && (await subtle?.verify(algorithm, key, signature.slice(), data.slice()));
  } catch {
    return undefined;
  }
}

/** The key is not of the algorithm's kind. */
export const wrongKey = (): Error => signError('crypto-unsupported', { details: { reason: 'key-kind' } });
