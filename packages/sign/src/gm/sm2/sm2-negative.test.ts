import assert from 'node:assert/strict';
import { test } from 'node:test';
import { derInteger, derSequence } from '../../der/write.js';
import { oids } from '../../der/oids.js';
import { derBits, derOid } from '../../der/write.js';
import {
  loadGmKernels,
  sm2PointOfSpki,
  sm2PublicKey,
  sm2Sign,
  sm2SignDigest,
  sm2SpkiOfPoint,
  sm2Verify,
  sm2VerifyDigest,
  sm2Z,
} from '../index.js';
import { fromHex, toHex, utf8 } from '../testing/hex.js';
import { scalars, Sm2Point, toBytes32 } from './curve.js';
import { decodeSignature, encodeSignature } from './signature-value.js';

const privateKey = fromHex('3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8');
const publicKey = sm2PublicKey(privateKey);
const data = utf8('知情同意书');
const honest = sm2Sign({ privateKey, data });
const value = decodeSignature(honest);
assert.ok(value);
const { r, s } = value;
const n = scalars.ORDER;
const p = Sm2Point.Fp.ORDER;
const rs = (first: bigint, second: bigint): Uint8Array => derSequence(derInteger(first), derInteger(second));
const R = derInteger(r);
const S = derInteger(s);
const bytes = (...parts: readonly (number | Uint8Array)[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'number' ? [part] : [...part])));
const changed = (at: number, to: (byte: number) => number): Uint8Array =>
  honest.map((byte, index) => (index === at ? to(byte) : byte));

const badSignatures: readonly (readonly [why: string, signature: Uint8Array])[] = [
  ['empty', bytes()],
  ['one byte', bytes(0x30)],
  ['tag and length only', bytes(0x30, 0)],
  ['raw r and s', bytes(toBytes32(r), toBytes32(s))],
  ['hex text of it', utf8(toHex(honest))],
  ['trailing zero', bytes(honest, 0)],
  ['trailing byte inside', bytes(0x30, (honest[1] ?? 0) + 1, R, S, 0)],
  ['cut by one', honest.subarray(0, -1)],
  ['cut after r', bytes(0x30, R.length, R)],
  ['cut in r', honest.subarray(0, 12)],
  ['SET instead of SEQUENCE', bytes(0x31, R.length + S.length, R, S)],
  ['primitive SEQUENCE', bytes(0x10, R.length + S.length, R, S)],
  ['context tag', bytes(0xa0, R.length + S.length, R, S)],
  ['length in long form', bytes(0x30, 0x81, R.length + S.length, R, S)],
  ['length in two bytes', bytes(0x30, 0x82, 0, R.length + S.length, R, S)],
  ['indefinite length', bytes(0x30, 0x80, R, S, 0, 0)],
  ['length too large by one', changed(1, (byte) => byte + 1)],
  ['length too small by one', changed(1, (byte) => byte - 1)],
  ['length 127', changed(1, () => 127)],
  ['length 255', changed(1, () => 255)],
  ['r as OCTET STRING', bytes(0x30, R.length + S.length, 4, R.subarray(1), S)],
  ['s as OCTET STRING', bytes(0x30, R.length + S.length, R, 4, S.subarray(1))],
  ['r as ENUMERATED', bytes(0x30, R.length + S.length, 10, R.subarray(1), S)],
  ['length of r in long form', bytes(0x30, R.length + S.length + 1, 2, 0x81, R.subarray(1), S)],
  ['length of s in long form', bytes(0x30, R.length + S.length + 1, R, 2, 0x81, S.subarray(1))],
  ['padding before r', bytes(0x30, R.length + S.length + 1, 2, (R[1] ?? 0) + 1, 0, R.subarray(2), S)],
  ['padding before s', bytes(0x30, R.length + S.length + 1, R, 2, (S[1] ?? 0) + 1, 0, S.subarray(2))],
  ['empty r', bytes(0x30, 2 + S.length, 2, 0, S)],
  ['empty s', bytes(0x30, R.length + 2, R, 2, 0)],
  ['s missing, r twice as long', bytes(0x30, 66, 2, 64, toBytes32(r), toBytes32(s))],
  ['three numbers', derSequence(R, S, derInteger(1))],
  ['one number', derSequence(R)],
  ['nested SEQUENCE', derSequence(derSequence(R, S))],
  ['r = 0', rs(0n, s)],
  ['s = 0', rs(r, 0n)],
  ['r = s = 0', rs(0n, 0n)],
  ['r = n', rs(n, s)],
  ['s = n', rs(r, n)],
  ['r + n', rs(r + n, s)],
  ['s + n', rs(r, s + n)],
  ['r = n + 1', rs(n + 1n, s)],
  ['r = 2^256 - 1', rs((1n << 256n) - 1n, s)],
  ['s = 2^256 - 1', rs(r, (1n << 256n) - 1n)],
  ['r = p', rs(p, s)],
  ['r negative', rs(-r, s)],
  ['s negative', rs(r, -s)],
  ['r = -1', rs(-1n, s)],
  ['r with its top bit and no padding', bytes(0x30, 34 + S.length, 2, 32, 0xff, toBytes32(r).subarray(1), S)],
  ['r + s = n', rs(r, n - r)],
  ['r = 1, s = n - 1', rs(1n, n - 1n)],
  ['r and s swapped', rs(s, r)],
  ['s negated', rs(r, n - s)],
  ['r negated', rs(n - r, s)],
  ['r + 1', rs(r + 1n, s)],
  ['s + 1', rs(r, s + 1n)],
  ['r - 1', rs(r - 1n, s)],
  ['r = s = 1', rs(1n, 1n)],
  ['r = s = n - 1', rs(n - 1n, n - 1n)],
  ['33 significant bytes of r', rs(r + (1n << 256n), s)],
  ['a megabyte of zeros', new Uint8Array(1_000_000)],
  ['first bit of r', changed(6, (byte) => byte ^ 0x40)],
  ['last bit of s', changed(honest.length - 1, (byte) => byte ^ 1)],
];

