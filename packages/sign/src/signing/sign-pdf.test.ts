import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { askOracles } from '../../../../fixtures/src/oracles/index.js';
import { handlerFetch, openTestPki, pkiHandler, type TestPki } from '../../../../fixtures/src/pki/index.js';
import { bytesSource } from '../bytes/byte-source.js';
import type { Signer } from '../signers/signer.js';
import { cutSignatures } from '../testing/cut-signatures.js';
import { inputShapes, tableShape } from '../testing/shapes.js';
import { httpTimestampAuthority, networkRevocation } from '../trust/index.js';
import { addDocumentTimestamp, addValidationData, renewTimestamps, signPdf, type SigningLevel } from './index.js';
import type { SignedPdf, SigningSetup } from './index.js';
import { keySigner } from './testing/key-signer.js';

let folder: string;
let pki: TestPki;
let setup: SigningSetup;
let untrustedFile: string;
const signers = new Map<'rsa' | 'ec', Signer>();

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anjuan-signing-'));
  pki = await openTestPki({ folder: join(folder, 'pki') });
  const fetchPki = handlerFetch(pkiHandler(pki));
  setup = {
    timestampAuthority: httpTimestampAuthority({ url: `${pki.baseUrl}/tsa`, fetch: fetchPki }),
    revocation: networkRevocation({ fetch: fetchPki }),
    certificates: pki.roots,
  };
  for (const kind of ['rsa', 'ec'] as const) {
    signers.set(kind, await keySigner(pki.get(kind === 'rsa' ? 'doctorRsa' : 'doctorEc')));
  }
  untrustedFile = join(folder, 'issuing.pem');
  const issuing = ['issuingRsa', 'issuingEc'] as const;
  const pems = await Promise.all(issuing.map((name) => readFile(pki.get(name).certificateFile, 'utf8')));
  await writeFile(untrustedFile, pems.join(''));
});
after(() => rm(folder, { recursive: true, force: true }));

const signer = (kind: 'rsa' | 'ec'): Signer => {
  const found = signers.get(kind);
  assert.ok(found);
  return found;
};

/** Every program that is there accepts the file, and the original is still its beginning. */
async function accepted(name: string, signed: SignedPdf, original: Uint8Array, password = ''): Promise<Uint8Array> {
  const bytes = await signed.bytes();
  assert.deepEqual(bytes.subarray(0, original.byteLength), original, `${name}: prefix`);
  const signatures = await cutSignatures(bytes, password);
  assert.ok(
    signatures.every(({ tight }) => tight),
    name,
  );
  const verdict = await askOracles({
    folder,
    name,
    bytes,
    signatures,
    rootsFile: pki.rootsFile,
    untrustedFile,
    password,
  });
  assert.deepEqual(verdict.objections, []);
  return bytes;
}

const LEVELS: readonly SigningLevel[] = ['B-B', 'B-T', 'B-LT', 'B-LTA'];

for (const level of LEVELS)
  for (const kind of ['rsa', 'ec'] as const)
    test(`signs at level ${level} with ${kind}, accepted by every program at hand`, async () => {
      const original = tableShape();
      const signed = await signPdf(bytesSource(original), {
        ...setup,
        signer: signer(kind),
        level,
        reason: '同意手术',
      });
      const expected = ['signature', ...(level === 'B-LTA' ? ['document-timestamp'] : [])];
      assert.deepEqual(
        signed.signatures.map(({ kind: added }) => added),
        expected,
      );
      const bytes = await accepted(`level-${level}-${kind}`, signed, original);
      const last = signed.signatures.at(-1)?.byteRange ?? [0, 0, 0, 0];
      if (level !== 'B-LT') assert.equal(last[2] + last[3], bytes.byteLength);
    });

for (const { name, bytes, password } of inputShapes())
  test(`signs the shape ${name} three times in a row, earlier signatures intact`, async () => {
    const common = { ...setup, ...(password === undefined ? {} : { password }) };
    const first = await signPdf(bytesSource(bytes), {
      ...common,
      signer: signer('rsa'),
      level: 'B-T',
      location: '和安',
    });
    const one = await accepted(`${name}-1`, first, bytes, password);
    const second = await signPdf(first.source, { ...common, signer: signer('ec'), level: 'B-LTA' });
    const two = await accepted(`${name}-2`, second, one, password);
    const third = await signPdf(bytesSource(two), { ...common, signer: signer('rsa'), level: 'B-B' });
    await accepted(`${name}-3`, third, two, password);
  });

test('adds timestamps, validation data and renews them', async () => {
  const original = tableShape();
  const stamped = await addDocumentTimestamp(bytesSource(original), setup);
  await accepted('stamped', stamped, original);
  const signed = await signPdf(bytesSource(original), { ...setup, signer: signer('rsa'), level: 'B-T' });
  const bytes = await accepted('to-renew', signed, original);
  const proven = await addValidationData(signed.source, setup);
  const more = await accepted('proven', proven, bytes);
  const again = await addValidationData(bytesSource(more), {
    ...setup,
    revocation: { fetch: () => Promise.resolve([]) },
  });
  assert.deepEqual(again.increments, [], 'nothing new, nothing written');
  const renewed = await renewTimestamps(bytesSource(more), setup);
  const last = await accepted('renewed', renewed, more);
  const twice = await renewTimestamps(bytesSource(last), setup);
  await accepted('renewed-twice', twice, last);
  assert.deepEqual(
    twice.signatures.map(({ fieldName }) => fieldName),
    ['Timestamp2'],
  );
  await assert.rejects(renewTimestamps(bytesSource(original), setup), { code: 'signature-absent' });
});

test('renews when nobody answers any more for what the store proves', async () => {
  const signed = await signPdf(bytesSource(tableShape()), { ...setup, signer: signer('ec'), level: 'B-LTA' });
  const silent = { ...setup, revocation: { fetch: () => Promise.resolve([]) } };
  const renewed = await renewTimestamps(signed.source, silent);
  assert.equal(renewed.signatures.length, 1);
  await accepted('renewed-silently', renewed, await signed.bytes());
  const bare = await signPdf(bytesSource(tableShape()), { ...setup, signer: signer('ec'), level: 'B-T' });
  await assert.rejects(renewTimestamps(bare.source, silent), { code: 'revocation-unavailable' });
});
