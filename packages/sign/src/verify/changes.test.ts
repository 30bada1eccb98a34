import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { handlerFetch, openTestPki, pkiHandler, type TestPki } from '../../../../fixtures/src/pki/index.js';
import type { TestCertificateName } from '../../../../fixtures/src/pki/index.js';
import { appendUpdate, toText, type Update } from './testing/append-update.js';
import { appearance, fields, formDocument } from './testing/form-document.js';
import { openVerifierBench, type VerifierBench } from './testing/verifier-bench.js';

let pki: TestPki;
let bench: VerifierBench<TestCertificateName>;
/** Signed without certification, and with each level. */
let signed: Uint8Array;
const certified = new Map<number, Uint8Array>();

before(async () => {
  pki = await openTestPki();
  bench = openVerifierBench(pki, handlerFetch(pkiHandler(pki)), 'doctorRsa');
  signed = await bench.sign(formDocument());
  for (const permissions of [1, 2, 3] as const) {
    const certification = { permissions, allowComments: true };
    certified.set(permissions, await bench.sign(formDocument(), { certification }));
  }
});
after(() => pki.close());

const stream = (content: string, dict = ''): string =>
  `<< ${dict} /Length ${String(content.length)} >>\nstream\n${content}\nendstream`;
/** The newest version of an object as text: what a careful editor starts from. */
function bodyOf(bytes: Uint8Array, number: number): string {
  const all = [...toText(bytes).matchAll(new RegExp(`(?:^|\\n)${String(number)} 0 obj\\s([\\s\\S]*?)\\sendobj`, 'g'))];
  return all.at(-1)?.[1] ?? '';
}
const with_ = (bytes: Uint8Array, number: number, from: string | RegExp, to: string): string => {
  const body = bodyOf(bytes, number);
  const changed = body.replace(from, to);
  assert.notEqual(changed, body, `object ${String(number)} has ${String(from)}`);
  return changed;
};

