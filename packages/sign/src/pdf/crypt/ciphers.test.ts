import assert from 'node:assert/strict';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { decryptCbc, encryptCbc } from './aes-cbc.js';
import { Aes } from './aes.js';
import { rc4 } from './rc4.js';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));
const words = (text: string): Uint32Array =>
  Uint32Array.from(text.match(/.{8}/g) ?? [], (word) => Number.parseInt(word, 16));

test('AES follows FIPS 197 appendix C', () => {
  const keys = {
    '000102030405060708090a0b0c0d0e0f': '69c4e0d86a7b0430d8cdb78070b4c55a',
    '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f': '8ea2b7ca516745bfeafc49904b496089',
  };
  for (const [key, expected] of Object.entries(keys)) {
    const aes = new Aes(hex(key));
    const block = words('00112233445566778899aabbccddeeff');
    aes.encrypt(block);
    assert.deepEqual(block, words(expected));
    aes.decrypt(block);
    assert.deepEqual(block, words('00112233445566778899aabbccddeeff'));
  }
});

test('CBC agrees with Node', () => {
  for (let round = 0; round < 40; round += 1) {
    const key = randomBytes(round % 2 === 0 ? 16 : 32);
    const iv = randomBytes(16);
    const data = randomBytes(16 * (round % 9));
    const name = `aes-${key.length * 8}-cbc`;
    const cipher = createCipheriv(name, key, iv).setAutoPadding(false);
    const packed = Buffer.concat([cipher.update(data), cipher.final()]);
    assert.equal(Buffer.compare(encryptCbc(data, { key, iv }), packed), 0);
    const decipher = createDecipheriv(name, key, iv).setAutoPadding(false);
    const opened = Buffer.concat([decipher.update(packed), decipher.final()]);
    assert.equal(Buffer.compare(decryptCbc(packed, { key, iv }), opened), 0);
  }
});

test('RC4 follows RFC 6229', () => {
  assert.deepEqual(rc4(hex('0102030405'), new Uint8Array(16)), hex('b2396305f03dc027ccc3524a0a1118a8'));
  assert.deepEqual(
    rc4(hex('0102030405060708090a0b0c0d0e0f10'), new Uint8Array(16)),
    hex('9ac7cc9a609d1ef7b2932899cde41b97'),
  );
});
