import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import {
  handlerFetch,
  openTestPki,
  pkiHandler,
  type TestCertificateName,
  type TestPki,
} from '../../../../fixtures/src/pki/index.js';
import { bytesSource } from '../bytes/byte-source.js';
import { openCryptoEngine } from '../crypto/index.js';
import { inputShapes, tableShape } from '../testing/shapes.js';
import { fixedTrustStore } from '../trust/index.js';
import type { CheckId } from './check-ids.js';
import { signedRevision, verifyPdf } from './index.js';
import type { ValidationReport } from './report.js';
import { appendUpdate, patch, toBytes, toText } from './testing/append-update.js';
import { fuzz } from './validator.fuzz.js';
import { openVerifierBench, type VerifierBench } from './testing/verifier-bench.js';

let pki: TestPki;
let bench: VerifierBench<TestCertificateName>;
let signed: Uint8Array;
let twice: Uint8Array;
let archived: Uint8Array;

before(async () => {
  pki = await openTestPki();
  bench = openVerifierBench(pki, handlerFetch(pkiHandler(pki)), 'doctorRsa');
  signed = await bench.sign(tableShape());
  twice = await bench.sign(signed, { signer: await bench.signer('doctorEc') });
  archived = await bench.sign(tableShape(), { level: 'B-LTA' });
});
after(() => pki.close());

const failedIds = (report: ValidationReport, index = 0): string[] =>
  report.signatures[index]?.checks
    .filter(({ result }) => result === 'failed' || result === 'unknown')
    .map(({ id }) => id) ?? [];
async function expectFailure(bytes: Uint8Array, id: CheckId, indication = 'TOTAL_FAILED', index = 0) {
  const report = await bench.verify(bytes);
  assert.equal(report.indication, indication, JSON.stringify(report.signatures[index]?.summary));
  assert.equal(report.signatures[index]?.indication, indication, JSON.stringify(failedIds(report, index)));
  assert.ok(failedIds(report, index).includes(id), `${id} is not among ${failedIds(report, index).join(' ')}`);
  assert.deepEqual(JSON.parse(JSON.stringify(report)), report);
  return report;
}

/** Numbers of the n-th /ByteRange and a file with others in their place. */
function ranges(bytes: Uint8Array, nth: number): { numbers: number[]; text: string } {
  const match = [...toText(bytes).matchAll(/\/ByteRange \[([\d ]+)\] */g)][nth];
  return { numbers: (match?.[1] ?? '').trim().split(' ').map(Number), text: match?.[0] ?? '' };
}
function withRange(bytes: Uint8Array, change: (numbers: number[]) => number[], nth = 0): Uint8Array {
  const { numbers, text } = ranges(bytes, nth);
  return patch(bytes, text, `/ByteRange [${change(numbers).join(' ')}]`.padEnd(text.length));
}

