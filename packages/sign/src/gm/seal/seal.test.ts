import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildSeal, loadGmKernels, parseSeal, sealPicture, sm3, verifySeal, type Seal } from '../index.js';
import { utf8 } from '../testing/hex.js';
import { maker, onePixel, sealOptions, sealTimes, signer, stranger, testSeal } from '../testing/test-seal.js';
import type { SealCheckId, SealReason, SealVerification } from './findings.js';

const at = { atMs: sealTimes.used };
const reasonOf = (verification: SealVerification, id: SealCheckId): SealReason | undefined =>
  verification.findings.find((finding) => finding.id === id)?.reason;
const extensions = [
  { oid: '1.2.156.99.1', critical: false, value: utf8('a') },
  { oid: '1.2.156.99.2', critical: true, value: utf8('b') },
];

for (const version of [1, 4] as const) {
  test(`a seal of version ${version} is read as it was made, and is valid`, async () => {
    const seal = parseSeal(await testSeal({ version, extensions }));
    assert.equal(seal.version, version);
    const { maker: _maker, ...options } = { ...sealOptions, extensions };
    for (const [name, value] of Object.entries(options)) assert.deepEqual(seal[name as keyof Seal], value, name);
    for (const kernels of [undefined, await loadGmKernels()]) {
      const verification = await verifySeal(seal, { ...at, kernels });
      assert.equal(verification.status, 'valid');
      const expected = version === 1 ? 'signed-info-certificate-algorithm' : 'signed-info';
      assert.equal(reasonOf(verification, 'seal-maker-signature'), expected);
    }
  });
}

test('a maker who signed the other input is accepted, and the report says which', async () => {
  let taken: Uint8Array = new Uint8Array();
  await testSeal({
    version: 1,
    maker: { certificate: maker.certificate, sign: (data) => (taken = data).subarray(0, 9) },
  });
  assert.ok(taken.byteLength > 0);
  const like4 = parseSeal(await testSeal());
  const whole = parseSeal(
    await buildSeal({
      ...sealOptions,
      maker: { certificate: maker.certificate, sign: () => signedLikeVersion1(like4) },
    }),
  );
  const verification = await verifySeal(whole, at);
  assert.equal(verification.status, 'valid');
  assert.equal(reasonOf(verification, 'seal-maker-signature'), 'signed-info-certificate-algorithm');
});

/** The maker's signature over information, certificate and algorithm. */
function signedLikeVersion1(seal: Seal): Uint8Array {
  const certificate = seal.der.subarray(seal.infoDer.byteLength + 4);
  const rest = certificate.subarray(0, certificate.byteLength - seal.makerSignature.byteLength - 3);
  const length = seal.infoDer.byteLength + rest.byteLength;
  return maker.sign(Uint8Array.of(0x30, 0x82, length >> 8, length & 255, ...seal.infoDer, ...rest));
}

test('a seal out of its period says so', async () => {
  const seal = parseSeal(await testSeal());
  for (const [atMs, reason] of [
    [sealTimes.from - 1, 'not-yet-in-force'],
    [sealTimes.from, 'as-required'],
    [sealTimes.to, 'as-required'],
    [sealTimes.to + 1, 'no-longer-in-force'],
  ] as const) {
    const verification = await verifySeal(seal, { atMs });
    assert.equal(reasonOf(verification, 'seal-period'), reason);
    assert.equal(verification.status, reason === 'as-required' ? 'valid' : 'invalid');
  }
});

test('a seal that its maker did not sign is invalid', async () => {
  const forged = parseSeal(await testSeal({ maker: { certificate: maker.certificate, sign: stranger.sign } }));
  const result = await verifySeal(forged, at);
  assert.equal(result.status, 'invalid');
  assert.equal(reasonOf(result, 'seal-maker-signature'), 'signature-wrong');

  const honest = await testSeal();
  const place = Buffer.from(honest).indexOf(Buffer.from(onePixel.subarray(30, 50)));
  const repainted = honest.map((byte, index) => (index === place ? byte ^ 1 : byte));
  assert.equal(reasonOf(await verifySeal(parseSeal(repainted), at), 'seal-maker-signature'), 'signature-wrong');
});