interface Case {
  readonly name: string;
  readonly update: (bytes: Uint8Array) => Update;
  readonly kind: string;
  /** Worst result for an approval signature and for certification of level 1, 2, 3. */
  readonly results: readonly [approval: string, p1: string, p2: string, p3: string];
}
const NEVER = ['forbidden', 'forbidden', 'forbidden', 'forbidden'] as const;
const ALWAYS = ['allowed', 'allowed', 'allowed', 'allowed'] as const;
const FILL = ['allowed', 'forbidden', 'allowed', 'allowed'] as const;
const SUSPICIOUS = ['suspicious', 'suspicious', 'suspicious', 'suspicious'] as const;
const widget = '/Type /Annot /Subtype /Widget /FT /Sig /T (third) /P 3 0 R /F 132';
const addField = (bytes: Uint8Array, more: Record<number, string>, number = 60): Update => ({
  objects: {
    9: with_(bytes, 9, /\/Fields \[/, `/Fields [${String(number)} 0 R `).replace(/\[60 0 R (.*?)\]/, '[$1 60 0 R]'),
    3: with_(bytes, 3, /\/Annots \[(.*?)\]/, `/Annots [$1 ${String(number)} 0 R]`),
    ...more,
  },
});
const addAnnotation = (bytes: Uint8Array, body: string, more: Record<number, string> = {}): Update => ({
  objects: { 3: with_(bytes, 3, /\/Annots \[(.*?)\]/, '/Annots [$1 70 0 R]'), 70: body, ...more },
});

const cases: readonly Case[] = [
  {
    name: 'an identical rewrite',
    kind: '',
    results: ALWAYS,
    update: (b) => ({ objects: { 4: bodyOf(b, 4), 2: bodyOf(b, 2) } }),
  },
  {
    name: 'metadata',
    kind: 'metadata',
    results: ALWAYS,
    update: (b) => ({
      objects: {
        1: with_(b, 1, '/Pages', '/Metadata 50 0 R /Pages'),
        50: stream('<x/>', '/Type /Metadata /Subtype /XML'),
      },
    }),
  },
  {
    name: 'document information',
    kind: 'metadata',
    results: ALWAYS,
    update: () => ({
      objects: { 50: '<< /Producer (Scanner) >>' },
      trailer: '/Root 1 0 R /Info 50 0 R /ID [<00112233445566778899aabbccddeeff> <01>]',
    }),
  },
  {
    name: 'validation data',
    kind: 'dss',
    results: ALWAYS,
    update: (b) => ({
      objects: {
        1: with_(b, 1, '/Pages', '/DSS 50 0 R /Pages'),
        50: '<< /Type /DSS /Certs [51 0 R] >>',
        51: stream('x'),
      },
    }),
  },
  {
    name: 'a page behind the name of validation data',
    kind: 'dss',
    results: NEVER,
    update: (b) => ({ objects: { 1: with_(b, 1, '/Pages', '/DSS 50 0 R /Pages'), 50: '<< /Type /DSS /JS (x) >>' } }),
  },
  {
    name: 'a field that is filled in',
    kind: 'form-fill',
    results: FILL,
    update: () => ({
      objects: {
        10: `<< ${fields.text} /V (twice daily) /AP << /N 50 0 R >> >>`,
        50: appearance('BT (twice daily) Tj ET'),
      },
    }),
  },
  {
    name: 'a check box that is ticked',
    kind: 'form-fill',
    results: FILL,
    update: () => ({ objects: { 12: `<< ${fields.check} /V /Yes /AS /Yes >>` } }),
  },
  {
    name: 'a value that was signed and is replaced',
    kind: 'form-fill',
    results: ['suspicious', 'forbidden', 'allowed', 'allowed'],
    update: () => ({
      objects: { 11: `<< ${fields.filled} /V (100 mg) /AP << /N 50 0 R >> >>`, 50: appearance('BT (100 mg) Tj ET') },
    }),
  },
  {
    name: 'a field that looks different from its value',
    kind: 'form-fill',
    results: NEVER,
    update: () => ({ objects: { 22: appearance('BT (99 mg) Tj ET') } }),
  },
  {
    name: 'another look of a ticked box',
    kind: 'form-fill',
    results: NEVER,
    update: () => ({ objects: { 21: appearance('BT (YES) Tj ET') } }),
  },
  {
    name: 'a value whose look stays behind',
    kind: 'form-fill',
    results: NEVER,
    update: () => ({ objects: { 11: `<< ${fields.filled} /V (100 mg) /AP << /N 22 0 R >> >>` } }),
  },
  {
    name: 'a value whose look says otherwise',
    kind: 'form-fill',
    results: NEVER,
    update: () => ({
      objects: {
        10: `<< ${fields.text} /V (agreed) /AP << /N 50 0 R >> >>`,
        50: appearance('BT (ref) Tj (us\\145d) Tj ET'),
      },
    }),
  },
  {
    name: 'a value whose look says the same in pieces',
    kind: 'form-fill',
    results: FILL,
    update: () => ({
      objects: {
        10: `<< ${fields.text} /V (agreed to) /AP << /N 50 0 R >> >>`,
        50: appearance('BT [(agr) -20 <65656420>] TJ (to) Tj ET'),
      },
    }),
  },
  {
    name: 'a tick without its value',
    kind: 'form-fill',
    results: NEVER,
    update: () => ({ objects: { 12: `<< ${fields.check} /V /Off /AS /Yes >>` } }),
  },
  {
    name: 'a blank look of an empty field',
    kind: 'form-fill',
    results: FILL,
    update: () => ({ objects: { 10: `<< ${fields.text} /AP << /N 50 0 R >> >>`, 50: appearance('/Tx BMC EMC') } }),
  },
  {
    name: 'a highlighted word',
    kind: 'annotation',
    results: ['forbidden', 'forbidden', 'forbidden', 'suspicious'],
    update: (b) => addAnnotation(b, '<< /Type /Annot /Subtype /Highlight /Rect [60 700 300 740] >>'),
  },
  {
    name: 'a value with the font size it was drawn with',
    kind: 'form-fill',
    results: FILL,
    update: () => ({
      objects: {
        10: `<< ${fields.text.replace('/Helv 10', '/Helv 8')} /V (yes) /AP << /N 50 0 R >> >>`,
        50: appearance('BT (yes) Tj ET'),
      },
    }),
  },
  {
    name: 'a note of a signing component in the page tree',
    kind: '',
    results: ALWAYS,
    update: (b) => ({ objects: { 2: with_(b, 2, '/Count', '/ITXT (2.1.7) /Count') } }),
  },
  {
    name: 'a field that moves',
    kind: 'form-structure',
    results: NEVER,
    update: () => ({ objects: { 10: `<< ${fields.text.replace('100 500', '90 500')} >>` } }),
  },
  {
    name: 'a new text field',
    kind: 'form-structure',
    results: NEVER,
    update: (b) => addField(b, { 60: '<< /FT /Tx /T (new) /Type /Annot /Subtype /Widget /Rect [0 0 9 9] >>' }),
  },
  {
    name: 'a field that disappears',
    kind: 'form-structure',
    results: NEVER,
    update: (b) => ({ objects: { 9: with_(b, 9, '11 0 R', ''), 3: with_(b, 3, '11 0 R', '') } }),
  },
  {
    name: 'a script behind a field',
    kind: 'active-content',
    results: NEVER,
    update: () => ({ objects: { 10: `<< ${fields.text} /AA << /K << /S /JavaScript /JS (1) >> >> >>` } }),
  },
  {
    name: 'values that viewers shall draw anew',
    kind: 'form-structure',
    results: SUSPICIOUS,
    update: (b) => ({ objects: { 9: with_(b, 9, '/Fields', '/NeedAppearances true /Fields') } }),
  },
  {
    name: 'an XFA form',
    kind: 'xfa',
    results: NEVER,
    update: (b) => ({ objects: { 9: with_(b, 9, '/Fields', '/XFA 50 0 R /Fields'), 50: stream('<xdp/>') } }),
  },
  {
    name: 'page content',
    kind: 'page-content',
    results: NEVER,
    update: () => ({ objects: { 4: stream('BT /F1 12 Tf 72 720 Td (Other text) Tj ET') } }),
  },
  {
    name: 'a hidden object as content',
    kind: 'page-content',
    results: NEVER,
    update: (b) => ({ objects: { 3: with_(b, 3, '/Contents 4 0 R', '/Contents 16 0 R') } }),
  },
  {
    name: 'a font',
    kind: 'page-resources',
    results: NEVER,
    update: () => ({ objects: { 5: '<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>' } }),
  },
  {
    name: 'a page more',
    kind: 'page-tree',
    results: NEVER,
    update: (b) => ({
      objects: { 2: with_(b, 2, /Kids \[(.*?)\] \/Count 2/, 'Kids [$1 50 0 R] /Count 3'), 50: `<< ${fields.page} >>` },
    }),
  },
  {
    name: 'pages swapped',
    kind: 'page-tree',
    results: NEVER,
    update: (b) => ({ objects: { 2: with_(b, 2, '3 0 R 6 0 R', '6 0 R 3 0 R') } }),
  },
  {
    name: 'a turned page',
    kind: 'page',
    results: NEVER,
    update: (b) => ({ objects: { 3: with_(b, 3, '/Contents', '/Rotate 180 /Contents') } }),
  },
  {
    name: 'another catalog with an action',
    kind: 'active-content',
    results: NEVER,
    update: (b) => ({
      objects: { 50: with_(b, 1, '/Pages', '/OpenAction [3 0 R /Fit] /Pages') },
      trailer: '/Root 50 0 R /ID [<00112233445566778899aabbccddeeff> <01>]',
    }),
  },
  {
    name: 'an action on opening',
    kind: 'active-content',
    results: NEVER,
    update: (b) => ({ objects: { 1: with_(b, 1, '/Pages', '/OpenAction [3 0 R /Fit] /Pages') } }),
  },
  {
    name: 'an embedded file',
    kind: 'embedded-file',
    results: NEVER,
    update: (b) => ({ objects: { 1: with_(b, 1, '/Names <<', '/Names << /EmbeddedFiles << /Names [] >>') } }),
  },
  {
    name: 'layers',
    kind: 'optional-content',
    results: NEVER,
    update: (b) => ({ objects: { 1: with_(b, 1, '/Pages', '/OCProperties << /OCGs [] >> /Pages') } }),
  },
  {
    name: 'an unused object',
    kind: 'unused-object',
    results: SUSPICIOUS,
    update: () => ({ objects: { 80: `<< ${fields.page} >>` } }),
  },
  {
    name: 'bytes between objects',
    kind: 'cross-reference',
    results: NEVER,
    update: () => ({ before: '81 0 obj\n<< >>\nendobj\n', objects: { 82: 'null' } }),
  },
  {
    name: 'an object of another generation',
    kind: 'cross-reference',
    results: NEVER,
    update: (b) => ({ objects: { 5: bodyOf(b, 5) }, generations: { 5: 1 } }),
  },
  {
    name: 'a freed link',
    kind: 'annotation',
    results: ['forbidden', 'forbidden', 'forbidden', 'suspicious'],
    update: () => ({ freed: [15] }),
  },
  {
    name: 'a comment off the text',
    kind: 'annotation',
    results: ['forbidden', 'forbidden', 'forbidden', 'allowed'],
    update: (b) => addAnnotation(b, '<< /Type /Annot /Subtype /Text /Rect [10 10 30 30] /Contents (see) >>'),
  },
  {
    name: 'a comment over the text',
    kind: 'annotation',
    results: NEVER,
    update: (b) =>
      addAnnotation(b, '<< /Type /Annot /Subtype /FreeText /Rect [60 700 300 740] /AP << /N 71 0 R >> >>', {
        71: appearance('1 g 0 0 200 20 re f'),
      }),
  },
  {
    name: 'a link that leads elsewhere',
    kind: 'annotation',
    results: ['forbidden', 'forbidden', 'forbidden', 'suspicious'],
    update: (b) => ({ objects: { 15: with_(b, 15, 'hospital', 'attacker') } }),
  },
  {
    name: 'fields that a page does not list any more',
    kind: 'annotation',
    results: NEVER,
    update: (b) => ({ objects: { 3: with_(b, 3, /\/Annots \[.*?\]/, '/Annots []') } }),
  },
  {
    name: 'a link that now runs a script',
    kind: 'active-content',
    results: NEVER,
    update: (b) => ({ objects: { 15: with_(b, 15, /\/A <<.*?>>/, '/A << /S /JavaScript /JS (1) >>') } }),
  },
  {
    name: 'a field over text that is filled to hide it',
    kind: 'form-fill',
    results: ['suspicious', 'forbidden', 'suspicious', 'suspicious'],
    update: () => ({
      objects: { 17: `<< ${fields.over} /V (x) /AP << /N 50 0 R >> >>`, 50: appearance('1 g 0 0 200 20 re f') },
    }),
  },
  {
    name: 'a comment that runs a script',
    kind: 'active-content',
    results: NEVER,
    update: (b) =>
      addAnnotation(b, '<< /Type /Annot /Subtype /Link /Rect [1 1 9 9] /A << /S /JavaScript /JS (1) >> >>'),
  },
  {
    name: 'an unsigned signature field',
    kind: 'new-signature',
    results: ['suspicious', 'suspicious', 'suspicious', 'suspicious'],
    update: (b) => addField(b, { 60: `<< ${widget} /Rect [0 0 0 0] >>` }),
  },
  {
    name: 'a picture over the text that says to be a signature',
    kind: 'new-signature',
    results: NEVER,
    update: (b) =>
      addField(b, {
        60: `<< ${widget} /Rect [60 700 300 740] /AP << /N 71 0 R >> >>`,
        71: appearance('1 g 0 0 200 20 re f'),
      }),
  },
  {
    name: 'a signature that got another picture',
    kind: 'signature-dictionary',
    results: NEVER,
    update: (b) => ({
      objects: {
        ...signatureField(b, (body) => body.replace(/>>\s*$/, '/AP << /N 71 0 R >> >>')),
        71: appearance('BT (x) Tj ET'),
      },
    }),
  },
  {
    name: 'usage rights',
    kind: 'catalog',
    results: NEVER,
    update: (b) => ({
      objects: {
        1: /\/Perms/.test(bodyOf(b, 1))
          ? with_(b, 1, /\/Perms\s*<</, '/Perms << /UR3 9 0 R')
          : with_(b, 1, '/Pages', '/Perms << /UR3 9 0 R >> /Pages'),
      },
    }),
  },
];

/** The field that signPdf added. */
function signatureField(bytes: Uint8Array, change: (body: string) => string): Record<number, string> {
  const number = Number(
    /(\d+) 0 obj(?:(?!endobj)[\s\S])*?\/T \(?<?[^>)]*[>)]?(?:(?!endobj)[\s\S])*?\/V \d+ 0 R/.exec(toText(bytes))?.[1],
  );
  return { [number]: change(bodyOf(bytes, number)) };
}

