import assert from 'node:assert/strict';
import {
  constants,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  generatePrimeSync,
  privateEncrypt,
  sign,
  type KeyObject,
} from 'node:crypto';
import { test } from 'node:test';
import { AnjuanError } from '@anjuan/core';
import fc from 'fast-check';
import { derBits, derInteger, derNull, derOctets, derOid, derSequence, oids, readDer } from '../der/index.js';
import { ecdsaToDer, ecdsaToRaw, openCryptoEngine, signatureAlgorithmOf, writeSignatureAlgorithm } from './index.js';
import type { CryptoEngine, HashAlgorithm, SignatureAlgorithm } from './algorithms.js';

const fast = await openCryptoEngine();
const script = await openCryptoEngine({ subtle: 'none', node: false, wasm: false });
const data = new TextEncoder().encode('出院小结');

const spkiOf = (key: KeyObject): Uint8Array => new Uint8Array(key.export({ type: 'spki', format: 'der' }));
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const rsaOdd = generateKeyPairSync('rsa', { modulusLength: 2050 });
/** One bit beyond whole bytes: the message of PSS is a byte shorter than the modulus. @source RFC 8017 9.1.1 */
const rsaOver = rsaKeyOf2049Bits();
const ec = {
  p256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  p384: generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  p521: generateKeyPairSync('ec', { namedCurve: 'P-521' }),
};
const ed25519 = generateKeyPairSync('ed25519');

/** The answer of both ways, which must be one. */
async function verify(algorithm: SignatureAlgorithm, publicKey: Uint8Array, signature: Uint8Array, of = data) {
  const request = { algorithm, publicKey, signature, data: of };
  const answers = await Promise.all([fast.verify(request), script.verify(request)]);
  assert.equal(answers[0], answers[1]);
  return answers[0];
}

/** A true signature holds; any change of it, of the data or of the key does not. */
async function holdsExactly(algorithm: SignatureAlgorithm, key: KeyObject, signature: Uint8Array) {
  const publicKey = spkiOf(key);
  assert.equal(await verify(algorithm, publicKey, signature), true);
  assert.equal(await verify(algorithm, publicKey, signature, data.subarray(1)), false);
  for (const at of [0, 3, signature.byteLength >> 1, signature.byteLength - 1]) {
    const changed = signature.slice();
    changed[at] = (changed[at] ?? 0) ^ 1;
    assert.equal(await verify(algorithm, publicKey, changed), false);
  }
  assert.equal(await verify(algorithm, publicKey, signature.subarray(1)), false);
  assert.equal(await verify(algorithm, publicKey, Uint8Array.from([...signature, 0])), false);
  assert.equal(await verify(algorithm, publicKey, new Uint8Array(0)), false);
  assert.equal(await verify(algorithm, publicKey, new Uint8Array(signature.byteLength)), false);
}

const HASHES = ['sha-1', 'sha-256', 'sha-384', 'sha-512'] as const satisfies readonly HashAlgorithm[];

for (const hash of HASHES) {
  test(`RSA PKCS#1 v1.5 and PSS with ${hash}`, async () => {
    const name = hash.replace('-', '');
    for (const { publicKey, privateKey } of [rsa, rsaOver])
      await holdsExactly({ kind: 'rsa-pkcs1', hash }, publicKey, new Uint8Array(sign(name, data, privateKey)));
    for (const [saltBytes, keys] of [
      [20, rsa],
      [0, rsaOdd],
      [32, rsaOdd],
      [32, rsaOver],
    ] as const) {
      const key = { key: keys.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: saltBytes };
      const signature = new Uint8Array(sign(name, data, key));
      await holdsExactly({ kind: 'rsa-pss', hash, saltBytes }, keys.publicKey, signature);
      assert.equal(
        await verify({ kind: 'rsa-pss', hash, saltBytes: saltBytes + 1 }, spkiOf(keys.publicKey), signature),
        false,
      );
    }
  });

  test(`ECDSA on every curve with ${hash}`, async () => {
    for (const keys of Object.values(ec)) {
      const signature = new Uint8Array(sign(hash.replace('-', ''), data, keys.privateKey));
      await holdsExactly({ kind: 'ecdsa', hash }, keys.publicKey, signature);
    }
  });
}

test('Ed25519', async () => {
  await holdsExactly({ kind: 'ed25519' }, ed25519.publicKey, new Uint8Array(sign(null, data, ed25519.privateKey)));
});

