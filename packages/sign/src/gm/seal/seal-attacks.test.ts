import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openCryptoEngine } from '../../crypto/index.js';
import { oids } from '../../der/oids.js';
import { parseSeal, parseSesSignature, buildSesSignature, sm3, verifySeal, verifySesSignature } from '../index.js';
import type { BuildSesSignatureOptions, SesSignatureContext } from '../index.js';
import { utf8 } from '../testing/hex.js';
import { maker, onePixel, sealTimes, signer, stranger, testSeal } from '../testing/test-seal.js';
import { readVersion1Time } from './seal-time.js';

const content = utf8('%PDF-1.7 和安市第一人民医院');
const context: SesSignatureContext = { atMs: sealTimes.used + 60_000, contentDigest: () => sm3(content) };

async function put(changes: Partial<BuildSesSignatureOptions> = {}): Promise<Uint8Array> {
  const prepared = await buildSesSignature({
    seal: await testSeal(),
    dataHash: sm3(content),
    propertyInfo: '/ByteRange',
    timeMs: sealTimes.used,
    certificate: signer.certificate,
    ...changes,
  });
  return prepared.assemble({ signature: signer.sign(prepared.toSign) });
}

/** Status and what did not pass. */
async function told(der: Uint8Array, changes: Partial<SesSignatureContext> = {}): Promise<string> {
  const { status, findings } = await verifySesSignature(parseSesSignature(der), { ...context, ...changes });
  const odd = findings.filter(({ result }) => result !== 'passed');
  return [status, ...odd.map(({ id, reason }) => `${id}:${reason}`)].join(' ');
}

/** The same bytes with one piece replaced by another of its length. */
function swapped(bytes: Uint8Array, piece: Uint8Array, by: Uint8Array): Uint8Array {
  assert.equal(piece.byteLength, by.byteLength);
  const at = Buffer.from(bytes).indexOf(piece);
  assert.ok(at > 0);
  const copy = bytes.slice();
  copy.set(by, at);
  return copy;
}

test('a seal that ran out cannot be used under an old date that nothing proves', async () => {
  const der = await put();
  const atMs = sealTimes.to + 86_400_000;
  assert.equal(await told(der), 'valid');
  assert.equal(await told(der, { atMs }), 'indeterminate seal-period:time-unknown');
  assert.equal(await told(der, { atMs, provenMs: sealTimes.used }), 'valid', 'a timestamp proves the date');
  const later = sealTimes.to + 400 * 86_400_000;
  assert.equal(
    await told(der, { atMs: later }),
    'indeterminate seal-period:time-unknown signer-certificate:time-unknown',
  );
});

test('picture, list of signers, period: whatever is swapped in the seal, its maker no longer vouches for it', async () => {
  const der = await put();
  const picture = onePixel.map((byte, index) => (index === onePixel.length - 20 ? byte ^ 1 : byte));
  const swaps: readonly (readonly [Uint8Array, Uint8Array])[] = [
    [onePixel, picture],
    [utf8('20270106'), utf8('20990106')],
    [utf8('99010000000001'), utf8('99010000000002')],
  ];
  for (const [piece, by] of swaps) {
    const changed = await told(swapped(der, piece, by));
    assert.match(changed, /^invalid /);
    assert.match(changed, /seal-maker-signature:signature-wrong/);
    assert.match(changed, /signature-value:signature-wrong/, 'the seal is part of what the signer signed');
  }
});

test('the seal of one maker under the certificate of another is not his', async () => {
  const own = parseSeal(await testSeal({ maker: { certificate: stranger.certificate, sign: maker.sign } }));
  const { status, findings } = await verifySeal(own, { atMs: sealTimes.used });
  assert.equal(status, 'invalid');
  assert.equal(findings.find(({ id }) => id === 'seal-maker-signature')?.reason, 'signature-wrong');
});

test('structure and number of the version must agree: version 1 in the clothes of 4, and 4 in those of 1', async () => {
  for (const [version, number] of [
    [1, 4],
    [4, 1],
  ] as const) {
    const bytes = await testSeal({ version });
    const header = utf8('ES');
    const at = Buffer.from(bytes).indexOf(header) + 4;
    const changed = bytes.map((byte, index) => (index === at ? number : byte));
    const { findings } = await verifySeal(parseSeal(changed), { atMs: sealTimes.used });
    assert.equal(findings.find(({ id }) => id === 'seal-version')?.reason, 'version-differs');
  }
});

test('an empty digest is not that of any document', async () => {
  const der = await put({ dataHash: new Uint8Array() });
  assert.equal(await told(der, { contentDigest: () => new Uint8Array() }), 'invalid data-hash:digest-differs');
});

test('seals over SHA-1 are too weak, those of makers and of signers', async () => {
  const engine = await openCryptoEngine();
  const der = await put({ algorithm: oids.sha1WithRsa });
  const answer = await told(der, { engine, contentDigest: () => sm3(content) });
  assert.equal(answer, 'invalid signature-value:weak-digest');
  const seal = await testSeal({ maker: { ...maker, algorithm: oids.sha1WithRsa } });
  const { status, findings } = await verifySeal(parseSeal(seal), { atMs: sealTimes.used, engine });
  assert.equal(status, 'invalid');
  assert.equal(findings.find(({ id }) => id === 'seal-maker-signature')?.reason, 'weak-digest');
});

test('an algorithm that is not that of the key proves nothing', async () => {
  const engine = await openCryptoEngine();
  for (const algorithm of [oids.sha256WithRsa, oids.ecdsaWithSha256, '2.999.1'])
    assert.match(await told(await put({ algorithm }), { engine }), /^(invalid|indeterminate) .*signature-value:/);
});

test('bare digits that are no time are kept as unknown', () => {
  for (const text of ['20260231000000Z', '20260101240000Z', '260231000000Z', '00010101000000Z'])
    assert.equal(readVersion1Time(utf8(text)).kind, 'unknown', text);
  assert.deepEqual(readVersion1Time(utf8('260601103000Z')), { kind: 'claimed', timeMs: sealTimes.used });
  assert.deepEqual(readVersion1Time(utf8('20260601103000Z')), { kind: 'claimed', timeMs: sealTimes.used });
});