describe('a signature that is fine', () => {
  for (const shape of inputShapes()) {
    it(`passes in a file with ${shape.name}`, async () => {
      const levels = shape.name === 'table' ? (['B-B', 'B-T', 'B-LT', 'B-LTA'] as const) : (['B-LTA'] as const);
      const secret = shape.password === undefined ? {} : { password: shape.password };
      for (const level of levels) {
        const report = await bench.verify(await bench.sign(shape.bytes, { level, ...secret }), secret);
        assert.equal(report.indication, 'TOTAL_PASSED', report.summary.en);
        assert.equal(report.signatures[0]?.level, level);
        assert.equal(report.signatures[0]?.test, true);
        assert.deepEqual(report.anomalies, []);
      }
    });
  }

  it('passes with P-256, with SM2, and beside another', async () => {
    for (const name of ['doctorEc', 'doctorSm2'] as const) {
      const report = await bench.verify(await bench.sign(signed, { signer: await bench.signer(name) }));
      assert.equal(report.indication, 'TOTAL_PASSED', report.summary.en);
      assert.equal(report.signatures.length, 2);
    }
  });

  it('says so first, in both languages, and what is claimed or proven', async () => {
    const report = await bench.verify(signed);
    const [signature] = report.signatures;
    assert.match(report.summary['zh-CN'], /^签名有效，签署后未被修改。/);
    assert.match(signature?.summary.en ?? '', /^The signature is valid; nothing was changed after signing/);
    assert.ok(signature?.claimedTime);
    assert.equal(signature.provenTime, undefined);
    assert.ok((await bench.verify(archived)).signatures[0]?.provenTime);
  });

  it('gives the same report without WebCrypto, WASM and Node', async () => {
    const at = Date.now();
    const engine = await openCryptoEngine({ subtle: 'none', wasm: false, node: false });
    for (const bytes of [signed, twice, archived, patch(signed, 'Anjuan', 'Bnjuan')]) {
      assert.deepEqual(await bench.verify(bytes, { engine, at }), await bench.verify(bytes, { at }));
    }
  });

  it('gives back what was signed', async () => {
    const report = await bench.verify(twice);
    const first = signedRevision(bytesSource(twice), report, 0);
    assert.deepEqual(await first.read(0, first.sizeBytes + 100), twice.subarray(0, signed.length));
    assert.throws(() => signedRevision(bytesSource(twice), report, 7), { code: 'invalid-argument' });
  });

  it('passes when a later table counts the line break in front of an object, not when it points elsewhere', async () => {
    const text = toText(twice);
    const startxref = Number([...text.matchAll(/startxref\s+(\d+)/g)].at(-1)?.[1]);
    const [entry = ''] = /\d{10} 00000 n/.exec(text.slice(startxref)) ?? [];
    const off = (by: number): Uint8Array => {
      const changed = Uint8Array.from(signed.length < twice.length ? twice : signed);
      changed.set(toBytes(String(Number(entry.slice(0, 10)) - by).padStart(10, '0')), text.indexOf(entry, startxref));
      return changed;
    };
    const near = (await bench.verify(off(1))).signatures[0];
    assert.ok(!near?.checks.some(({ id, result }) => id === 'file-structure' && result === 'failed'));
    const far = (await bench.verify(off(3))).signatures[0];
    assert.equal(far?.indication, 'TOTAL_FAILED');
  });

  it('is not made up where there is none', async () => {
    const report = await bench.verify(tableShape());
    assert.equal(report.indication, 'INDETERMINATE');
    assert.equal(report.subIndication, 'SIGNED_DATA_NOT_FOUND');
  });
});

