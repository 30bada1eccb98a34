import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  handlerFetch,
  openTestPki,
  pkiHandler,
  type TestCertificateName,
  type TestPki,
} from '../../../../fixtures/src/pki/index.js';
import { bytesSource } from '../bytes/byte-source.js';
import { addDocumentTimestamp, addValidationData, signPdf } from '../signing/index.js';
import { keySigner } from '../signing/testing/key-signer.js';
import { sealDigest } from '../signing/testing/seal-device.js';
import { tableShape } from '../testing/shapes.js';
import { fixedTrustStore } from '../trust/index.js';
import type { PageRenderer } from './page-renderer.js';
import { appendUpdate, patch, toText } from './testing/append-update.js';
import { appearance, fields, formDocument } from './testing/form-document.js';
import { openVerifierBench, refillSlot, type VerifierBench } from './testing/verifier-bench.js';

const YEAR = 365.25 * 86_400_000;
let pki: TestPki;
let bench: VerifierBench<TestCertificateName>;

before(async () => {
  pki = await openTestPki();
  bench = openVerifierBench(pki, handlerFetch(pkiHandler(pki)), 'doctorRsa');
});
after(() => pki.close());

const sealOf = (dataHash: Uint8Array): Promise<Uint8Array> => sealDigest(pki.get('sealSm2'), { dataHash });

describe('seals of GB/T 38540', () => {
  let sealed: Uint8Array;
  before(async () => {
    const signer = await keySigner(pki.get('sealSm2'), ['seal'], (digest) => sealOf(digest));
    sealed = await (await signPdf(bytesSource(tableShape()), { signer })).bytes();
  });

  /** Seals bring no intermediate certificates along: the store has them. */
  const sealTrust = () => ({
    trustStore: fixedTrustStore({ signature: pki.roots, seal: [...pki.roots, pki.get('issuingSm2').der] }),
  });

  it('passes with maker and signer from a trusted authority', async () => {
    const report = await bench.verify(sealed, sealTrust());
    assert.equal(report.indication, 'TOTAL_PASSED', report.summary.en);
    assert.equal(report.signatures[0]?.kind, 'seal');
    assert.equal(report.signatures[0]?.level, 'seal');
    const trustStore = fixedTrustStore({ signature: pki.roots, seal: [] });
    assert.equal((await bench.verify(sealed, { trustStore })).subIndication, 'NO_CERTIFICATE_CHAIN_FOUND');
  });

  it('fails when the document, the seal or the digest is another', async () => {
    const altered = await bench.verify(patch(sealed, 'Anjuan', 'Bnjuan'));
    assert.equal(altered.subIndication, 'HASH_FAILURE');
    // The vendor's name inside the seal, in the hex digits of the slot.
    const spoiled = await bench.verify(patch(sealed, '416e6a75616e', '426e6a75616e'), sealTrust());
    assert.notEqual(spoiled.indication, 'TOTAL_PASSED');
    assert.ok(spoiled.signatures[0]?.checks.some(({ id, result }) => id === 'seal' && result === 'failed'));
    const other = await refillSlot(sealed, 'sm3', (digest) => sealOf(digest.map((byte) => byte ^ 1)));
    assert.equal((await bench.verify(other, sealTrust())).subIndication, 'HASH_FAILURE');
  });
});

