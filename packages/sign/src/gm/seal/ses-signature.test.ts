import assert from 'node:assert/strict';
import { test } from 'node:test';
import { derContext } from '../../der/write.js';
import {
  buildSesSignature,
  parseSesSignature,
  sm2Digest,
  sm2SignDigest,
  sm3,
  verifySesSignature,
  type BuildSesSignatureOptions,
  type SesSignatureContext,
} from '../index.js';
import { toBytes32 } from '../sm2/curve.js';
import { decodeSignature } from '../sm2/signature-value.js';
import { utf8 } from '../testing/hex.js';
import { sealTimes, signer, stranger, testSeal } from '../testing/test-seal.js';
import type { SealCheckId, SealReason, SealVerification } from './findings.js';

const content = utf8('%PDF-1.7 和安市第一人民医院');
const context: SesSignatureContext = {
  atMs: sealTimes.used + 60_000,
  contentDigest: (hash) => (hash === 'sm3' ? sm3(content) : new Uint8Array(0)),
};

/** A seal put on the content, with some things changed. */
async function put(
  changes: Partial<BuildSesSignatureOptions> = {},
  sign: (data: Uint8Array) => Uint8Array = signer.sign,
): Promise<Uint8Array> {
  const prepared = await buildSesSignature({
    seal: await testSeal(),
    dataHash: sm3(content),
    propertyInfo: '/ByteRange',
    timeMs: sealTimes.used,
    certificate: signer.certificate,
    ...changes,
  });
  return prepared.assemble({ signature: sign(prepared.toSign) });
}

const check = async (der: Uint8Array, changes: Partial<SesSignatureContext> = {}): Promise<SealVerification> =>
  verifySesSignature(parseSesSignature(der), { ...context, ...changes });
const reasonOf = (verification: SealVerification, id: SealCheckId): SealReason | undefined =>
  verification.findings.find((finding) => finding.id === id)?.reason;

for (const version of [1, 4] as const) {
  test(`a seal of version ${version} on a document is valid and says when, what and by whom`, async () => {
    const signature = parseSesSignature(await put({ seal: await testSeal({ version }) }));
    assert.equal(signature.version, version);
    assert.deepEqual(signature.time, { kind: 'claimed', timeMs: sealTimes.used });
    assert.equal(signature.propertyInfo, '/ByteRange');
    assert.deepEqual(signature.dataHash, sm3(content));
    assert.deepEqual(signature.certificate, signer.certificate);
    const verification = await verifySesSignature(signature, context);
    assert.equal(verification.status, 'valid');
    assert.equal(verification.findings.length, 10);
    assert.equal(reasonOf(verification, 'signer-listed'), 'listed-by-certificate');
  });
}

test('a device that signs digests can put a seal', async () => {
  const { privateKey, publicKey } = signer;
  const der = await put({}, (data) => sm2SignDigest({ privateKey, digest: sm2Digest({ publicKey, data }) }));
  assert.equal((await check(der)).status, 'valid');
});

test('a seal that lists digests accepts the certificate and no other', async () => {
  const digests = [
    { type: 'SHA256', value: new Uint8Array(32) },
    { type: 'SM3', value: sm3(signer.certificate) },
  ];
  const seal = await testSeal({ signers: { kind: 'digests', digests } });
  assert.equal(reasonOf(await check(await put({ seal })), 'signer-listed'), 'listed-by-digest');
  await assert.rejects(put({ seal: await testSeal({ signers: { kind: 'digests', digests: digests.slice(0, 1) } }) }), {
    code: 'seal-not-valid',
  });
});

test("a seal out of its period or of somebody else is 'seal-not-valid' before anything is signed", async () => {
  const never = (): never => assert.fail('was asked to sign');
  const refused = (reason: string): object => ({ code: 'seal-not-valid', details: { reason } });
  await assert.rejects(put({ timeMs: sealTimes.to + 1000 }, never), refused('no-longer-in-force'));
  await assert.rejects(put({ timeMs: sealTimes.from - 1000 }, never), refused('not-yet-in-force'));
  await assert.rejects(put({ certificate: stranger.certificate }, never), refused('not-listed'));
});