test('certificates that are none, too old or too new, and keys of other kinds are findings, not errors', async () => {
  const noCertificate = parseSeal(await testSeal({ maker: { certificate: utf8('none'), sign: maker.sign } }));
  const broken = await verifySeal(noCertificate, at);
  assert.equal(reasonOf(broken, 'seal-maker-certificate'), 'certificate-unreadable');
  assert.equal(reasonOf(broken, 'seal-maker-signature'), 'certificate-unreadable');

  const early = parseSeal(await testSeal({ createdMs: Date.UTC(2020, 0, 1) }));
  assert.equal(reasonOf(await verifySeal(early, at), 'seal-maker-certificate'), 'certificate-not-yet-valid');
  const late = parseSeal(await testSeal({ createdMs: Date.UTC(2040, 0, 1) }));
  assert.equal(reasonOf(await verifySeal(late, at), 'seal-maker-certificate'), 'certificate-expired');

  const rsa = { certificate: maker.certificate, sign: maker.sign, algorithm: '1.2.840.113549.1.1.11' };
  const foreign = await verifySeal(parseSeal(await testSeal({ maker: rsa })), at);
  assert.equal(foreign.status, 'indeterminate');
  assert.equal(reasonOf(foreign, 'seal-maker-signature'), 'algorithm-unsupported');

  const moved = maker.certificate.slice();
  const point = Buffer.from(moved).indexOf(Buffer.from(maker.publicKey));
  moved[point + 40] = (moved[point + 40] ?? 0) ^ 1;
  const unusable = parseSeal(await testSeal({ maker: { certificate: moved, sign: maker.sign } }));
  assert.equal(reasonOf(await verifySeal(unusable, at), 'seal-maker-signature'), 'key-unusable');
});

test('a seal may list digests of certificates', async () => {
  const digests = [{ type: 'SM3', value: sm3(signer.certificate) }];
  const seal = parseSeal(await testSeal({ signers: { kind: 'digests', digests } }));
  assert.deepEqual(seal.signers, { kind: 'digests', digests });
  assert.equal((await verifySeal(seal, at)).status, 'valid');
});

test('the picture comes out with its size and its real kind', async () => {
  const seal = parseSeal(await testSeal());
  assert.deepEqual(sealPicture(seal), { bytes: onePixel, mime: 'image/png', widthMm: 40, heightMm: 40 });
  const kinds = {
    'image/jpeg': '\xff\xd8\xff\xe0',
    'image/gif': 'GIF89a',
    'image/bmp': 'BM00',
    'image/svg+xml': '<svg ',
  };
  for (const [mime, head] of Object.entries({
    ...kinds,
    'application/ofd': 'PK\x03\x04',
    'application/octet-stream': '?',
  })) {
    const data = Uint8Array.from(head, (character) => character.charCodeAt(0));
    assert.equal(sealPicture({ picture: { ...seal.picture, data } }).mime, mime);
  }
});

test("values that the standard does not allow are 'seal-malformed' before anything is signed", async () => {
  const neverSigns = { certificate: maker.certificate, sign: (): never => assert.fail('was asked to sign') };
  const picture = sealOptions.picture;
  const changes = [
    { validToMs: sealTimes.from - 1000 },
    { signers: { kind: 'certificates', certificates: [] } },
    { signers: { kind: 'digests', digests: [{ type: 'SM3', value: sm3(signer.certificate) }] }, version: 1 },
    { picture: { ...picture, widthMm: 0 } },
    { picture: { ...picture, heightMm: 100_000 } },
    { vendor: '厂商' },
    { id: '印章' },
    { version: 1, validToMs: Date.UTC(2060, 0, 1) },
  ] as const;
  for (const change of changes) {
    await assert.rejects(
      testSeal({ ...change, maker: neverSigns }),
      { code: 'seal-malformed' },
      JSON.stringify(change),
    );
  }
});
