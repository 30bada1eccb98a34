import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { ManualClock } from '@anjuan/core/testing';
import { handlerFetch, openTestPki, pkiHandler, type TestPki } from '../../../../fixtures/src/pki/index.js';
import type { FormAppearance } from '../appearance/appearance.js';
import { blobSource, bytesSource, joinBytes, type ByteSource } from '../bytes/byte-source.js';
import { buildSignedData } from '../cms/index.js';
import { openCryptoEngine } from '../crypto/index.js';
import { derOctets, derOid, derSequence, derSetOf, oids } from '../der/index.js';
import { pdfDict, pdfName, pdfRef } from '../pdf/objects.js';
import { listSignatureFields, openPdf, type SignatureField } from '../pdf/read/index.js';
import { serialize } from '../pdf/write/index.js';
import type { Signer } from '../signers/signer.js';
import { streamShape, tableShape } from '../testing/shapes.js';
import { addDocumentTimestamp, prepareFields, signBatch, signPdf } from './index.js';
import type { SignatureOptions, SigningProgress, SigningSetup, SignPdfOptions } from './index.js';
import { keySigner, type KeySigner } from './testing/key-signer.js';
import { onlineSetup } from './testing/online-setup.js';

let folder: string;
let pki: TestPki;
let online: SigningSetup;
let rsa: KeySigner;
let ec: KeySigner;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anjuan-rules-'));
  pki = await openTestPki({ folder: join(folder, 'pki') });
  const fetchPki = handlerFetch(pkiHandler(pki));
  online = onlineSetup(pki, fetchPki);
  rsa = await keySigner(pki.get('doctorRsa'));
  ec = await keySigner(pki.get('doctorEc'));
});
after(() => rm(folder, { recursive: true, force: true }));

const paper = bytesSource(tableShape());
const placement = { pageNumber: 1, xMm: 20, yMm: 30, widthMm: 40, heightMm: 15 };
const form = {
  type: 'new-stream',
  dict: pdfDict({ Type: pdfName('XObject'), Subtype: pdfName('Form'), BBox: [0, 0, 9, 9] }),
  bytes: new TextEncoder().encode('0 0 9 9 re S'),
} as const;
const shared = pdfDict({ Shared: true });
const picture: FormAppearance = {
  widthPt: 9,
  heightPt: 9,
  form: { ...form, dict: pdfDict({ ...Object.fromEntries(form.dict.entries), Resources: pdfRef(-1) }) },
  parts: [shared],
};
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const whole = async (source: ByteSource): Promise<string> => text(await source.read(0, source.sizeBytes));

async function fieldsOf(source: ByteSource): Promise<ReadonlyMap<string, SignatureField>> {
  const fields = await listSignatureFields(await openPdf(source));
  return new Map(fields.map((field) => [field.name, field]));
}

const refused = (source: ByteSource, options: SignPdfOptions, code: string, reason?: string): Promise<void> =>
  assert.rejects(signPdf(source, options), (error: Error & { code?: string; details?: { reason?: unknown } }) => {
    assert.equal(error.code, code, error.stack);
    if (reason !== undefined) assert.equal(error.details?.reason, reason);
    return true;
  });

test('refuses certificates that may not sign, before the signer is asked', async () => {
  const cases = {
    expired: 'certificate-expired',
    notYetValid: 'certificate-not-yet-valid',
    encryptionOnly: 'certificate-not-for-signing',
    revoked: 'certificate-revoked',
    doctorSm2Encryption: 'certificate-not-for-signing',
  } as const;
  for (const [name, code] of Object.entries(cases)) {
    const signer = await keySigner(pki.get(name as keyof typeof cases));
    await refused(paper, { ...online, signer }, code);
    assert.deepEqual(signer.calls, []);
  }
  await refused(paper, { signer: rsa, policy: 'production' }, 'signer-test-only');
  const past = new ManualClock(Date.UTC(2001, 0));
  await refused(paper, { signer: rsa, clock: past }, 'certificate-not-yet-valid');
});

test("a key that is not the certificate's never gives a signed file", async () => {
  const stranger = pki.get('sealEc');
  const signer = await keySigner({ ...pki.get('doctorEc'), privateKey: () => stranger.privateKey() });
  await refused(paper, { signer }, 'certificate-mismatch');
  const wrongKind: Signer = {
    ...rsa,
    identity: async () => ({ ...(await rsa.identity()), algorithm: { kind: 'sm2' } }),
  };
  await refused(paper, { signer: wrongKind }, 'certificate-mismatch');
});