test('RSA padding is exact: no forgery by loose reading of it', async () => {
  const digest = createHash('sha256').update(data).digest();
  const info = derSequence(derSequence(derOid(oids.sha256), derNull()), derOctets(digest));
  const raw = (message: Buffer): Uint8Array =>
    new Uint8Array(privateEncrypt({ key: rsa.privateKey, padding: constants.RSA_NO_PADDING }, message));
  const padded = (
    before: readonly number[],
    filler: number,
    block: Uint8Array,
    after = Buffer.alloc(0),
  ): Uint8Array => {
    const fill = Buffer.alloc(256 - before.length - 1 - block.byteLength - after.byteLength, filler);
    return raw(Buffer.concat([Buffer.from(before), fill, Buffer.of(0), block, after]));
  };
  const publicKey = spkiOf(rsa.publicKey);
  const algorithm = { kind: 'rsa-pkcs1', hash: 'sha-256' } as const;
  assert.equal(await verify(algorithm, publicKey, padded([0, 1], 0xff, info)), true);
  const noNull = derSequence(derSequence(derOid(oids.sha256)), derOctets(digest));
  const otherHash = derSequence(derSequence(derOid(oids.sha512), derNull()), derOctets(digest));
  const longParameters = derSequence(derSequence(derOid(oids.sha256), derOctets(new Uint8Array(9))), derOctets(digest));
  const shortFiller = raw(
    Buffer.concat([Buffer.from([0, 1, 0xff, 0]), info, Buffer.alloc(256 - 4 - info.byteLength, 7)]),
  );
  const forgeries = {
    'bytes after the digest': padded([0, 1], 0xff, info, Buffer.alloc(40)),
    'short filler': shortFiller,
    'filler that is not FF': padded([0, 1], 0xfe, info),
    'block type 2': padded([0, 2], 0xff, info),
    'no parameters': padded([0, 1], 0xff, noNull),
    'another hash': padded([0, 1], 0xff, otherHash),
    'long parameters': padded([0, 1], 0xff, longParameters),
    'digest only': padded([0, 1], 0xff, digest),
  };
  for (const [name, signature] of Object.entries(forgeries))
    assert.equal(await verify(algorithm, publicKey, signature), false, name);
});

test('PSS padding is exact: separator, zeros before it, trailer, spare bits', async () => {
  const sha256 = (...parts: readonly Uint8Array[]): Buffer =>
    createHash('sha256').update(Buffer.concat(parts)).digest();
  const encode = (block: Buffer, change: (message: Buffer) => void = () => undefined): Uint8Array => {
    const salt = block.subarray(-32);
    const check = sha256(Buffer.alloc(8), sha256(data), salt);
    const mask = Buffer.concat(
      Array.from({ length: 7 }, (_, count) => sha256(check, Uint8Array.of(0, 0, 0, count))),
    ).subarray(0, 223);
    const masked = Buffer.from(block.map((byte, index) => byte ^ (mask[index] ?? 0)));
    masked[0] = (masked[0] ?? 0) & 0x7f;
    const message = Buffer.concat([masked, check, Uint8Array.of(0xbc)]);
    change(message);
    return new Uint8Array(privateEncrypt({ key: rsa.privateKey, padding: constants.RSA_NO_PADDING }, message));
  };
  const block = (separator: number, before = 0): Buffer =>
    Buffer.concat([Buffer.alloc(189), Buffer.of(before, separator), Buffer.alloc(32, 9)]);
  const algorithm = { kind: 'rsa-pss', hash: 'sha-256', saltBytes: 32 } as const;
  const publicKey = spkiOf(rsa.publicKey);
  assert.equal(await verify(algorithm, publicKey, encode(block(1))), true);
  const forgeries = {
    'no separator': encode(block(0)),
    'another separator': encode(block(2)),
    'no zeros before it': encode(block(1, 1)),
    'another trailer': encode(block(1), (message) => void (message[255] = 0xbd)),
    'check value changed': encode(block(1), (message) => void (message[230] = (message[230] ?? 0) ^ 1)),
  };
  for (const [name, signature] of Object.entries(forgeries))
    assert.equal(await verify(algorithm, publicKey, signature), false, name);
});