describe('structure', () => {
  it('never takes a missing entry for no signature', async () => {
    const value = /\/Type \/Sig(?!F)[\s\S]*$/.exec(toText(signed))?.[0] ?? '';
    for (const key of ['Filter', 'SubFilter', 'Contents', 'ByteRange']) {
      const changed = patch(signed, value, value.replace(`/${key} `, `/${key.slice(0, -1)}Z `));
      const report = await expectFailure(changed, 'signature-dictionary');
      assert.equal(report.signatures[0]?.subIndication, 'FORMAT_FAILURE');
    }
  });

  it('never takes null or another type for no signature', async () => {
    const { text } = ranges(signed, 0);
    for (const value of ['null', '[]', '(x)', '[0 0 0 0]', '[0 5 7]', '[0 (a) 1 2]', '[0 -1 9 9]', '9 0 R', 'true']) {
      await expectFailure(patch(signed, text, `/ByteRange ${value}`.padEnd(text.length)), 'byte-range');
    }
    const contents = /\/Contents <[0-9a-f]+>/i.exec(toText(signed))?.[0] ?? '';
    for (const value of ['null', '<>', `<${'0'.repeat(contents.length - 12)}>`, '9 0 R', '[]', '()']) {
      await expectFailure(patch(signed, contents, `/Contents ${value}`.padEnd(contents.length)), 'signature-contents');
    }
  });

  it('wants ranges from the start, a gap that is the signature, an end where a revision ends', async () => {
    await expectFailure(
      withRange(signed, ([, a = 0, b = 0, c = 0]) => [1, a, b, c]),
      'byte-range',
    );
    await expectFailure(
      withRange(signed, ([, a = 0, b = 0, c = 0]) => [0, a, b, c + 9]),
      'byte-range',
    );
    await expectFailure(
      withRange(signed, ([, a = 0, b = 0, c = 0]) => [0, a - 1, b, c]),
      'byte-range-gap',
    );
    await expectFailure(
      withRange(signed, ([, a = 0, b = 0, c = 0]) => [0, a, b + 1, c - 1]),
      'byte-range-gap',
    );
    await expectFailure(
      withRange(signed, ([, a = 0, b = 0, c = 0]) => [0, a, b, c - 3]),
      'coverage',
    );
    await expectFailure(
      withRange(twice, ([, , b = 0, c = 0]) => [0, 99, b, c], 1),
      'byte-range-overlap',
      'TOTAL_FAILED',
      1,
    );
  });

  it('wants each signature once, in the revision that it signs', async () => {
    const field = /(\d+) 0 obj\s*<<(?:(?!endobj)[\s\S])*?\/V (\d+) 0 R/.exec(toText(signed));
    const form = /\/AcroForm (\d+) 0 R/.exec(toText(signed))?.[1];
    const [, number = '', value = ''] = field ?? [];
    const copy = `<< /FT /Sig /T (copy) /V ${value} 0 R /Type /Annot /Subtype /Widget /Rect [0 0 0 0] /P 3 0 R >>`;
    const fields = {
      objects: { 90: copy, ...(form && { [form]: `<< /Fields [${number} 0 R 90 0 R] /SigFlags 3 >>` }) },
    };
    const withForm = form
      ? fields
      : {
          objects: {
            90: copy,
            1: `<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [${number} 0 R 90 0 R] /SigFlags 3 >> >>`,
          },
        };
    await expectFailure(appendUpdate(signed, withForm), 'signature-unique');
    const body = new RegExp(`\\n${value} 0 obj\\s([\\s\\S]*?)\\sendobj`).exec(toText(signed))?.[1] ?? '';
    await expectFailure(appendUpdate(signed, { objects: { [value]: body } }), 'signature-object');
    const renamed = body.replace('/Type /Sig', '/Type /Sig /Reason (other)');
    await expectFailure(appendUpdate(signed, { objects: { [value]: renamed } }), 'signature-object');
  });

  it('explains every byte after the signed ones', async () => {
    for (const rest of ['x', '91 0 obj\n<< >>\nendobj\n', '%%EOF\n90 0 obj']) {
      const report = await bench.verify(toBytes(toText(signed) + rest));
      assert.equal(report.indication, 'TOTAL_FAILED', rest);
    }
    await expectFailure(toBytes(`${toText(signed)}junk`), 'file-structure');
  });

  it('knows formats that are too old or unknown', async () => {
    const to = (name: string): Uint8Array => patch(signed, 'ETSI.CAdES.detached', name.padEnd(19));
    for (const name of ['adbe.pkcs7.sha1', 'adbe.x509.rsa_sha1', 'my.own.format']) {
      const report = await bench.verify(to(name));
      assert.notEqual(report.indication, 'TOTAL_PASSED');
      assert.ok(failedIds(report).includes('sub-filter'), name);
    }
  });

  it('refuses truncated files', async () => {
    for (let cut = 1; cut < signed.length; cut += 641) {
      const report = await bench.verify(signed.subarray(0, signed.length - cut));
      assert.notEqual(report.indication, 'TOTAL_PASSED');
    }
  });
});