describe('times', () => {
  it('proves by a document timestamp what had no stamp of its own', async () => {
    const bare = await bench.sign(tableShape());
    const stamped = await (
      await addDocumentTimestamp(bytesSource(bare), { ...bench.setup, timestampAuthority: stampsOf() })
    ).bytes();
    const report = await bench.verify(stamped);
    assert.equal(report.indication, 'TOTAL_PASSED', report.summary.en);
    assert.equal(report.signatures[0]?.provenTime, report.signatures[1]?.provenTime);
    assert.equal(report.signatures[1]?.kind, 'document-timestamp');
    const altered = await bench.verify(patch(stamped, 'Anjuan', 'Bnjuan'));
    assert.deepEqual(
      altered.signatures.map(({ subIndication }) => subIndication),
      ['HASH_FAILURE', 'HASH_FAILURE'],
    );
  });

  it('counts revocation only when it came before the proven time', async () => {
    const own = await openTestPki();
    const other = openVerifierBench(own, handlerFetch(pkiHandler(own)), 'doctorRsa');
    try {
      const stamped = await other.sign(tableShape(), { level: 'B-T' });
      const bare = await other.sign(tableShape());
      await own.revoke('doctorRsa', { atMs: Date.now() + 2_000 });
      const at = Date.now() + 60_000;
      const kept = await other.verify(stamped, { at });
      assert.equal(kept.signatures[0]?.indication, 'TOTAL_PASSED', kept.summary.en);
      assert.notEqual((await other.verify(bare, { at })).indication, 'TOTAL_PASSED');
    } finally {
      await own.close();
    }
  });

  it('needs no network once the proof is in the file', async () => {
    const stamped = await bench.sign(tableShape(), { level: 'B-T' });
    const kept = await (await addValidationData(bytesSource(stamped), bench.setup)).bytes();
    const { trustStore } = bench.trust;
    const report = await bench.verify(kept, { revocation: { fetch: () => Promise.resolve([]) }, trustStore });
    assert.equal(report.signatures[0]?.level, 'B-LT', report.summary.en);
    assert.ok(['TOTAL_PASSED', 'INDETERMINATE'].includes(report.indication));
  });

  it('keeps an archived signature beyond the life of its certificate while the archive stamp is in force', async () => {
    const archived = await bench.sign(tableShape(), { level: 'B-LTA' });
    const report = await bench.verify(archived, { at: Date.now() + 30 * YEAR });
    assert.equal(report.indication, 'INDETERMINATE');
    assert.equal(report.signatures[1]?.subIndication, 'OUT_OF_BOUNDS_NO_POE');
  });

  const stampsOf = () => bench.setup.timestampAuthority ?? assert.fail();
});

describe('the drawn page', () => {
  /** Draws a page as grey areas: one for each filled rectangle found as text in the file. */
  const renderer: PageRenderer = {
    render: async ({ file, widthPx, pageIndex }) => {
      const heightPx = Math.round((widthPx * 842) / 595);
      const rgba = new Uint8ClampedArray(widthPx * heightPx * 4).fill(255);
      const scale = widthPx / 595;
      if (pageIndex > 0) return { widthPx, heightPx, rgba };
      for (const match of toText(new Uint8Array(await file.arrayBuffer())).matchAll(
        /% paint (\d+) (\d+) (\d+) (\d+)/g,
      )) {
        const [x = 0, y = 0, w = 0, h = 0] = match.slice(1).map(Number);
        for (let row = Math.floor((842 - y - h) * scale); row < (842 - y) * scale; row += 1) {
          const from = (row * widthPx + Math.floor(x * scale)) * 4;
          rgba.fill(90, from, from + Math.floor(w * scale) * 4);
        }
      }
      return { widthPx, heightPx, rgba };
    },
  };

  it('is the same, apart from fields that may be filled in', async () => {
    const signed = await bench.sign(formDocument());
    const objects = {
      10: `<< ${fields.text} /V (yes) /AP << /N 50 0 R >> >>`,
      50: appearance('% paint 101 501 150 15'),
    };
    const report = await bench.verify(appendUpdate(signed, { objects }), { renderer });
    assert.equal(report.indication, 'TOTAL_PASSED', report.summary.en);
    assert.ok(report.signatures[0]?.checks.some(({ id, result }) => id === 'visual-difference' && result === 'passed'));
  });

  it('is suspicious where it changed elsewhere', async () => {
    const signed = await bench.sign(formDocument());
    const objects = {
      10: `<< ${fields.text} /V (yes) /AP << /N 50 0 R >> >>`,
      50: appearance('% paint 300 700 150 15'),
    };
    const report = await bench.verify(appendUpdate(signed, { objects }), { renderer });
    const check = report.signatures[0]?.checks.find(({ id }) => id === 'visual-difference');
    assert.equal(check?.result, 'failed');
    assert.match(check.reason.en, /Page 1 looks different/);
    assert.equal(report.indication, 'INDETERMINATE');
  });

  it('is not called the same when it cannot be drawn', async () => {
    const signed = await bench.sign(await bench.sign(tableShape()));
    const broken: PageRenderer = { render: () => Promise.reject(new Error('no')) };
    const report = await bench.verify(signed, { renderer: broken });
    assert.equal(report.indication, 'INDETERMINATE');
  });
});
