import assert from 'node:assert/strict';
import { test } from 'node:test';
import { derInteger, derOctets, derSequence } from '../../der/write.js';
import { parseSm2Ciphertext } from '../index.js';
import { utf8 } from '../testing/hex.js';
import { Sm2Point, toBytes32 } from './curve.js';

const { x, y } = Sm2Point.BASE.multiply(5n).toAffine();
const [X, Y, hash, data] = [derInteger(x), derInteger(y), derOctets(new Uint8Array(32)), derOctets(utf8('secret'))];

test('the parts of an SM2 ciphertext are read', () => {
  assert.deepEqual(parseSm2Ciphertext(derSequence(X, Y, hash, data)), {
    point: Uint8Array.of(4, ...toBytes32(x), ...toBytes32(y)),
    hash: new Uint8Array(32),
    data: utf8('secret'),
  });
});

test("a ciphertext of another form is 'gm-malformed'", () => {
  const wrong: Readonly<Record<string, Uint8Array>> = {
    empty: new Uint8Array(0),
    'point off the curve': derSequence(X, X, hash, data),
    'coordinate negative': derSequence(derInteger(-1), Y, hash, data),
    'coordinate too large': derSequence(derInteger(x + Sm2Point.Fp.ORDER), Y, hash, data),
    'coordinate as octets': derSequence(derOctets(toBytes32(x)), Y, hash, data),
    'short hash': derSequence(X, Y, derOctets(new Uint8Array(31)), data),
    'no data': derSequence(X, Y, hash),
    'a field more': derSequence(X, Y, hash, data, X),
    'old order C1 C2 C3': derSequence(X, Y, data, hash),
    'trailing byte': Uint8Array.of(...derSequence(X, Y, hash, data), 0),
  };
  for (const [why, der] of Object.entries(wrong)) {
    assert.throws(() => parseSm2Ciphertext(der), { code: 'gm-malformed' }, why);
  }
});
