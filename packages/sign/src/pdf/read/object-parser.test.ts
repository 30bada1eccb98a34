import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnjuanError } from '@anjuan/core';
import fc from 'fast-check';
import type { PdfObject } from '../objects.js';
import { NEED_MORE, ObjectParser } from './object-parser.js';

const latin = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

function parse(text: string): { value: PdfObject; notes: string[]; rest: number } {
  const notes: string[] = [];
  const parser = new ObjectParser({ bytes: latin(text), base: 0, complete: true, note: (id) => notes.push(id) });
  return { value: parser.object(), notes, rest: text.length - parser.at };
}

const str = (text: string, form: 'literal' | 'hex' = 'literal'): PdfObject => ({
  type: 'string',
  bytes: latin(text),
  form,
});
const name = (value: string): PdfObject => ({ type: 'name', value });

test('every kind of object is read', () => {
  const cases: readonly (readonly [string, PdfObject])[] = [
    ['true', true],
    ['false', false],
    ['null', null],
    ['+17', 17],
    ['-.002', -0.002],
    ['4.', 4],
    ['00123', 123],
    ['/A#20B', name('A B')],
    ['/', name('')],
    ['/\xe7\xad\xbe', name('\xe7\xad\xbe')],
    ['(a(b)c\\)\\n\\101\\7\\53x\\q)', str('a(b)c)\nA\u0007+xq')],
    ['(a\\\r\nb\r\nc\rd)', str('ab\nc\nd')],
    ['<48 6\n56C6c6F7>', str('Hellop', 'hex')],
    ['<>', str('', 'hex')],
    ['12 0 R', { type: 'ref', number: 12, generation: 0 }],
    ['[1 2 3 0 R 4]', [1, 2, { type: 'ref', number: 3, generation: 0 }, 4]],
    ['[1 0 Rx]', []],
    [
      '[/A/B(c)<64>[]<<>>]',
      [name('A'), name('B'), str('c'), str('d', 'hex'), [], { type: 'dict', entries: new Map() }],
    ],
    [
      '<</A 1%x\r/B<</C null>>>>',
      {
        type: 'dict',
        entries: new Map<string, PdfObject>([
          ['A', 1],
          ['B', { type: 'dict', entries: new Map([['C', null]]) }],
        ]),
      },
    ],
  ];
  for (const [text, expected] of cases) {
    if (text.includes('Rx')) assert.throws(() => parse(text));
    else assert.deepEqual(parse(text), { value: expected, notes: [], rest: 0 }, text);
  }
});

test('what the standard does not know is refused', () => {
  for (const text of [
    '--1',
    '1e5',
    '1.2.3',
    '(a',
    '<4',
    '<4g>',
    '[1',
    '<<1 2>>',
    '<</A>>',
    'nul',
    '>>',
    ']',
    '}',
    '1234567890123456 0 obj [',
    '',
  ]) {
    const run = (): unknown => (text.endsWith('[') ? parse(`[${text}`) : parse(text));
    assert.throws(run, (error) => AnjuanError.is(error, 'pdf-malformed'), text);
  }
});

test('what a lenient reader passes over is written down', () => {
  assert.deepEqual(parse('<</A 1/A 2>>').notes, ['duplicate-key']);
  assert.deepEqual(parse('/A#0g').notes, ['name-escape']);
  assert.deepEqual(parse('/A#00').notes, ['name-escape']);
});

test('nesting and size have limits', () => {
  assert.throws(
    () => parse('['.repeat(200)),
    (error) => AnjuanError.is(error, 'pdf-limits-exceeded'),
  );
  assert.throws(
    () => parse('<</A'.repeat(200)),
    (error) => AnjuanError.is(error, 'pdf-limits-exceeded'),
  );
  assert.doesNotThrow(() => parse('['.repeat(100) + ']'.repeat(100)));
});

const write = (value: PdfObject): string => {
  if (value === null || typeof value !== 'object') return String(value);
  if (!('type' in value)) return `[${value.map(write).join(' ')}]`;
  if (value.type === 'name')
    return `/${[...value.value].map((c) => `#${c.charCodeAt(0).toString(16).padStart(2, '0')}`).join('')}`;
  if (value.type === 'ref') return `${value.number} ${value.generation} R`;
  if (value.type === 'string') {
    const hex = [...value.bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    const octal = [...value.bytes].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
    return value.form === 'hex' ? `<${hex}>` : `(${octal})`;
  }
  return value.type === 'dict'
    ? `<<${[...value.entries].map(([k, v]) => `${write(name(k))} ${write(v)}`).join(' ')}>>`
    : '';
};

const text = fc.uint8Array({ min: 1, maxLength: 12 }).map((bytes) => String.fromCharCode(...bytes));
const { value: objects } = fc.letrec<{ value: PdfObject }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<PdfObject>(true, false, null),
    fc.integer(),
    text.map(name),
    fc
      .tuple(fc.uint8Array(), fc.constantFrom<'hex' | 'literal'>('hex', 'literal'))
      .map(([bytes, form]) => ({ type: 'string' as const, bytes: Uint8Array.from(bytes), form })),
    fc.tuple(fc.nat(99_999), fc.nat(9)).map(([number, generation]) => ({ type: 'ref' as const, number, generation })),
    fc.array(tie('value'), { maxLength: 5 }),
    fc
      .array(fc.tuple(text, tie('value')), { maxLength: 5 })
      .map((entries) => ({ type: 'dict' as const, entries: new Map(entries) })),
  ),
}));

test('written objects read back, and a window that ends too early asks for more', () => {
  fc.assert(
    fc.property(objects, fc.nat(), (value, cut) => {
      const source = `${write(value)} `;
      assert.deepEqual(parse(source).value, value);
      const bytes = latin(source.slice(0, cut % source.length));
      const parser = new ObjectParser({ bytes, base: 0, complete: false, note: () => undefined });
      try {
        assert.deepEqual(parser.object(), value);
      } catch (error) {
        assert.equal(error, NEED_MORE);
      }
    }),
    { numRuns: 300 },
  );
});
