import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnjuanError } from '@anjuan/core';
import { derInteger, derNull, derOctets, derOid, derSequence, oids } from '../../der/index.js';
import { fuzz } from './pkcs12.fuzz.js';
import { pkcs12Signer } from './pkcs12-signer.js';
import {
  certificateBag,
  encryptedKeyBag,
  encryptedPart,
  fileAround,
  keyBag,
  pbes2,
  plainPart,
  TEST_PASSWORD,
  testHolder,
} from './testing/make-pkcs12.js';

const { holder, pkcs8 } = await testHolder();
const certificate = certificateBag(holder.certificate.der);
const bags = (...all: readonly Uint8Array[]): Uint8Array => plainPart(derSequence(...all));

async function told(file: Uint8Array, password = TEST_PASSWORD): Promise<string> {
  try {
    const identity = await pkcs12Signer({ file, password }).identity();
    assert.deepEqual(identity.certificate, holder.certificate.der);
    assert.equal(identity.test, true);
    return 'opens';
  } catch (error) {
    assert.ok(AnjuanError.is(error), String(error));
    return [error.code, error.details['reason']].filter(Boolean).join(' ');
  }
}

test('files of every allowed build open', async () => {
  const secret = await encryptedKeyBag(pkcs8);
  assert.equal(await told(fileAround(derSequence(bags(keyBag(pkcs8), certificate)))), 'opens');
  assert.equal(
    await told(fileAround(derSequence(await encryptedPart(derSequence(certificate)), bags(secret)))),
    'opens',
  );
  const empty = fileAround(derSequence(bags(keyBag(pkcs8), certificate)), { password: '' });
  assert.equal(await told(empty, ''), 'opens');
  assert.equal(await told(empty, 'x'), 'signer-pin-wrong');
});

test('counts that would hold the page for minutes are refused before anything is computed', async () => {
  const body = derSequence(bags(keyBag(pkcs8), certificate));
  for (const iterations of [1_000_001, 0x7fffffff, 0, -5])
    assert.equal(await told(fileAround(body, { iterations })), 'pkcs12-malformed iterations');
  const slow = await encryptedKeyBag(pkcs8, pbes2(2_000_001));
  assert.equal(await told(fileAround(derSequence(bags(slow, certificate)))), 'pkcs12-malformed iterations');
  const part = await encryptedPart(derSequence(certificate), pbes2(0x7fffffff));
  assert.equal(await told(fileAround(derSequence(part))), 'pkcs12-malformed iterations');
  const many = Array.from({ length: 9 }, () => bags(certificate));
  assert.equal(await told(fileAround(derSequence(...many))), 'pkcs12-malformed too-many-parts');
});

test('what is missing, doubled or broken inside is said, and is never an open file', async () => {
  const cases: readonly (readonly [readonly Uint8Array[], string])[] = [
    [[certificate], 'key-missing'],
    [[keyBag(pkcs8)], 'certificate-missing'],
    [[keyBag(pkcs8), keyBag(pkcs8), certificate], 'several-keys'],
    [[keyBag(pkcs8), certificateBag(derSequence())], 'certificate'],
    [[keyBag(pkcs8), certificate, certificateBag(derNull())], 'certificate'],
    [[keyBag(derSequence()), certificate], 'key'],
    [[keyBag(pkcs8.subarray(0, 40)), certificate], 'structure'],
    [
      [keyBag(derSequence(derInteger(0), derSequence(derOid('2.999.1')), derOctets(pkcs8))), certificate],
      'key-algorithm',
    ],
    [[keyBag(sm2Key(new Uint8Array(32))), certificate], 'key'],
    [[keyBag(sm2Key(new Uint8Array(32).fill(0xff))), certificate], 'key'],
    [[derSequence(derOctets(pkcs8))], 'structure'],
  ];
  for (const [all, reason] of cases)
    assert.equal(await told(fileAround(derSequence(bags(...all)))), `pkcs12-malformed ${reason}`);
});

/** PKCS#8 of an SM2 key. */
function sm2Key(scalar: Uint8Array): Uint8Array {
  const algorithm = derSequence(derOid(oids.ecPublicKey), derOid(oids.sm2Curve));
  return derSequence(derInteger(0), algorithm, derOctets(derSequence(derInteger(1), derOctets(scalar))));
}

test('changed files fail with errors of ours', () => fuzz({ seed: 12, runs: 600 }));