test('asks for what the signer can do, CMS first', async () => {
  for (const kind of ['cms', 'digest', 'bytes'] as const) {
    const capable = await keySigner(
      pki.get('doctorRsa'),
      kind === 'cms' ? ['bytes', 'digest', 'cms'] : kind === 'digest' ? ['bytes', 'digest'] : ['bytes'],
    );
    await signPdf(paper, { signer: capable });
    assert.deepEqual(capable.calls, [[kind]]);
  }
  const all = await keySigner(pki.get('doctorEc'), ['bytes', 'digest', 'cms']);
  await signPdf(paper, { signer: all, capability: 'digest', hash: 'sha-512' });
  assert.deepEqual(all.calls, [['digest']]);
  await refused(paper, { signer: rsa, capability: 'seal' }, 'invalid-argument');
  await refused(paper, { signer: rsa, hash: 'sha-512' }, 'crypto-unsupported');
  await refused(paper, { signer: rsa, hash: 'sha-1' }, 'crypto-unsupported');
});

test('levels need their services, and bad services leave nothing behind', async () => {
  await refused(paper, { signer: rsa, level: 'B-T' }, 'invalid-argument');
  const { revocation: _, ...noProof } = online;
  await refused(paper, { ...noProof, signer: rsa, level: 'B-LT' }, 'invalid-argument');
  const asked: string[] = [];
  const authority = online.timestampAuthority;
  assert.ok(authority);
  const other = { timestamp: () => authority.timestamp({ hash: 'sha-256' as const, imprint: new Uint8Array(32) }) };
  await refused(paper, { signer: rsa, level: 'B-T', timestampAuthority: other }, 'timestamp-mismatch');
  const silent = { fetch: () => (asked.push('asked'), Promise.resolve([])) };
  await refused(paper, { ...online, signer: rsa, level: 'B-LTA', revocation: silent }, 'revocation-unavailable');
  await signPdf(paper, { signer: rsa, level: 'B-B', certificates: pki.roots, revocation: silent });
  assert.equal(asked.length, 2);
});

test('fields: existing, missing, signed, forbidden names', async () => {
  const prepared = await prepareFields(paper, { signatures: [{ name: '主刀医师', placement }, { name: 'Nurse' }] });
  const signed = await signPdf(prepared.source, {
    signer: rsa,
    field: '主刀医师',
    appearance: () => picture,
    reason: '手术同意',
    name: '甲',
  });
  const fields = await fieldsOf(signed.source);
  assert.equal(fields.get('主刀医师')?.value?.kind, 'Sig');
  assert.equal(fields.get('Nurse')?.value, undefined);
  assert.deepEqual(
    signed.signatures.map(({ fieldName }) => fieldName),
    ['主刀医师'],
  );
  await refused(signed.source, { signer: rsa, field: '主刀医师' }, 'signature-field-signed');
  await refused(signed.source, { signer: rsa, field: 'Absent' }, 'signature-field-missing');
  await refused(paper, { signer: rsa, field: { name: 'a.b' } }, 'invalid-argument');
  await refused(signed.source, { signer: rsa, field: { name: 'Nurse' } }, 'invalid-argument');
  await refused(paper, { signer: rsa, field: { placement: { ...placement, pageNumber: 9 } } }, 'invalid-argument');
  await assert.rejects(prepareFields(paper, {}), { code: 'signature-field-missing' });
});

test('the picture is drawn with identity and time known, in millimetres of the page', async () => {
  const contexts: unknown[] = [];
  const signed = await signPdf(paper, {
    signer: rsa,
    field: { name: 'Seen', placement },
    appearance: (context) => (contexts.push(context), picture),
  });
  assert.equal(contexts.length, 1);
  assert.match(JSON.stringify(contexts[0]), /"subjectName":"测试医师 甲".*"fieldName":"Seen","widthPt":113.38/);
  const field = (await fieldsOf(signed.source)).get('Seen');
  assert.deepEqual(field?.rect?.map(Math.round), [57, 85, 170, 128]);
  assert.deepEqual(field?.pageIndexes, [0]);
  assert.match(text(serialize(field?.dict ?? null)), /\/AP <<\/N \d+ 0 R>>/);
  assert.match(await whole(signed.source), /\/Shared true/);
});

