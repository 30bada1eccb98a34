import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  loadGmKernels,
  sm2DefaultUserId,
  sm2Digest,
  sm2DigestHasher,
  sm2PointOfSpki,
  sm2PublicKey,
  sm2Sign,
  sm2SignDigest,
  sm2SpkiOfPoint,
  sm2Verify,
  sm2VerifyDigest,
  sm2VerifySpki,
  sm2Z,
} from '../index.js';
import { fromHex, toHex, utf8 } from '../testing/hex.js';
import { scalars, Sm2Point, toBytes32, toInteger } from './curve.js';
import { encodeSignature } from './signature-value.js';
import { signWithNonce } from './sign-with-nonce.js';

// @source GB/T 32918.5-2017 appendix A.2
const privateKey = fromHex('3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8');
const publicKey = fromHex(
  '04 09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020' +
    'CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13',
);
const data = utf8('message digest');
const nonce = 0x59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21n;
const r = 0xf5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3n;
const s = 0xb1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aan;
const ways = [undefined, await loadGmKernels()];

test('the values of the standard come out, in script and in WASM', () => {
  assert.equal(toHex(sm2DefaultUserId), '31323334353637383132333435363738');
  assert.equal(toHex(sm2Z({ publicKey })), 'b2e14c5c79c6df5b85f4fe7ed8db7a262b9da7e07ccb0ea9f4747b8ccda8a4f3');
  const digest = sm2Digest({ publicKey, data });
  assert.equal(toHex(digest), 'f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640');
  for (const kernels of ways) {
    assert.deepEqual(sm2PublicKey(privateKey, kernels), publicKey);
    assert.deepEqual(signWithNonce(toInteger(privateKey), toInteger(digest), nonce, kernels?.sm2), { r, s });
    const signature = encodeSignature({ r, s });
    assert.equal(sm2Verify({ publicKey, data, signature, kernels }), true);
    assert.equal(sm2VerifySpki(sm2SpkiOfPoint(publicKey), { data, signature, kernels }), true);
    assert.equal(sm2VerifyDigest({ publicKey, digest, signature, kernels }), true);
  }
});

test('a digest may be computed in pieces', () => {
  const hash = sm2DigestHasher({ publicKey });
  hash.update(data.subarray(0, 3));
  hash.update(data.subarray(3));
  assert.deepEqual(hash.digest(), sm2Digest({ publicKey, data }));
});

test('signing is deterministic, and not with fresh entropy; both verify', () => {
  for (const kernels of ways) {
    const plain = sm2Sign({ privateKey, data, kernels });
    assert.deepEqual(plain, sm2Sign({ privateKey, publicKey, data }));
    const mixed = sm2Sign({ privateKey, data, kernels, extraEntropy: new Uint8Array(32).fill(7) });
    assert.notDeepEqual(mixed, plain);
    for (const signature of [plain, mixed]) assert.equal(sm2Verify({ publicKey, data, signature, kernels }), true);
  }
});

test('a nonce that the standard forbids is refused', () => {
  const d = toInteger(privateKey);
  const x = Sm2Point.BASE.multiply(nonce).x;
  assert.equal(signWithNonce(d, scalars.neg(scalars.create(x)), nonce), undefined, 'r = 0');
  assert.equal(signWithNonce(d, scalars.sub(scalars.neg(nonce), scalars.create(x)), nonce), undefined, 'r + k = n');
  const equal = scalars.mul(nonce, scalars.inv(d));
  assert.equal(signWithNonce(d, scalars.sub(equal, scalars.create(x)), nonce), undefined, 's = 0');
});

test('any key signs and verifies the same way in script and in WASM', () => {
  const scalar = fc.bigInt({ min: 1n, max: scalars.ORDER - 2n });
  fc.assert(
    fc.property(scalar, fc.uint8Array({ maxLength: 100 }), fc.uint8Array({ maxLength: 40 }), (d, message, userId) => {
      const key = toBytes32(d);
      const [first = new Uint8Array(), second = new Uint8Array()] = ways.map((kernels) => sm2PublicKey(key, kernels));
      assert.deepEqual(first, second);
      const [signature = new Uint8Array(), again] = ways.map((kernels) =>
        sm2Sign({ privateKey: key, data: message, userId, kernels }),
      );
      assert.deepEqual(signature, again);
      for (const kernels of ways) {
        const check = { publicKey: first, data: message, userId, signature, kernels };
        assert.equal(sm2Verify(check), true);
        assert.equal(sm2Verify({ ...check, data: Uint8Array.of(...message, 1) }), false);
        assert.equal(sm2Verify({ ...check, userId: Uint8Array.of(...userId, 1) }), false);
      }
    }),
    { numRuns: 20 },
  );
});

test('WASM multiplies by the smallest and largest scalars as noble does', () => {
  const kernels = ways[1];
  assert.ok(kernels);
  const edges = [1n, 2n, 63n, 64n, 65n, 4095n, 4096n, scalars.ORDER - 1n, scalars.ORDER - 64n, 1n << 255n];
  for (const secret of edges) {
    const { x, y } = Sm2Point.BASE.multiply(secret).toAffine();
    assert.deepEqual(kernels.sm2.baseMultiple(secret), { x, y }, secret.toString(16));
  }
});

test('more keys than there are tables still verify, each with its own', () => {
  const kernels = ways[1];
  const keys = Array.from({ length: 20 }, (_, index) => toBytes32(BigInt(index) + 1000n));
  for (let round = 0; round < 4; round += 1) {
    for (const key of keys) {
      const own = sm2PublicKey(key, kernels);
      const signature = sm2Sign({ privateKey: key, publicKey: own, data, kernels });
      assert.equal(sm2Verify({ publicKey: own, data, signature, kernels }), true);
      assert.equal(sm2Verify({ publicKey, data, signature, kernels }), false);
    }
  }
});

test('a key that is used often verifies the same before and after it has tables', () => {
  const key = toBytes32(4711n);
  const own = sm2PublicKey(key);
  const signature = sm2Sign({ privateKey: key, data });
  for (const kernels of ways) {
    const check = { publicKey: own, signature, kernels };
    for (let uses = 0; uses < 20; uses += 1) {
      assert.equal(sm2Verify({ ...check, data }), true, `use ${uses}`);
      assert.equal(sm2Verify({ ...check, data: Uint8Array.of(uses) }), false, `use ${uses}`);
    }
  }
});

test('a digest may be signed by itself, as devices do', () => {
  const digest = sm2Digest({ publicKey, data });
  assert.deepEqual(sm2SignDigest({ privateKey, digest }), sm2Sign({ privateKey, data }));
});

test('a key is found in either form of SubjectPublicKeyInfo', () => {
  const spki = sm2SpkiOfPoint(publicKey);
  assert.deepEqual(sm2PointOfSpki(spki), publicKey);
  const gmForm = fromHex(`3057 3011 0608 2a811ccf5501822d 0605 2b81040022 0342 00 ${toHex(publicKey)}`);
  assert.throws(() => sm2PointOfSpki(gmForm), { code: 'gm-malformed' });
  const twice = fromHex(`305a 3014 0608 2a811ccf5501822d 0608 2a811ccf5501822d 0342 00 ${toHex(publicKey)}`);
  assert.deepEqual(sm2PointOfSpki(twice), publicKey);
  const bare = fromHex(`3050 300a 0608 2a811ccf5501822d 0342 00 ${toHex(publicKey)}`);
  assert.deepEqual(sm2PointOfSpki(bare), publicKey);
});
