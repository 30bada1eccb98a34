import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildSesSignature, sm3 } from '@anjuan/sign/gm';
import {
  buildSignedAttributes,
  buildSignedData,
  checkSignerInfo,
  parseSignedData,
} from '../../packages/sign/src/cms/index.js';
import { openCryptoEngine } from '../../packages/sign/src/crypto/index.js';
import { sealTimes, signer, testSeal } from '../../packages/sign/src/gm/testing/test-seal.js';
import { askBouncyCastle, hex, skipWithoutBouncyCastle, unhex } from './bouncy-castle.js';

const skip = skipWithoutBouncyCastle();
const content = new TextEncoder().encode('%PDF-1.7 和安市第一人民医院');
const profiles = ['rfc5652', 'gmt-0010'] as const;
const engine = await openCryptoEngine();

async function cms(profile: (typeof profiles)[number]): Promise<Uint8Array> {
  const hash = 'sm3';
  const { certificate } = signer;
  const signedAttributes = await buildSignedAttributes({ certificate, hash, digest: sm3(content), engine, profile });
  const signature = signer.sign(signedAttributes);
  const algorithm = { kind: 'sm2' } as const;
  return buildSignedData({ certificate, chain: [], algorithm, hash, signedAttributes, signature, profile });
}

test('BouncyCastle accepts our SM2 CMS with the identifiers of RFC 5652 and of GM/T 0010', { skip }, async () => {
  const questions: string[] = [];
  for (const profile of profiles) {
    const der = hex(await cms(profile));
    questions.push(`cms ${der} ${hex(content)}`, `cms ${der} ${hex(content)}00`);
  }
  const [rfc, rfcChanged, gm, gmChanged] = askBouncyCastle(questions);
  assert.deepEqual([rfc, gm], ['true', 'true']);
  for (const answer of [rfcChanged, gmChanged]) assert.match(answer ?? '', /^(false|error .*digest)/);
});

test('we accept SM2 CMS of BouncyCastle with either kind of identifiers', { skip }, async () => {
  const answers = askBouncyCastle([`make-cms ${hex(content)} rfc`, `make-cms ${hex(content)} gm`]);
  for (const [index, answer] of answers.entries()) {
    const signedData = parseSignedData(unhex(answer));
    for (const bytes of [content, content.subarray(1)]) {
      const contentDigest = (): Uint8Array => sm3(bytes);
      const check = await checkSignerInfo({ signedData, contentDigest, engine });
      assert.equal(check.signatureHolds, true, profiles[index]);
      assert.equal(check.digestMatches, bytes === content, profiles[index]);
    }
  }
});

test('BouncyCastle reads our seals and accepts the signatures of maker and signer', { skip }, async () => {
  for (const version of [1, 4] as const) {
    const seal = await testSeal({ version });
    const prepared = await buildSesSignature({
      seal,
      dataHash: sm3(content),
      propertyInfo: '/ByteRange',
      timeMs: sealTimes.used,
      certificate: signer.certificate,
    });
    const signature = signer.sign(prepared.toSign);
    const whole = prepared.assemble({ signature, ...(version === 4 ? { timestamp: content } : {}) });
    const forged = prepared.assemble({ signature: signer.sign(content) });
    const expected = `${version} true true ${hex(sm3(content))} ${hex(sm3(signer.certificate))}`;
    assert.deepEqual(askBouncyCastle([`seal ${hex(seal)}`, `ses ${hex(whole)}`, `ses ${hex(forged)}`]), [
      `${version} true`,
      expected,
      expected.replace('true true', 'true false'),
    ]);
  }
});