test('PSS under a modulus of whole bytes and one bit: the bit in front of the message is zero', async () => {
  const sha256 = (...parts: readonly Uint8Array[]): Buffer =>
    createHash('sha256').update(Buffer.concat(parts)).digest();
  const encode = (count: number): Buffer => {
    const salt = Buffer.alloc(32);
    salt.writeUInt32BE(count);
    const check = sha256(Buffer.alloc(8), sha256(data), salt);
    const mask = Buffer.concat(Array.from({ length: 7 }, (_, part) => sha256(check, Uint8Array.of(0, 0, 0, part))));
    const block = Buffer.concat([Buffer.alloc(190), Buffer.of(1), salt]);
    return Buffer.concat([block.map((byte, index) => byte ^ (mask[index] ?? 0)), check, Uint8Array.of(0xbc)]);
  };
  // Small enough to stay below the modulus with the bit set.
  const message = Array.from({ length: 2_000 }, (_, count) => encode(count)).find(([first = 0]) => first < 0x10);
  assert.ok(message);
  const signed = (before: number): Uint8Array =>
    new Uint8Array(
      privateEncrypt(
        { key: rsaOver.privateKey, padding: constants.RSA_NO_PADDING },
        Buffer.concat([Buffer.of(before), message]),
      ),
    );
  const algorithm = { kind: 'rsa-pss', hash: 'sha-256', saltBytes: 32 } as const;
  assert.equal(await verify(algorithm, spkiOf(rsaOver.publicKey), signed(0)), true);
  assert.equal(await verify(algorithm, spkiOf(rsaOver.publicKey), signed(1)), false);
});

test('the keys have the sizes that are tested', () => {
  for (const [keys, bits] of [
    [rsa, 2048],
    [rsaOver, 2049],
    [rsaOdd, 2050],
  ] as const)
    assert.equal(keys.publicKey.asymmetricKeyDetails?.modulusLength, bits);
});

test('an RSA value has one form only: not itself plus the modulus', async () => {
  const signature = sign('sha256', data, rsaOdd.privateKey);
  const modulus = Buffer.from(rsaOdd.publicKey.export({ format: 'jwk' }).n ?? '', 'base64url');
  const sum = BigInt(`0x${signature.toString('hex')}`) + BigInt(`0x${modulus.toString('hex')}`);
  const larger = new Uint8Array(Buffer.from(sum.toString(16).padStart(514, '0'), 'hex'));
  const algorithm = { kind: 'rsa-pkcs1', hash: 'sha-256' } as const;
  assert.equal(await verify(algorithm, spkiOf(rsaOdd.publicKey), new Uint8Array(signature)), true);
  assert.equal(await verify(algorithm, spkiOf(rsaOdd.publicKey), larger), false);
});

test('keys of another kind, size or curve are crypto-unsupported; no key at all is der-malformed', async () => {
  const unsupported = (error: unknown): boolean => AnjuanError.is(error, 'crypto-unsupported');
  const engines: readonly CryptoEngine[] = [fast, script];
  const signature = new Uint8Array(64);
  const cases: readonly (readonly [SignatureAlgorithm, Uint8Array])[] = [
    [{ kind: 'rsa-pkcs1', hash: 'sha-256' }, spkiOf(ec.p256.publicKey)],
    [{ kind: 'rsa-pss', hash: 'sha-256', saltBytes: 32 }, spkiOf(ed25519.publicKey)],
    [{ kind: 'ed25519' }, spkiOf(rsa.publicKey)],
    [{ kind: 'sm2' }, spkiOf(ec.p256.publicKey)],
    [{ kind: 'ecdsa', hash: 'sm3' }, spkiOf(ec.p256.publicKey)],
    [{ kind: 'ecdsa', hash: 'sha-256' }, spkiOf(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey)],
    [{ kind: 'rsa-pkcs1', hash: 'sha-256' }, spkiOf(generateKeyPairSync('rsa', { modulusLength: 512 }).publicKey)],
  ];
  for (const engine of engines) {
    for (const [algorithm, publicKey] of cases)
      await assert.rejects(engine.verify({ algorithm, publicKey, signature, data }), unsupported);
    const huge = derBits(derSequence(derInteger(1n << 9000n), derInteger(65537)));
    const publicKey = derSequence(derSequence(derOid(oids.rsaEncryption), derNull()), huge);
    await assert.rejects(
      engine.verify({ algorithm: { kind: 'rsa-pkcs1', hash: 'sha-256' }, publicKey, signature, data }),
      unsupported,
    );
    await assert.rejects(
      engine.verify({ algorithm: { kind: 'ed25519' }, publicKey: derSequence(), signature, data }),
      (error) => AnjuanError.is(error, 'der-malformed'),
    );
  }
  const offCurve = spkiOf(ec.p256.publicKey).slice();
  offCurve[offCurve.length - 1] = (offCurve.at(-1) ?? 0) ^ 1;
  const value = new Uint8Array(sign('sha256', data, ec.p256.privateKey));
  assert.equal(await verify({ kind: 'ecdsa', hash: 'sha-256' }, offCurve, value), false, 'a point off the curve');
});