test('certifies first, and later signatures obey', async () => {
  const p2 = await prepareFields(paper, { signatures: [{ name: 'Later', placement }] });
  const certified = await signPdf(p2.source, { signer: rsa, certification: { permissions: 2 } });
  const [first] = [...(await fieldsOf(certified.source)).values()].filter(({ value }) => value);
  assert.equal(first?.value?.certifies, true);
  assert.equal(first.value.docMdp, 2);
  await signPdf(certified.source, { signer: ec, field: 'Later', appearance: () => picture });
  await signPdf(certified.source, { signer: ec });
  const forbidden = 'signature-forbidden';
  await refused(certified.source, { signer: ec, field: { placement } }, forbidden, 'certified-no-new-visible-field');
  await refused(
    certified.source,
    { signer: ec, certification: { permissions: 2 } },
    forbidden,
    'certification-not-first',
  );
  await refused(paper, { signer: rsa, certification: { permissions: 3 } }, forbidden, 'certification-comments');
  await signPdf(paper, { signer: rsa, certification: { permissions: 3, allowComments: true } });
  const closed = await signPdf(p2.source, { signer: rsa, certification: { permissions: 1 } });
  await refused(closed.source, { signer: ec, field: 'Later' }, forbidden, 'certified-no-changes');
  await addDocumentTimestamp(closed.source, online);
  await assert.rejects(prepareFields(closed.source, { signatures: [{}] }), { code: forbidden });
});

test('locks close the fields that they name, and only those', async () => {
  const prepared = await prepareFields(paper, {
    signatures: [
      { name: 'Doctor' },
      { name: 'Nurse' },
      { name: 'Head', lock: { action: 'Exclude', fields: ['Nurse'] } },
    ],
  });
  const one = await signPdf(prepared.source, { signer: rsa, lock: { action: 'Include', fields: ['Doctor'] } });
  await refused(one.source, { signer: ec, field: 'Doctor' }, 'signature-forbidden', 'field-locked');
  const two = await signPdf(one.source, { signer: ec, field: 'Head' });
  assert.deepEqual((await fieldsOf(two.source)).get('Head')?.value?.fieldMdp, { action: 'Exclude', fields: ['Nurse'] });
  await signPdf(two.source, { signer: ec, field: 'Nurse' });
  await refused(two.source, { signer: ec }, 'signature-forbidden', 'field-locked');
  const all = await signPdf(prepared.source, { signer: rsa, lock: { action: 'All' } });
  await refused(all.source, { signer: ec, field: 'Nurse' }, 'signature-forbidden', 'field-locked');
});

test('obeys the binding part of seed values', async () => {
  const seeded = (seed: string): ByteSource =>
    bytesSource(
      tableShape({
        catalog: '/AcroForm << /Fields [9 0 R] >>',
        page: '/Annots [9 0 R]',
        objects: {
          9: `<< /Type /Annot /Subtype /Widget /FT /Sig /T (Seeded) /Rect [0 0 0 0] /SV << /Type /SV ${seed} >> >>`,
        },
      }),
    );
  const sign = { signer: rsa, field: 'Seeded' };
  await signPdf(seeded('/Ff 66 /SubFilter [/ETSI.CAdES.detached] /DigestMethod [(SHA256)]'), sign);
  await signPdf(seeded('/SubFilter [/adbe.x509.rsa_sha1]'), sign);
  await signPdf(seeded('/Ff 8 /Reasons [(Consent)]'), { ...sign, reason: 'Consent' });
  const cases: Readonly<Record<string, string>> = {
    '/Ff 2 /SubFilter [/adbe.pkcs7.detached]': 'seed-value-sub-filter',
    '/Ff 1 /Filter /Entrust.PPKEF': 'seed-value-filter',
    '/Ff 64 /DigestMethod [(SHA512)]': 'seed-value-digest-method',
    '/Ff 8 /Reasons [(Consent)]': 'seed-value-reasons',
    '/MDP << /P 2 >>': 'seed-value-mdp',
    '/Ff 128 /LockDocument true': 'seed-value-unsupported',
  };
  for (const [seed, reason] of Object.entries(cases)) await refused(seeded(seed), sign, 'signature-forbidden', reason);
});

test('a slot that is too small is made larger once, then refused', async () => {
  const small = await signPdf(paper, { signer: rsa, slotBytes: 100 });
  assert.ok((small.signatures[0]?.valueBytes ?? 0) > 100);
  let calls = 0;
  const cms = await keySigner(pki.get('doctorRsa'), ['cms']);
  const swelling: Signer = {
    ...cms,
    identity: async () => ({ ...(await cms.identity()) }),
    sign: async (requests) => {
      calls += 1;
      const fat = await keySigner(
        { ...pki.get('doctorRsa'), chain: calls > 1 ? [...pki.certificates.values()].map(({ der }) => der) : [] },
        ['cms'],
      );
      return fat.sign(requests);
    },
  };
  await refused(paper, { signer: swelling, slotBytes: 64 }, 'signature-slot-small');
  assert.equal(calls, 2);
});