describe('changes after signing', () => {
  for (const { name, update, kind, results } of cases) {
    it(`judges ${name}`, async () => {
      const files = [signed, certified.get(1), certified.get(2), certified.get(3)];
      for (const [index, bytes] of files.entries()) {
        assert.ok(bytes);
        const changed = appendUpdate(bytes, update(bytes));
        const report = await bench.verify(changed);
        const [signature] = report.signatures;
        const worst = (['forbidden', 'suspicious', 'allowed'] as const).find((result) =>
          signature?.changes.some((change) => change.result === result),
        );
        const seen = JSON.stringify(signature?.changes.map((c) => [c.result, c.kind, c.path]));
        assert.equal(worst ?? 'allowed', results[index], `level ${String(index)}: ${seen} ${report.summary.en}`);
        if (kind)
          assert.ok(
            signature?.changes.some((c) => c.kind === kind && c.result === worst),
            `${kind}: ${seen}`,
          );
        const indication = { forbidden: 'TOTAL_FAILED', suspicious: 'INDETERMINATE', allowed: 'TOTAL_PASSED' }[
          worst ?? 'allowed'
        ];
        assert.equal(
          signature?.indication,
          indication,
          `level ${String(index)}: ${signature?.summary.en ?? ''} ${seen}`,
        );
      }
    });
  }

  it('does not let a page go with its signature', async () => {
    const report = await bench.verify(appendUpdate(signed, { freed: [3] }));
    assert.equal(report.indication, 'TOTAL_FAILED');
    assert.equal(report.signatures.length, 1);
  });

  it('sees a certification that is taken away', async () => {
    const bytes = certified.get(2) ?? new Uint8Array();
    const update = { objects: { 1: with_(bytes, 1, /\/Perms\s*<<.*?>>/, '') } };
    const report = await bench.verify(appendUpdate(bytes, update));
    assert.equal(report.indication, 'TOTAL_FAILED');
    assert.ok(report.signatures[0]?.changes.some((c) => c.path === 'Root/Perms' && c.result === 'forbidden'));
  });

  it('accepts a second signature, new or in its place, and what is filled in before it', async () => {
    const filled = appendUpdate(signed, { objects: { 10: `<< ${fields.text} /V (yes) >>` } });
    for (const options of [{}, { field: 'second' }]) {
      const report = await bench.verify(await bench.sign(filled, options));
      assert.equal(report.indication, 'TOTAL_PASSED', report.summary.en);
      assert.deepEqual(
        report.signatures.map(({ indication }) => indication),
        ['TOTAL_PASSED', 'TOTAL_PASSED'],
      );
      assert.deepEqual(
        new Set(report.signatures[0]?.changes.map((c) => c.kind)),
        new Set(['form-fill', 'new-signature']),
      );
    }
  });

  it('forbids locked fields alone', async () => {
    const bytes = await bench.sign(formDocument(), { lock: { action: 'Include', fields: ['note'] } });
    const note = await bench.verify(appendUpdate(bytes, { objects: { 10: `<< ${fields.text} /V (x) >>` } }));
    assert.equal(note.indication, 'TOTAL_FAILED');
    const box = await bench.verify(appendUpdate(bytes, { objects: { 12: `<< ${fields.check} /V /Yes /AS /Yes >>` } }));
    assert.equal(box.indication, 'TOTAL_PASSED', box.summary.en);
  });

  it('sees objects of the signed revision that an update points to', async () => {
    const offset = toText(signed).indexOf('16 0 obj');
    const report = await bench.verify(appendUpdate(signed, { offsets: { 4: offset } }));
    assert.equal(report.indication, 'TOTAL_FAILED');
  });

  it('sees an update that passes over the signed revision', async () => {
    const first = Number(/startxref\s+(\d+)/.exec(toText(signed))?.[1]);
    const report = await bench.verify(appendUpdate(signed, { previous: first, objects: { 4: bodyOf(signed, 4) } }));
    assert.notEqual(report.indication, 'TOTAL_PASSED');
  });

  it('sees a catalog that waited in the signed revision', async () => {
    const { tableShape } = await import('../testing/shapes.js');
    const objects = {
      9: '<< /Type /Catalog /Pages 10 0 R >>',
      10: '<< /Type /Pages /Kids [11 0 R] /Count 1 >>',
      11: '<< /Type /Page /Parent 10 0 R /MediaBox [0 0 9 9] >>',
    };
    const bytes = await bench.sign(tableShape({ catalog: '/Extra 9 0 R', objects }));
    const form = /\/AcroForm (\d+ 0 R|<<.*?>>)/.exec(bodyOf(bytes, 1))?.[0] ?? '';
    for (const more of [{}, { objects: { 9: `<< /Type /Catalog /Pages 10 0 R ${form} >>` } }]) {
      const trailer = '/Root 9 0 R /ID [<00112233445566778899aabbccddeeff> <01>]';
      const report = await bench.verify(appendUpdate(bytes, { trailer, ...more }));
      assert.equal(report.indication, 'TOTAL_FAILED', report.summary.en);
    }
  });
});