test('ECDSA values: DER and raw are one another, and only the strict form is read', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 1n, max: (1n << 256n) - 1n }),
      fc.bigInt({ min: 1n, max: (1n << 256n) - 1n }),
      (r, s) => {
        const value = derSequence(derInteger(r), derInteger(s));
        const raw = ecdsaToRaw(value, 32);
        assert.equal(raw.byteLength, 64);
        assert.deepEqual(ecdsaToDer(raw), value);
      },
    ),
  );
  const one = derInteger(1);
  const bad: Record<string, Uint8Array> = {
    'r is zero': derSequence(derInteger(0), one),
    's is negative': derSequence(one, derInteger(-1)),
    'too large': derSequence(one, derInteger(1n << 256n)),
    'three numbers': derSequence(one, one, one),
    'one number': derSequence(one),
    'bytes after': Uint8Array.from([...derSequence(one, one), 0]),
    'long length': Uint8Array.of(0x30, 0x81, 6, 2, 1, 1, 2, 1, 1),
    'filler in r': Uint8Array.of(0x30, 7, 2, 2, 0, 1, 2, 1, 1),
    'not a sequence': one,
  };
  for (const [name, value] of Object.entries(bad))
    assert.throws(
      () => ecdsaToRaw(value, 32),
      (error) => AnjuanError.is(error, 'der-malformed'),
      name,
    );
  for (const raw of [new Uint8Array(64), new Uint8Array(63).fill(1)])
    assert.throws(
      () => ecdsaToDer(raw),
      (error) => AnjuanError.is(error, 'der-malformed'),
    );
});

test('algorithm identifiers read as they are written', () => {
  const all: readonly SignatureAlgorithm[] = [
    ...HASHES.flatMap((hash): SignatureAlgorithm[] => [
      { kind: 'rsa-pkcs1', hash },
      { kind: 'rsa-pss', hash, saltBytes: 32 },
      { kind: 'ecdsa', hash },
    ]),
    { kind: 'ed25519' },
    { kind: 'sm2' },
  ];
  for (const algorithm of all)
    assert.deepEqual(signatureAlgorithmOf(readDer(writeSignatureAlgorithm(algorithm))), algorithm);
  assert.throws(
    () => writeSignatureAlgorithm({ kind: 'ecdsa', hash: 'sm3' }),
    (error) => AnjuanError.is(error, 'crypto-unsupported'),
  );
  const identifier = (oid: string) => readDer(derSequence(derOid(oid)));
  assert.deepEqual(signatureAlgorithmOf(identifier(oids.rsaEncryption), 'sha-384'), {
    kind: 'rsa-pkcs1',
    hash: 'sha-384',
  });
  assert.deepEqual(signatureAlgorithmOf(identifier(oids.ecPublicKey), 'sm3'), { kind: 'sm2' });
  assert.deepEqual(signatureAlgorithmOf(identifier(oids.sm2Sign)), { kind: 'sm2' });
  assert.equal(signatureAlgorithmOf(identifier(oids.rsaEncryption)), undefined);
  assert.equal(signatureAlgorithmOf(identifier('1.2.840.113549.1.1.4')), undefined, 'MD5');
  assert.equal(signatureAlgorithmOf(identifier(oids.rsaPss)), undefined, 'PSS without parameters');
});

/**
 * An RSA key with a modulus of 2049 bits, one more than whole bytes. Node makes keys of even sizes only; both primes have
 * their two highest bits set, so that the product has its full length.
 */
function rsaKeyOf2049Bits(): { readonly publicKey: KeyObject; readonly privateKey: KeyObject } {
  const p = generatePrimeSync(1025, { bigint: true });
  const q = generatePrimeSync(1024, { bigint: true });
  const phi = (p - 1n) * (q - 1n);
  const e = [65_537n, 257n, 17n].find((prime) => phi % prime !== 0n) ?? 3n;
  const d = inverse(e, phi);
  const fields = { n: p * q, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
  const key = { kty: 'RSA', ...Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, text(value)])) };
  const privateKey = createPrivateKey({ key, format: 'jwk' });
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

function text(value: bigint): string {
  const hex = value.toString(16);
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex').toString('base64url');
}

/** Extended Euclid. */
function inverse(value: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [modulus, value, 0n, 1n];
  while (b > 1n) {
    const times = a / b;
    [a, b, x, y] = [b, a - times * b, y, x - times * y];
  }
  return ((y % modulus) + modulus) % modulus;
}