test('notices a file that changes while it is signed, and leftovers behind the end', async () => {
  const bytes = tableShape();
  let changed = false;
  const source: ByteSource = {
    sizeBytes: bytes.byteLength,
    read: (offset, length) => {
      const now = Uint8Array.from(bytes, (byte, at) => (changed && at === bytes.byteLength - 3 ? 0x20 : byte));
      return Promise.resolve(now.subarray(offset, offset + length));
    },
  };
  for (const moment of ['prepare', 'sign']) {
    changed = false;
    const onProgress = ({ phase }: SigningProgress): void => void (changed ||= phase === moment);
    await refused(source, { signer: rsa, onProgress }, 'pdf-changed');
  }
  const gone: ByteSource = {
    sizeBytes: bytes.byteLength,
    read: () => Promise.reject(new DOMException('changed on disk', 'NotReadableError')),
  };
  await refused(gone, { signer: rsa }, 'pdf-changed');
  const tail = joinBytes([bytes, new TextEncoder().encode('<script>')]);
  await refused(bytesSource(tail), { signer: rsa }, 'pdf-unsignable', 'bytes-after-eof');
  await signPdf(bytesSource(joinBytes([bytes, Uint8Array.of(0, 0x0d, 0x0a)])), { signer: rsa });
});

test('a signature over bytes that are cut off refuses more of them', async () => {
  const signed = await (await signPdf(paper, { signer: rsa })).bytes();
  const cut = bytesSource(signed.subarray(0, signed.byteLength - 1));
  await refused(cut, { signer: ec }, 'pdf-unsignable', 'signature-beyond-end');
  await assert.rejects(addDocumentTimestamp(cut, online), { code: 'pdf-unsignable' });
});

test('bad files are refused by name', async () => {
  await refused(bytesSource(new TextEncoder().encode('not a pdf')), { signer: rsa }, 'pdf-malformed');
  const controller = new AbortController();
  controller.abort();
  await refused(paper, { signer: rsa, signal: controller.signal }, 'aborted');
  const mute: Signer = { ...rsa, identity: () => rsa.identity(), sign: () => Promise.resolve([]) };
  await refused(paper, { signer: mute }, 'signer-protocol', 'answer-count');
});

test('fast and lean give the same digest, whatever the engine', async () => {
  const engine = await openCryptoEngine({ node: false });
  const clock = new ManualClock(Date.now());
  for (const mode of ['fast', 'lean'] as const)
    await signPdf(blobSource(new Blob([tableShape()])), { signer: ec, engine, mode, clock });
  const script = await openCryptoEngine({ node: false, subtle: 'none', wasm: false });
  await signPdf(paper, { signer: ec, engine: script, clock });
});

test('signs a stay with one authorization, or nothing at all', async () => {
  const signer = await keySigner(pki.get('doctorEc'));
  const seen: SigningProgress['phase'][] = [];
  const documents = [tableShape(), streamShape(), streamShape({ packed: true })].map((bytes, index) => ({
    source: bytesSource(bytes),
    reason: `Document ${index + 1}`,
  }));
  const batch = await signBatch(documents, {
    ...online,
    signer,
    level: 'B-LTA',
    onProgress: ({ phase }) => seen.push(phase),
  });
  assert.equal(batch.status, 'signed');
  assert.deepEqual(signer.calls, [['bytes', 'bytes', 'bytes']]);
  assert.deepEqual(new Set(seen), new Set(['prepare', 'sign', 'assemble', 'extend']));
  for (const { source, signatures } of batch.documents) {
    assert.equal(signatures.length, 2);
    assert.equal((await fieldsOf(source)).size, 2);
  }
  const closed = await signPdf(paper, { signer: rsa, certification: { permissions: 1 } });
  const mixed = await signBatch([...documents, { source: closed.source }, { source: bytesSource(new Uint8Array(9)) }], {
    signer,
  });
  assert.equal(mixed.status, 'refused');
  assert.deepEqual(
    mixed.refusals.map(({ index, error }) => [index, (error as { code?: string }).code]),
    [
      [3, 'signature-forbidden'],
      [4, 'pdf-malformed'],
    ],
  );
  assert.equal(signer.calls.length, 1);
});