test('a document that changed, a stranger who signed, a time to come: each is its own finding', async () => {
  const honest = await put();
  const changed = await check(honest, { contentDigest: () => sm3(utf8('changed')) });
  assert.equal(changed.status, 'invalid');
  assert.equal(reasonOf(changed, 'data-hash'), 'digest-differs');
  assert.equal(reasonOf(changed, 'signature-value'), 'as-required');

  const forged = await check(await put({}, stranger.sign));
  assert.equal(reasonOf(forged, 'signature-value'), 'signature-wrong');

  const early = await check(honest, { atMs: sealTimes.used - 3_600_000 });
  assert.equal(reasonOf(early, 'signing-time'), 'time-in-future');
  const proven = await check(honest, { provenMs: sealTimes.to + 1000 });
  assert.equal(reasonOf(proven, 'seal-period'), 'no-longer-in-force');
  const dated = await check(honest, { provenMs: sealTimes.used - 3_600_000 });
  assert.equal(reasonOf(dated, 'signing-time'), 'time-in-future');

  const { contentDigest: _none, ...without } = context;
  const unknown = await verifySesSignature(parseSesSignature(honest), without);
  assert.equal(unknown.status, 'indeterminate');
  assert.equal(reasonOf(unknown, 'data-hash'), 'digest-not-given');
});

test('a signature as 64 bare bytes is told apart from a wrong one, and not passed', async () => {
  const raw = (data: Uint8Array): Uint8Array => {
    const { r, s } = decodeSignature(signer.sign(data)) ?? assert.fail();
    return Uint8Array.of(...toBytes32(r), ...toBytes32(s));
  };
  const bare = await check(await put({}, raw));
  assert.equal(bare.status, 'indeterminate');
  assert.equal(reasonOf(bare, 'signature-value'), 'signature-raw');
  const wrong = await check(await put({}, () => raw(content)));
  assert.equal(reasonOf(wrong, 'signature-value'), 'signature-wrong');
});

test('no byte of what is signed can change unseen', async () => {
  const honest = await put();
  const { toSign } = parseSesSignature(honest);
  const from = toSign.byteOffset - honest.byteOffset;
  for (let at = from + 4; at < from + toSign.byteLength; at += 37) {
    const changed = honest.map((byte, index) => (index === at ? byte ^ 1 : byte));
    try {
      assert.equal((await check(changed)).status, 'invalid', `byte ${at}`);
    } catch (error) {
      assert.equal((error as { code?: string }).code, 'seal-malformed', `byte ${at}`);
    }
  }
});

test('timestamps and own data of a vendor are written tagged and read either way', async () => {
  const extensions = [{ oid: '1.2.156.99.1', critical: true, value: utf8('ward 7') }];
  const prepared = await buildSesSignature({
    seal: await testSeal(),
    dataHash: sm3(content),
    propertyInfo: '',
    timeMs: sealTimes.used,
    certificate: signer.certificate,
    extensions,
  });
  const timestamp = utf8('token');
  const signature = signer.sign(prepared.toSign);
  const der = prepared.assemble({ signature, timestamp });
  const tagged = parseSesSignature(der);
  assert.deepEqual(tagged.timestamp, timestamp);
  assert.deepEqual(tagged.extensions, extensions);
  assert.equal((await check(der)).status, 'valid');
  // Some makers leave the tag out.
  const tag = derContext(0, Uint8Array.of(3, 6, 0, ...timestamp));
  assert.deepEqual(der.subarray(-tag.byteLength), tag);
  const bare = Uint8Array.from([...der.subarray(0, -tag.byteLength), ...tag.subarray(2)]);
  const length = bare.byteLength - 4;
  bare.set([length >> 8, length & 255], 2);
  assert.deepEqual(parseSesSignature(bare).timestamp, timestamp);
});

test("version 1 has neither timestamp nor own data, version 5 is never written: 'seal-malformed'", async () => {
  const malformed = { code: 'seal-malformed' };
  const old = await testSeal({ version: 1 });
  await assert.rejects(put({ seal: old, extensions: [] }), malformed);
  const options = { dataHash: sm3(content), propertyInfo: '', timeMs: sealTimes.used, certificate: signer.certificate };
  const prepared = await buildSesSignature({ ...options, seal: old });
  assert.throws(() => prepared.assemble({ signature: new Uint8Array(64), timestamp: utf8('token') }), malformed);
  const five = await testSeal();
  const header = Buffer.from(five).indexOf(Buffer.from('16024553020104', 'hex'));
  five[header + 6] = 5;
  await assert.rejects(buildSesSignature({ ...options, seal: five }), malformed);
});
