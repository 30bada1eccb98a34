import { p256, p384 } from '@noble/curves/nist.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { hashOids, type HashAlgorithm } from '../crypto/index.js';
import {
  derNull,
  derOctets,
  derOid,
  derSequence,
  oids,
  readDer,
  readInteger,
  readOctets,
  readOid,
} from '../der/index.js';

/** The key inside a simulated device: signs digests, which WebCrypto cannot. Slow and open to side channels: never for real keys. */
export interface SoftwareKey {
  readonly kind: 'rsa' | 'ec' | 'sm2';
  /** Signature value; DER for EC and SM2. */
  signDigest(hash: HashAlgorithm, digest: Uint8Array): Promise<Uint8Array>;
  /** Hashes first (SM2: with Z of the usual id). */
  signBytes(hash: HashAlgorithm, data: Uint8Array): Promise<Uint8Array>;
}

const digestOf = (hash: HashAlgorithm, data: Uint8Array): Uint8Array => {
  if (hash === 'sha-256') return sha256(data);
  if (hash === 'sha-384') return sha384(data);
  if (hash === 'sha-512') return sha512(data);
  throw new RangeError(`The simulated key does not hash with ${hash}`);
};

/** Opens PKCS#8: RSA, P-256, P-384, SM2. */
export async function openSoftwareKey(pkcs8: Uint8Array): Promise<SoftwareKey> {
  const [, identifier, content] = readDer(pkcs8).children;
  const [name, parameters] = identifier?.children ?? [];
  if (!name || !content) throw new RangeError('Not PKCS#8');
  const inner = readDer(readOctets(content)).children;
  if (readOid(name) === oids.rsaEncryption) {
    const numbers = inner.map(readInteger);
    return keyOf('rsa', (hash, digest) => rsaSign(numbers, hash, digest));
  }
  const secret = inner[1] ? new Uint8Array(readOctets(inner[1])) : new Uint8Array();
  const curve = parameters ? readOid(parameters) : '';
  if (curve === oids.sm2Curve) return sm2Key(secret);
  const ec = curve === oids.p384 ? p384 : p256;
  return keyOf('ec', (_hash, digest) => ec.sign(digest, secret, { prehash: false, format: 'der', lowS: false }));
}

function keyOf(kind: 'rsa' | 'ec', sign: (hash: HashAlgorithm, digest: Uint8Array) => Uint8Array): SoftwareKey {
  return {
    kind,
    signDigest: (hash, digest) => Promise.resolve(sign(hash, digest)),
    signBytes: (hash, data) => Promise.resolve(sign(hash, digestOf(hash, data))),
  };
}

async function sm2Key(privateKey: Uint8Array): Promise<SoftwareKey> {
  const { sm2Sign, sm2SignDigest } = await import('../gm/index.js');
  return {
    kind: 'sm2',
    signDigest: (_hash, digest) => Promise.resolve(sm2SignDigest({ privateKey, digest })),
    signBytes: (_hash, data) => Promise.resolve(sm2Sign({ privateKey, data })),
  };
}

const toNumber = (bytes: Uint8Array): bigint => bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);

function toBytes(value: bigint, sizeBytes: number): Uint8Array {
  const hex = value.toString(16).padStart(sizeBytes * 2, '0');
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let factor = base % modulus;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * factor) % modulus;
    factor = (factor * factor) % modulus;
  }
  return result;
}

/** RSASSA-PKCS1-v1_5 with the Chinese remainders. @source RFC 8017 5.1.2, 9.2 */
function rsaSign(numbers: readonly bigint[], hash: HashAlgorithm, digest: Uint8Array): Uint8Array {
  const [, n = 1n, , , p = 1n, q = 1n, dp = 0n, dq = 0n, inverse = 0n] = numbers;
  const sizeBytes = Math.ceil(n.toString(16).length / 2);
  const info = derSequence(derSequence(derOid(hashOids[hash]), derNull()), derOctets(digest));
  const block = new Uint8Array(sizeBytes).fill(0xff);
  block.set([0, 1]);
  block[sizeBytes - info.byteLength - 1] = 0;
  block.set(info, sizeBytes - info.byteLength);
  const message = toNumber(block);
  const second = power(message, dq, q);
  const difference = (((power(message, dp, p) - second) % p) + p) % p;
  return toBytes(second + ((inverse * difference) % p) * q, sizeBytes);
}