test('writes only what must change', async () => {
  const signed = await signPdf(paper, { signer: rsa });
  const added = text(signed.increments[0] ?? new Uint8Array());
  const numbers = [...added.matchAll(/^(\d+) 0 obj$/gm)].map(([, number]) => Number(number));
  assert.deepEqual(numbers, [1, 3, 7, 8, 9]);
  assert.match(added, /\/SigFlags 3/);
  assert.doesNotMatch(added, /\/Info|\/ObjStm|\/Resources <<>>|\/Metadata/);
  const again = await signPdf(signed.source, { signer: ec });
  const second = text(again.increments[0] ?? new Uint8Array());
  assert.deepEqual(
    [...second.matchAll(/^(\d+) 0 obj$/gm)].map(([, number]) => Number(number)),
    [3, 9, 10, 11],
  );
  const listed = bytesSource(
    tableShape({
      catalog: '/AcroForm 9 0 R',
      page: '/Annots 11 0 R',
      objects: { 9: '<< /Fields 10 0 R /SigFlags 3 >>', 10: '[]', 11: '[]' },
    }),
  );
  const lean = text((await signPdf(listed, { signer: rsa })).increments[0] ?? new Uint8Array());
  assert.deepEqual(
    [...lean.matchAll(/^(\d+) 0 obj$/gm)].map(([, number]) => Number(number)),
    [10, 11, 12, 13],
  );
});

test('raises the flags of a form that had only the first', async () => {
  const source = bytesSource(tableShape({ catalog: '/AcroForm << /Fields [] /SigFlags 1 >>' }));
  const signed = await signPdf(source, { signer: rsa });
  assert.match(text(signed.increments[0] ?? new Uint8Array()), /\/SigFlags 3/);
});

test('a signature options list signs in its order', async () => {
  const signatures: SignatureOptions[] = [{ signer: rsa }, { signer: ec, field: { name: 'Second' } }];
  const signed = await signPdf(paper, { signatures });
  assert.deepEqual(
    signed.signatures.map(({ fieldName }) => fieldName),
    ['Signature1', 'Second'],
  );
  assert.equal((await signed.blob(new Blob([tableShape()])).arrayBuffer()).byteLength, signed.source.sizeBytes);
});

test('a CMS that does not follow PAdES is only taken as adbe.pkcs7.detached', async () => {
  const { der, chain } = pki.get('doctorRsa');
  const plain: Signer = {
    ...(await keySigner(pki.get('doctorRsa'), ['cms'])),
    sign: async ([request]) => {
      assert.equal(request?.kind, 'cms');
      const attribute = (oid: string, value: Uint8Array): Uint8Array => derSequence(derOid(oid), derSetOf(value));
      const signedAttributes = derSetOf(
        attribute(oids.contentType, derOid(oids.data)),
        attribute(oids.messageDigest, derOctets(request.digest)),
      );
      const [signature = new Uint8Array()] = await rsa.sign([{ kind: 'bytes', data: signedAttributes }]);
      const algorithm = { kind: 'rsa-pkcs1', hash: 'sha-256' } as const;
      return [buildSignedData({ certificate: der, chain, algorithm, hash: 'sha-256', signedAttributes, signature })];
    },
  };
  await refused(paper, { signer: plain }, 'cms-malformed', 'signing-certificate-missing');
  const basic = await signPdf(paper, { signer: plain, subFilter: 'adbe.pkcs7.detached' });
  assert.equal((await fieldsOf(basic.source)).get('Signature1')?.value?.subFilter, 'adbe.pkcs7.detached');
});

test('new names avoid every field of the form, not only signatures', async () => {
  const source = bytesSource(
    tableShape({ catalog: '/AcroForm << /Fields [9 0 R] >>', objects: { 9: '<< /FT /Tx /T (Signature1) >>' } }),
  );
  const signed = await signPdf(source, { signer: rsa });
  assert.deepEqual(
    signed.signatures.map(({ fieldName }) => fieldName),
    ['Signature2'],
  );
  await refused(source, { signer: rsa, field: { name: 'Signature1' } }, 'invalid-argument');
  await refused(source, { signatures: [] }, 'invalid-argument');
});

test('millimetres hold on pages with a crop box and a larger unit', async () => {
  const source = bytesSource(tableShape({ page: '/CropBox [100 50 500 800] /UserUnit 2' }));
  const signed = await signPdf(source, { signer: rsa, field: { name: 'Placed', placement } });
  const field = (await fieldsOf(signed.source)).get('Placed');
  assert.deepEqual(field?.rect?.map(Math.round), [128, 93, 185, 114]);
});
