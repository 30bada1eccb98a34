import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { missing, runProgram } from '../../../../fixtures/src/oracles/index.js';
import { handlerFetch, openTestPki, pkiHandler, type TestPki } from '../../../../fixtures/src/pki/index.js';
import type { FormAppearance } from '../appearance/appearance.js';
import { bytesSource } from '../bytes/byte-source.js';
import { parseSignedData } from '../cms/index.js';
import { openCryptoEngine } from '../crypto/index.js';
import { readDer } from '../der/index.js';
import { parseSesSignature } from '../gm/index.js';
import { pdfDict, pdfName, pdfRef } from '../pdf/objects.js';
import { listSignatureFields, openPdf, type SignatureField } from '../pdf/read/index.js';
import { tableShape } from '../testing/shapes.js';
import { prepareFields, signPdf, type SealSlice, type SignedPdf, type SigningSetup } from './index.js';
import { keySigner, type KeySigner } from './testing/key-signer.js';
import { onlineSetup } from './testing/online-setup.js';
import { sealDigest } from './testing/seal-device.js';

let folder: string;
let pki: TestPki;
let online: SigningSetup;
let rsa: KeySigner;
let sm2: KeySigner;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anjuan-gm-signing-'));
  pki = await openTestPki({ folder: join(folder, 'pki') });
  const fetchPki = handlerFetch(pkiHandler(pki));
  online = onlineSetup(pki, fetchPki);
  rsa = await keySigner(pki.get('doctorRsa'));
  sm2 = await keySigner(pki.get('doctorSm2'), ['digest']);
});
after(() => rm(folder, { recursive: true, force: true }));

const paper = bytesSource(tableShape());
const fieldsOf = async ({ source }: SignedPdf): Promise<readonly SignatureField[]> =>
  listSignatureFields(await openPdf(source));

test('signs twice, for western readers and with SM2, at level B-LT', async () => {
  const signed = await signPdf(paper, { ...online, level: 'B-LT', signatures: [{ signer: rsa }, { signer: sm2 }] });
  const [first, second] = await fieldsOf(signed);
  const hashes = [first, second].map(
    (field) => parseSignedData(field?.value?.contents ?? new Uint8Array()).signers[0]?.hash,
  );
  assert.deepEqual(hashes, ['sha-256', 'sm3']);
  assert.deepEqual(sm2.calls, [['digest']]);
  if (missing('pdfsig')) return;
  const path = join(folder, 'dual.pdf');
  await writeFile(path, await signed.bytes());
  assert.match((await runProgram('pdfsig', ['-nocert', path])).text, /Signature is Valid/);
});

test('writes the object identifiers of GM/T 0010 when asked to', async () => {
  const signer = await keySigner(pki.get('doctorSm2'));
  const signed = await signPdf(paper, { signer, cmsProfile: 'gmt-0010' });
  const [field] = await fieldsOf(signed);
  assert.equal(parseSignedData(field?.value?.contents ?? new Uint8Array()).profile, 'gmt-0010');
});

/** A device with a seal of its own that seals what it is given. */
function sealer(spoil: (digest: Uint8Array) => Uint8Array = (digest) => digest): Promise<KeySigner> {
  const owner = pki.get('sealSm2');
  return keySigner(owner, ['seal'], (digest, propertyInfo) =>
    sealDigest(owner, { dataHash: spoil(digest), propertyInfo }),
  );
}

test('puts a seal of GB/T 38540 on the document, with a document timestamp from B-T on', async () => {
  const signed = await signPdf(paper, { ...online, signer: await sealer(), level: 'B-T' });
  assert.deepEqual(
    signed.signatures.map(({ kind }) => kind),
    ['seal', 'document-timestamp'],
  );
  const [field] = await fieldsOf(signed);
  assert.equal(field?.value?.filter, 'GM.PKILite');
  assert.equal(field?.value?.subFilter, 'GM.sm2seal');
  const value = readDer(field?.value?.contents ?? new Uint8Array(), { allowTrailing: true }).bytes;
  const seal = parseSesSignature(value);
  assert.equal(seal.propertyInfo, field?.value?.byteRange?.join(' '));
  const engine = await openCryptoEngine();
  const bytes = await signed.bytes();
  const [, end = 0, from = 0, length = 0] = field?.value?.byteRange ?? [];
  const covered = [...bytes.subarray(0, end), ...bytes.subarray(from, from + length)];
  assert.deepEqual(seal.dataHash, await engine.digest('sm3', Uint8Array.from(covered)));
  const other = await sealer((digest) => digest.map((byte) => byte ^ 1));
  await assert.rejects(signPdf(paper, { signer: other }), { code: 'certificate-mismatch' });
});

const shared = pdfDict({ Shared: true });
const slice = (pageNumber: number): SealSlice => {
  const dict = pdfDict({ Type: pdfName('XObject'), Subtype: pdfName('Form'), BBox: [0, 0, 9, 9], Seal: pdfRef(-1) });
  const form = { type: 'new-stream', dict, bytes: new TextEncoder().encode('1 0 0 rg 0 0 9 9 re f') } as const;
  const appearance: FormAppearance = { widthPt: 9, heightPt: 9, form, parts: [shared] };
  return { placement: { pageNumber, xMm: 190, yMm: 120, widthMm: 20, heightMm: 40 }, appearance };
};
const slices = [slice(1), slice(2)];
const forbidden = (reason: string) => (error: Error & { code?: string; details?: { reason?: unknown } }) =>
  error.code === 'signature-forbidden' && error.details?.reason === reason;
const added = (signed: SignedPdf): string =>
  signed.increments.map((bytes) => Buffer.from(bytes).toString('latin1')).join('');

test('a cross-page seal goes in before the first signature, never after it', async () => {
  const seal = { mode: 'before-first-signature', slices } as const;
  const signed = await signPdf(paper, { signer: rsa, seal });
  assert.equal(signed.increments.length, 2);
  assert.equal(added(signed).match(/\/Subtype \/Stamp/g)?.length, 2);
  assert.equal(added(signed).match(/\/Shared true/g)?.length, 1);
  await assert.rejects(signPdf(signed.source, { signer: sm2, seal }), forbidden('seal-after-signature'));
});

test('a cross-page seal fills the fields that were prepared for it, once', async () => {
  const placements = slices.map(({ placement }) => placement);
  const prepared = await prepareFields(paper, { seal: { placements } });
  const first = await signPdf(prepared.source, { signer: rsa, certification: { permissions: 2 } });
  const seal = { mode: 'fields', slices } as const;
  const sealed = await signPdf(first.source, { signer: sm2, seal });
  assert.equal(sealed.increments.length, 1);
  assert.equal(added(sealed).match(/\/FT \/Btn/g)?.length, 2);
  await assert.rejects(signPdf(sealed.source, { signer: rsa, seal }), forbidden('seal-fields-used'));
  await assert.rejects(signPdf(paper, { signer: rsa, seal }), forbidden('seal-fields-missing'));
  await assert.rejects(prepareFields(first.source, { seal: { placements } }), { code: 'signature-forbidden' });
});

test('a cross-page seal on the first page is the picture of the signature', async () => {
  const field = { placement: slice(1).placement };
  const signed = await signPdf(paper, { signer: rsa, field, seal: { mode: 'first-page', slices } });
  const [only] = await fieldsOf(signed);
  assert.equal(only?.pageIndexes.join(), '0');
  assert.match(added(signed), /\/AP <<\/N \d+ 0 R>>/);
  assert.doesNotMatch(added(signed), /Stamp/);
});
