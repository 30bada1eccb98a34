import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { missing, runProgram } from '../../../../../fixtures/src/oracles/run.js';
import { bytesSource, joinBytes } from '../../bytes/byte-source.js';
import { hybridShape, inputShapes, streamShape, tableShape } from '../../testing/shapes.js';
import { pdfDict, pdfName, pdfRef, pdfString, type NewObject, type PdfObject } from '../objects.js';
import { openPdf } from '../read/index.js';
import { buildIncrement, serialize } from './index.js';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const written = (object: NewObject): string => text(serialize(object));

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anjuan-increment-'));
});
after(() => rm(folder, { recursive: true, force: true }));

async function append(original: Uint8Array, objects: ReadonlyMap<number, NewObject>): Promise<Uint8Array> {
  const { bytes } = await buildIncrement(await openPdf(bytesSource(original)), { objects });
  return joinBytes([original, bytes]);
}

test('writes every kind of object as PDF wants it', () => {
  assert.equal(written(null), 'null');
  assert.equal(written(-0), '0');
  assert.equal(written(1e-7), '0.0000001');
  assert.equal(written(-12.5), '-12.5');
  assert.equal(written(425.8661417), '425.8661417', 'reads back as the same number');
  assert.equal(written(pdfName('A B#/中')), '/A#20B#23#2f#e4#b8#ad');
  assert.equal(written(pdfString(Uint8Array.of(0x28, 0x5c, 0x0d, 0xff), 'literal')), '(\\(\\\\\\r\xff)');
  assert.equal(written(pdfString(Uint8Array.of(0, 255))), '<00ff>');
  assert.equal(written([1, pdfRef(3, 2), pdfDict({ K: true })]), '[1 3 2 R <</K true>>]');
  const stream = { type: 'new-stream', dict: pdfDict({ Length: 99, A: 1 }), bytes: Uint8Array.of(65) } as const;
  assert.equal(written(stream), '<</A 1/Length 1>>\nstream\nA\nendstream');
});

test('refuses what PDF cannot say', () => {
  assert.throws(() => serialize(Number.NaN), { code: 'pdf-unsignable' });
  assert.throws(() => serialize({ type: 'stream', dict: pdfDict({}), offset: 0, lengthBytes: 1 }), {
    code: 'pdf-unsignable',
  });
});

test('what is written is read again as it was', async () => {
  const leaf: fc.Arbitrary<PdfObject> = fc.oneof(
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.integer({ min: -1e6, max: 1e6 }).map((value) => value / 64),
    fc
      .string({ minLength: 1 })
      .filter((name) => /^[\x01-\xff]+$/.test(name))
      .map(pdfName),
    fc
      .tuple(fc.uint8Array(), fc.constantFrom('literal', 'hex'))
      .map(([bytes, form]) => pdfString(bytes, form as 'literal' | 'hex')),
  );
  const { tree } = fc.letrec<{ tree: PdfObject }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie('tree'), { maxLength: 4 }),
      fc
        .dictionary(
          fc.stringMatching(/^[A-Za-z]{1,8}$/),
          tie('tree').filter((value) => value !== null),
          { maxKeys: 4 },
        )
        .map(pdfDict),
    ),
  }));
  const original = tableShape();
  await fc.assert(
    fc.asyncProperty(tree, async (object) => {
      const file = await openPdf(bytesSource(await append(original, new Map([[9, object]]))));
      assert.equal(text(serialize(await file.get(pdfRef(9)))), written(object));
    }),
    { numRuns: 200 },
  );
});

for (const { name, bytes } of inputShapes().slice(0, 4))
  test(`appends to a file of the kind ${name} and keeps every byte before`, async () => {
    const objects = new Map<number, NewObject>([
      [5, pdfDict({ Type: pdfName('Font'), Subtype: pdfName('Type1'), BaseFont: pdfName('Courier') })],
      [20, { type: 'new-stream', dict: pdfDict({}), bytes: Uint8Array.of(1, 2, 3) }],
    ]);
    const once = await append(bytes, objects);
    const twice = await append(once, new Map([[21, pdfDict({ Twice: true })]]));
    assert.deepEqual(twice.subarray(0, bytes.byteLength), bytes);
    const file = await openPdf(bytesSource(twice));
    const kind = file.revisions[0]?.xrefKind === 'stream' ? 'stream' : 'table';
    assert.deepEqual(
      file.revisions.slice(-2).map(({ xrefKind }) => xrefKind),
      [kind, kind],
    );
    assert.match(written(await file.get(pdfRef(5))), /Courier/);
    const stream = await file.get(pdfRef(20));
    assert.ok(stream !== null && typeof stream === 'object' && 'offset' in stream);
    assert.deepEqual([...(await file.decode(stream))], [1, 2, 3]);
    assert.deepEqual(file.anomalies, []);
    if (missing('qpdf')) return;
    const path = join(folder, `${name}.pdf`);
    await writeFile(path, twice);
    const { code, text: report } = await runProgram('qpdf', ['--check', path]);
    assert.equal(code, 0, report);
    assert.doesNotMatch(report, /WARNING/);
  });

test('a file without a last line end gets one first', async () => {
  const original = tableShape().slice(0, -1);
  const signed = await append(original, new Map([[9, 1]]));
  assert.equal(signed[original.byteLength], 10);
  assert.equal(await (await openPdf(bytesSource(signed))).get(pdfRef(9)), 1);
});

test('keeps trailer entries, /ID and /Info, and adds none', async () => {
  const original = streamShape();
  const { bytes } = await buildIncrement(await openPdf(bytesSource(original)), { objects: new Map([[20, 1]]) });
  const tail = text(bytes);
  assert.match(tail, /\/ID \[<00112233445566778899aabbccddeeff> /);
  assert.doesNotMatch(tail, /\/Info/);
  assert.doesNotMatch(tail, /ObjStm/);
});

test('objects of a hybrid file that only new readers see can be replaced for all', async () => {
  const signed = await append(hybridShape(), new Map<number, NewObject>([[5, pdfDict({ New: 1 })]]));
  assert.match(written(await (await openPdf(bytesSource(signed))).get(pdfRef(5))), /New/);
});

test('tells where tracked values stand', async () => {
  const original = tableShape();
  const slot = pdfString(new Uint8Array(4));
  const { bytes, spans, offsets } = await buildIncrement(await openPdf(bytesSource(original)), {
    objects: new Map([[9, pdfDict({ A: slot })]]),
    track: [slot],
  });
  const whole = text(joinBytes([original, bytes]));
  const [from, to] = spans.get(slot) ?? [0, 0];
  assert.equal(whole.slice(from, to), '<00000000>');
  assert.ok(whole.slice(offsets.get(9)).startsWith('9 0 obj'));
});