describe('cryptography', () => {
  it('fails when any single bit of the covered bytes is flipped', async () => {
    const [, a = 0, b = 0, c = 0] = ranges(signed, 0).numbers;
    const covered = fc.nat({ max: a + c - 1 }).map((at) => (at < a ? at : b + at - a));
    await fc.assert(
      fc.asyncProperty(covered, fc.nat({ max: 7 }), async (at, bit) => {
        const changed = Uint8Array.from(signed);
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        const report = await bench.verify(changed);
        assert.equal(report.indication, 'TOTAL_FAILED', `${String(at)} ${report.summary.en}`);
      }),
      { numRuns: 60 },
    );
  });

  it('tells altered bytes, altered values and altered structures apart', async () => {
    const digest = await expectFailure(patch(signed, 'Anjuan', 'Bnjuan'), 'message-digest');
    assert.equal(digest.subIndication, 'HASH_FAILURE');
    const [, a = 0] = ranges(signed, 0).numbers;
    const text = toText(signed);
    const der = /<((?:[0-9a-f]{2})+?)(?:00)*>/i.exec(text.slice(a))?.[1]?.length ?? 0;
    const last = a + 1 + der - 8;
    const swapped = text.slice(0, last) + (text[last] === 'a' ? 'b' : 'a') + text.slice(last + 1);
    const value = await expectFailure(toBytes(swapped), 'signature-value');
    assert.equal(value.subIndication, 'SIG_CRYPTO_FAILURE');
    const garbage = `${text.slice(0, a + 1)}30823fff${text.slice(a + 9)}`;
    await expectFailure(toBytes(garbage), 'cms-structure');
    const tail = a + 1 + der + 200;
    await expectFailure(toBytes(`${text.slice(0, tail)}ff${text.slice(tail + 2)}`), 'cms-structure');
  });
});

describe('trust', () => {
  const cases: readonly (readonly [TestCertificateName, CheckId, string])[] = [
    ['otherDoctor', 'certificate-path', 'NO_CERTIFICATE_CHAIN_FOUND'],
    ['selfSigned', 'certificate-path', 'NO_CERTIFICATE_CHAIN_FOUND'],
    ['expired', 'certificate-validity', 'OUT_OF_BOUNDS_NO_POE'],
    ['notYetValid', 'certificate-validity', 'NOT_YET_VALID'],
    ['revoked', 'revocation', 'REVOKED_NO_POE'],
    ['revokedSm2', 'revocation', 'REVOKED_NO_POE'],
    ['encryptionOnly', 'certificate-usage', 'CHAIN_CONSTRAINTS_FAILURE'],
    ['doctorSm2Encryption', 'certificate-usage', 'CHAIN_CONSTRAINTS_FAILURE'],
    ['weakRsa1024', 'algorithm-strength', 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE'],
  ];
  for (const [name, id, sub] of cases) {
    it(`does not pass a signature of ${name}`, async () => {
      const bytes = await bench.forge(tableShape(), name);
      const report = await expectFailure(bytes, id, sub === 'NOT_YET_VALID' ? 'TOTAL_FAILED' : 'INDETERMINATE');
      assert.equal(report.subIndication, sub);
    });
  }

  it('says what is missing: anchors, or word about revocation', async () => {
    const trustStore = fixedTrustStore({ signature: [] });
    const untrusted = await verifyPdf(bytesSource(signed), { trustStore });
    assert.equal(untrusted.subIndication, 'NO_CERTIFICATE_CHAIN_FOUND');
    const silent = await verifyPdf(bytesSource(signed), { trustStore: bench.trust.trustStore });
    assert.equal(silent.subIndication, 'TRY_LATER');
    const ignored = await verifyPdf(bytesSource(signed), { ...bench.trust, policy: { revocation: 'ignore' } });
    assert.equal(ignored.indication, 'TOTAL_PASSED');
  });

  it('keeps a stamped signature when its certificate has expired, as long as the stamp holds', async () => {
    const at = Date.UTC(2031, 0, 1);
    const bare = await bench.verify(signed, { at });
    assert.equal(bare.subIndication, 'OUT_OF_BOUNDS_NO_POE');
    const later = await bench.verify(archived, { at });
    assert.notEqual(later.indication, 'TOTAL_PASSED');
    assert.equal(later.signatures[0]?.checks.find(({ id }) => id === 'message-digest')?.result, 'passed');
  });

  it('does not trust a stamp of nobody', async () => {
    const stamped = await bench.sign(tableShape(), { level: 'B-T' });
    const trustStore = fixedTrustStore({ signature: pki.roots, timestamp: [] });
    const report = await bench.verify(stamped, { trustStore });
    assert.equal(report.indication, 'INDETERMINATE');
    assert.ok(failedIds(report).includes('signature-timestamp'));
    assert.equal(report.signatures[0]?.provenTime, undefined);
  });
});

it('damaged files give a report or a typed error, never green over another text', () => fuzz({ seed: 5, runs: 60 }));
