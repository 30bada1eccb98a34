import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { AnjuanError } from '@anjuan/core';
import { samTestCards, textBlock, utf16 } from '../../../testing/sam-people.js';
import { parseCardText, splitContent } from './parse-card.js';
import { checkCharacter } from './values.js';

const failure = (text: Uint8Array): { code: string; field: unknown } => {
  try {
    parseCardText(text);
  } catch (error) {
    assert.ok(AnjuanError.is(error));
    return { code: error.code, field: error.details.field };
  }
  throw new Error('parsed');
};

/** The resident's card with fields written over. */
const resident = (...changes: readonly (readonly [number, number, string])[]): Uint8Array => {
  const text = samTestCards.resident.text.slice();
  for (const [offset, length, value] of changes) text.set(utf16(value, length), offset);
  return text;
};

describe('card texts', () => {
  for (const [kind, { text, card }] of Object.entries(samTestCards)) {
    test(`reads every field of a ${kind} card`, () => assert.deepEqual(parseCardText(text), card));
  }

  test('knows the published bytes of name, birth and long validity', () => {
    const bytes = (offset: number, length: number): string =>
      Buffer.from(samTestCards.resident.text.subarray(offset, offset + length)).toString('hex');
    assert.equal(bytes(0, 30), '205f094e' + '2000'.repeat(13));
    assert.equal(bytes(36, 16), '31003900370030003000310030003100');
    assert.equal(bytes(204, 16), '7f951f67' + '2000'.repeat(6));
  });

  test('check characters of published numbers', () => {
    assert.equal(checkCharacter('99000019700101001'), '8');
    assert.equal(checkCharacter('11010519491231002'), 'X');
  });

  test('accepts fields filled up with zeros, and characters beyond the first plane', () => {
    const text = resident([0, 30, '𠮷示']);
    for (let at = 6; at < 30; at += 1) text[at] = 0;
    assert.equal(parseCardText(text).name, '𠮷示');
  });

  const wrong: Record<string, [text: Uint8Array, field: string]> = {
    'an empty name': [resident([0, 30, '']), 'name'],
    'half a surrogate pair': [resident([0, 30, '\ud842']), 'name'],
    'a control character': [resident([52, 70, '甲\u0007乙']), 'address'],
    'a gender that no table has': [resident([30, 2, '3']), 'gender'],
    'letters for the nation': [resident([32, 4, 'AB']), 'nationCode'],
    'a 30th of February': [resident([36, 16, '19700230']), 'birthDate'],
    'a month 13': [resident([36, 16, '19701301']), 'birthDate'],
    'a year 0000': [resident([36, 16, '00000101']), 'birthDate'],
    'a wrong check character': [resident([122, 36, '990000197001010017']), 'number'],
    'a short number': [resident([122, 36, '99000019700101001']), 'number'],
    'an end before the begin': [resident([204, 16, '20150629']), 'validTo'],
    'other words than 长期': [resident([204, 16, '长长']), 'validTo'],
    'a number of the wrong region': [
      textBlock([
        [0, 30, '李示范'],
        [30, 2, '2'],
        [122, 36, '990000197001010018'],
        [248, 2, 'J'],
      ]),
      'number',
    ],
  };
  for (const [name, [text, field]] of Object.entries(wrong)) {
    test(`refuses ${name}`, () => assert.deepEqual(failure(text), { code: 'device-protocol', field }));
  }

  test('does not know other kinds of card', () => {
    assert.equal(failure(resident([248, 2, 'Z'])).code, 'card-unsupported');
    assert.equal(failure(resident([248, 2, '长'])).code, 'card-unsupported');
  });

  test('whatever bytes a card holds, the answer is a card or a typed error', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 256, maxLength: 256 }),
        fc.constantFrom(' ', 'J', 'I', 'Y'),
        (text, flag) => {
          text.set(utf16(flag, 2), 248);
          try {
            parseCardText(text);
          } catch (error) {
            assert.ok(AnjuanError.is(error));
          }
        },
      ),
      { numRuns: 300, seed: 3 },
    );
  });
});

describe('content of a read reply', () => {
  test('lengths must be those of text, photo and fingerprint, and add up', () => {
    const data = new Uint8Array(4 + 1280);
    data.set([1, 0, 4, 0]);
    assert.equal(splitContent(data, 'text-photo').photo.length, 1024);
    assert.throws(() => splitContent(data.subarray(1), 'text-photo'), { code: 'device-protocol' });
    assert.throws(() => splitContent(data, 'text-photo-print'), { code: 'device-protocol' });
    data.set([0, 255, 4, 1]);
    assert.throws(() => splitContent(data, 'text-photo'), { code: 'device-protocol' });
  });
});