const badKeys: readonly (readonly [why: string, key: Uint8Array])[] = [
  ['empty', bytes()],
  ['infinity', bytes(0)],
  ['64 bytes without its mark', publicKey.subarray(1)],
  ['one byte short', publicKey.subarray(0, 64)],
  ['one byte long', bytes(publicKey, 0)],
  ['compressed', bytes(2, publicKey.subarray(1, 33))],
  ['hybrid', bytes(6, publicKey.subarray(1))],
  ['mark 5', bytes(5, publicKey.subarray(1))],
  ['all zeros', bytes(4, new Uint8Array(64))],
  ['y changed', publicKey.map((byte, index) => (index === 64 ? byte ^ 1 : byte))],
  ['x changed', publicKey.map((byte, index) => (index === 20 ? byte ^ 1 : byte))],
  ['x = p', bytes(4, toBytes32(p), publicKey.subarray(33))],
  ['y = 2^256 - 1', bytes(4, publicKey.subarray(1, 33), new Uint8Array(32).fill(255))],
  [
    'a point of P-256',
    fromHex(
      '046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5',
    ),
  ],
];

for (const kernels of [undefined, await loadGmKernels()]) {
  const way = kernels ? 'WASM' : 'script';
  test(`${badSignatures.length} wrong signatures are false and none throws, in ${way}`, () => {
    assert.equal(sm2Verify({ publicKey, data, signature: honest, kernels }), true);
    for (const [why, signature] of badSignatures) {
      assert.equal(sm2Verify({ publicKey, data, signature, kernels }), false, why);
    }
  });

  test(`a signature is of its data, its key and its user, in ${way}`, () => {
    const other = sm2PublicKey(toBytes32(77n));
    const check = { publicKey, data, signature: honest, kernels };
    for (const [why, wrong] of Object.entries({
      'other key': { ...check, publicKey: other },
      'other data': { ...check, data: utf8('知情同意书。') },
      'no data': { ...check, data: new Uint8Array(0) },
      'other user': { ...check, userId: utf8('8765432187654321') },
      'no user': { ...check, userId: new Uint8Array(0) },
    })) {
      assert.equal(sm2Verify(wrong), false, why);
    }
  });

  test(`${badKeys.length} wrong keys are named 'gm-malformed', in ${way}`, () => {
    for (const [why, key] of badKeys) {
      assert.throws(
        () => sm2Verify({ publicKey: key, data, signature: honest, kernels }),
        { code: 'gm-malformed' },
        why,
      );
      assert.throws(() => sm2Z({ publicKey: key }), { code: 'gm-malformed' }, why);
      assert.throws(() => sm2SpkiOfPoint(key), { code: 'gm-malformed' }, why);
    }
  });
}

