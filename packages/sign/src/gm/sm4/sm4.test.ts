import assert from 'node:assert/strict';
import { createCipheriv, getCiphers } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { sm4CbcDecrypt, sm4CbcEncrypt, sm4GcmDecrypt, sm4GcmEncrypt } from '../index.js';
import { fromHex, toHex } from '../testing/hex.js';
import { Sm4 } from './sm4-block.js';

const key = fromHex('0123456789abcdeffedcba9876543210');
const iv = fromHex('000102030405060708090a0b0c0d0e0f');
const nonce = fromHex('00001234567800000000abcd');
const associatedData = fromHex('feedfacedeadbeeffeedfacedeadbeefabaddad2');
const refused = (reason: string): object => ({ code: 'gm-malformed', details: { reason } });

// @source GB/T 32907-2016 appendix A.1
test('a block of the standard goes there and back', () => {
  const cipher = new Sm4(key);
  const view = new DataView(key.slice().buffer);
  cipher.encryptBlock(view, 0);
  assert.equal(toHex(new Uint8Array(view.buffer)), '681edf34d206965e86b3e94f536e4246');
  cipher.decryptBlock(view, 0);
  assert.deepEqual(new Uint8Array(view.buffer), key);
});

// @source GB/T 32907-2016 appendix A.2 does a million rounds; a hundred thousand keep this test short
test('a hundred thousand blocks after each other go there and back', () => {
  const cipher = new Sm4(key);
  const view = new DataView(key.slice().buffer);
  for (let count = 0; count < 100_000; count += 1) cipher.encryptBlock(view, 0);
  for (let count = 0; count < 100_000; count += 1) cipher.decryptBlock(view, 0);
  assert.deepEqual(new Uint8Array(view.buffer), key);
});

// @source RFC 8998 appendix A.1
test('GCM gives the bytes and the tag of RFC 8998', () => {
  const data = fromHex(['aa', 'bb', 'cc', 'dd', 'ee', 'ff', 'ee', 'aa'].map((pair) => pair.repeat(8)).join(''));
  const sealed = sm4GcmEncrypt(data, { key, nonce, associatedData });
  assert.equal(
    toHex(sealed),
    '17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735' +
      'd82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d' +
      '83de3541e4c2b58177e065a9bf7b62ec',
  );
});

test('what is encrypted is decrypted; one changed bit is noticed', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 70 }), fc.uint8Array({ maxLength: 40 }), fc.nat(), (data, extra, bit) => {
      assert.deepEqual(sm4CbcDecrypt(sm4CbcEncrypt(data, { key, iv }), { key, iv }), data);
      const options = { key, nonce, associatedData: extra };
      const sealed = sm4GcmEncrypt(data, options);
      assert.deepEqual(sm4GcmDecrypt(sealed, options), data);
      const at = bit % (sealed.byteLength * 8);
      sealed[at >> 3] = (sealed[at >> 3] ?? 0) ^ (1 << (at & 7));
      assert.throws(() => sm4GcmDecrypt(sealed, options), refused('sm4-tag'));
    }),
  );
});

test('CBC gives the bytes of OpenSSL', { skip: getCiphers().includes('sm4-cbc') ? false : 'no SM4 here' }, () => {
  for (let length = 0; length < 50; length += 1) {
    const data = new Uint8Array(length).fill(length);
    const cipher = createCipheriv('sm4-cbc', key, iv);
    const expected = Buffer.concat([cipher.update(data), cipher.final()]);
    assert.equal(toHex(sm4CbcEncrypt(data, { key, iv })), expected.toString('hex'));
  }
});

test('wrong lengths and paddings are named', () => {
  const data = new Uint8Array(16);
  assert.throws(() => sm4CbcEncrypt(data, { key: key.subarray(1), iv }), refused('sm4-key-length'));
  assert.throws(() => sm4CbcEncrypt(data, { key, iv: iv.subarray(1) }), refused('sm4-iv-length'));
  assert.throws(() => sm4CbcDecrypt(data.subarray(1), { key, iv }), refused('sm4-data-length'));
  assert.throws(() => sm4CbcDecrypt(new Uint8Array(0), { key, iv }), refused('sm4-data-length'));
  assert.throws(() => sm4CbcDecrypt(data, { key, iv }), refused('sm4-padding'));
  assert.throws(() => sm4GcmEncrypt(data, { key, nonce: iv }), refused('sm4-nonce-length'));
  assert.throws(() => sm4GcmDecrypt(data.subarray(1), { key, nonce }), refused('sm4-data-length'));
});
