import { derNull, derOctets, derOid, derSequence, equalBytes } from '../der/index.js';
import { joinBytes } from '../bytes/byte-source.js';
import { signError } from '../errors/sign-codes.js';
import { hashBytes, hashOids } from './algorithm-ids.js';
import type { CryptoEngine, HashAlgorithm } from './algorithms.js';
import type { PublicKey } from './public-key.js';

/** Larger keys and exponents serve only to keep a verifier busy. */
const MAX_BITS = 8192;
const MAX_EXPONENT = 1n << 64n;

type RsaAlgorithm =
  | { readonly kind: 'rsa-pkcs1'; readonly hash: HashAlgorithm }
  | { readonly kind: 'rsa-pss'; readonly hash: HashAlgorithm; readonly saltBytes: number };

/**
 * Checks an RSA signature. Script serves as well as WebCrypto here: a public exponent is short, and nothing is secret.
 * The padding is rebuilt and compared as a whole, never parsed. @source RFC 8017 8.1.2, 8.2.2, 9
 */
export async function verifyRsa(
  engine: CryptoEngine,
  key: PublicKey,
  algorithm: RsaAlgorithm,
  signature: Uint8Array,
  data: Uint8Array,
): Promise<boolean> {
  const message = openRsa(key, signature);
  if (!message) return false;
  const digest = await engine.digest(algorithm.hash, data);
  return algorithm.kind === 'rsa-pkcs1'
    ? equalBytes(message, pkcs1Message(algorithm.hash, digest, message.byteLength))
    : pssHolds(engine, key, algorithm, message, digest);
}

function openRsa({ info, modulus }: PublicKey, signature: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  if (info.kind !== 'rsa' || info.bits < 1024 || info.bits > MAX_BITS || info.exponent > MAX_EXPONENT)
    throw signError('crypto-unsupported', { details: { reason: 'rsa-key', bits: info.bits } });
  const sizeBytes = Math.ceil(info.bits / 8);
  const value = toBigInt(signature);
  if (signature.byteLength !== sizeBytes || value >= modulus) return undefined;
  const hex = power(value, info.exponent, modulus)
    .toString(16)
    .padStart(sizeBytes * 2, '0');
  return Uint8Array.from({ length: sizeBytes }, (_, index) => parseInt(hex.slice(index * 2, index * 2 + 2), 16));
}

const toBigInt = (bytes: Uint8Array): bigint =>
  BigInt(`0x0${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`);

/** `base` to the power of `exponent`, from the highest bit down. */
function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus;
    if (bit === '1') result = (result * base) % modulus;
  }
  return result;
}

/** @source RFC 8017 9.2 */
function pkcs1Message(hash: HashAlgorithm, digest: Uint8Array, sizeBytes: number): Uint8Array {
  const info = derSequence(derSequence(derOid(hashOids[hash]), derNull()), derOctets(digest));
  const filler = new Uint8Array(Math.max(8, sizeBytes - info.byteLength - 3)).fill(0xff);
  return joinBytes([Uint8Array.of(0, 1), filler, Uint8Array.of(0), info]);
}

/** @source RFC 8017 9.1.2 */
async function pssHolds(
  engine: CryptoEngine,
  key: PublicKey,
  { hash, saltBytes }: { readonly hash: HashAlgorithm; readonly saltBytes: number },
  message: Uint8Array,
  digest: Uint8Array,
): Promise<boolean> {
  const bits = key.info.bits - 1;
  const encoded = bits % 8 === 0 ? message.subarray(1) : message;
  if (bits % 8 === 0 && message[0] !== 0) return false;
  const size = hashBytes[hash];
  const dataBytes = encoded.byteLength - size - 1;
  const unused = 8 * encoded.byteLength - bits;
  const first = encoded[0] ?? 0;
  if (dataBytes < saltBytes + 1 || encoded.at(-1) !== 0xbc || first >> (8 - unused) !== 0) return false;
  const check = encoded.subarray(dataBytes, -1);
  const mask = await maskOf(engine, hash, check, dataBytes);
  const plain = encoded.subarray(0, dataBytes).map((byte, index) => byte ^ (mask[index] ?? 0));
  plain[0] = (plain[0] ?? 0) & (0xff >> unused);
  const zeros = dataBytes - saltBytes - 1;
  if (plain[zeros] !== 1 || plain.subarray(0, zeros).some((byte) => byte !== 0)) return false;
  const again = await engine.digest(hash, joinBytes([new Uint8Array(8), digest, plain.subarray(zeros + 1)]));
  return equalBytes(again, check);
}

/** MGF1. @source RFC 8017 B.2.1 */
async function maskOf(engine: CryptoEngine, hash: HashAlgorithm, seed: Uint8Array, sizeBytes: number) {
  const parts: Uint8Array[] = [];
  for (let count = 0; count * hashBytes[hash] < sizeBytes; count += 1)
    parts.push(await engine.digest(hash, joinBytes([seed, Uint8Array.of(0, 0, count >> 8, count)])));
  return joinBytes(parts);
}