test('r + s = n would fit a digest made for it under every key, and is refused', () => {
  const forgedS = 12345n;
  const forgedR = n - forgedS;
  const digest = toBytes32(scalars.create(forgedR - Sm2Point.BASE.multiply(forgedS).x));
  assert.equal(sm2VerifyDigest({ publicKey, digest, signature: encodeSignature({ r: forgedR, s: forgedS }) }), false);
});

test('keys in SubjectPublicKeyInfo of other kinds are refused', () => {
  const wrong: Readonly<Record<string, Uint8Array>> = {
    'P-256': derSequence(derSequence(derOid(oids.ecPublicKey), derOid(oids.p256)), derBits(publicKey)),
    'no curve': derSequence(derSequence(derOid(oids.ecPublicKey)), derBits(publicKey)),
    RSA: derSequence(derSequence(derOid(oids.rsaEncryption)), derBits(publicKey)),
    'unused bits': derSequence(
      derSequence(derOid(oids.ecPublicKey), derOid(oids.sm2Curve)),
      derBits(bytes(publicKey, 0), 4),
    ),
    'one field more': derSequence(
      derSequence(derOid(oids.ecPublicKey), derOid(oids.sm2Curve)),
      derBits(publicKey),
      derInteger(1),
    ),
    'no key': derSequence(derSequence(derOid(oids.ecPublicKey), derOid(oids.sm2Curve))),
    'not on the curve': derSequence(
      derSequence(derOid(oids.ecPublicKey), derOid(oids.sm2Curve)),
      derBits(badKeys[9]?.[1] ?? bytes()),
    ),
  };
  for (const [why, spki] of Object.entries(wrong)) {
    assert.throws(() => sm2PointOfSpki(spki), { code: 'gm-malformed' }, why);
  }
  assert.throws(() => sm2PointOfSpki(bytes(sm2SpkiOfPoint(publicKey), 0)), { code: 'der-malformed' });
});

test('private keys out of range, digests and users of wrong length are refused', () => {
  const refused = (run: () => unknown): void => assert.throws(run, { code: 'gm-malformed' });
  for (const d of [0n, n - 1n, n, n + 1n, (1n << 256n) - 1n]) {
    refused(() => sm2Sign({ privateKey: toBytes32(d), data }));
  }
  refused(() => sm2PublicKey(privateKey.subarray(1)));
  refused(() => sm2PublicKey(bytes(0, privateKey)));
  refused(() => sm2SignDigest({ privateKey, digest: new Uint8Array(31) }));
  refused(() => sm2VerifyDigest({ publicKey, signature: honest, digest: new Uint8Array(33) }));
  refused(() => sm2Verify({ publicKey, data, signature: honest, userId: new Uint8Array(8192) }));
});

test('what is written is read back', () => {
  for (const [first, second] of [
    [1n, 1n],
    [n - 1n, 1n],
    [0x80n, 0x7fn],
    [r, s],
  ] as const) {
    assert.deepEqual(decodeSignature(encodeSignature({ r: first, s: second })), { r: first, s: second });
  }
});
