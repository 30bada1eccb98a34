import { attacks, type Attack } from '../attack.js';
import { place, splice, type SignaturePlace } from '../signature-place.js';

type Write = (place: SignaturePlace, numbers: readonly [number, number, number, number], size: number) => string;

/** Another value, or none, where /ByteRange stands; nothing else moves. */
const range =
  (write: Write): Attack['make'] =>
  ({ bytes }) => {
    const found = place(bytes);
    const text = write(found, found.range, bytes.length);
    const room = found.rangeEnd - found.rangeStart;
    if (text.length > room) return Promise.resolve(undefined);
    return Promise.resolve(splice(bytes, found.rangeStart, found.rangeEnd, text.padEnd(room)));
  };
const numbers = (
  change: (range: readonly [number, number, number, number], size: number) => readonly (number | string)[],
) => range((_, old, size) => `/ByteRange [${change(old, size).join(' ')}]`);

/** Another text of the same length in the gap of /Contents, quotes included. */
const gap =
  (write: (digits: string, random: { between(low: number, high: number): number }) => string): Attack['make'] =>
  ({ bytes }, random) => {
    const { gapStart, gapEnd, digits } = place(bytes);
    const text = write(digits, random);
    if (text.length > gapEnd - gapStart) return Promise.resolve(undefined);
    return Promise.resolve(splice(bytes, gapStart, gapEnd, text.padEnd(gapEnd - gapStart)));
  };
const used = (digits: string): string => digits.replace(/(00)+$/, '');

export const byteRangeAttacks = attacks('universal-forgery', {
  'range-missing': range(() => ''),
  'range-other-name': range(() => '/ByteRang [0 1 2 3]'),
  'range-null': range(() => '/ByteRange null'),
  'range-zero': range(() => '/ByteRange 0'),
  'range-name': range(() => '/ByteRange /All'),
  'range-string': range(() => '/ByteRange (0 1 2 3)'),
  'range-dict': range(() => '/ByteRange << >>'),
  'range-true': range(() => '/ByteRange true'),
  'range-reference': range(() => '/ByteRange 1 0 R'),
  'range-empty': numbers(() => []),
  'range-zeros': numbers(() => [0, 0, 0, 0]),
  'range-one': numbers(() => [0]),
  'range-two': numbers(([a, b]) => [a, b]),
  'range-three': numbers(([a, b, c]) => [a, b, c]),
  'range-five': numbers((old) => [...old, 0]),
  'range-six': numbers((old) => [...old, 0, 0]),
  'range-nested': numbers((old) => [`[${old.join(' ')}]`]),
  'range-nulls': numbers(() => ['null', 'null', 'null', 'null']),
  'range-names': numbers(([, b, c]) => ['/a', b, c, '/d']),
  'range-negative-start': numbers(([, b, c, d]) => [-1, b, c, d]),
  'range-negative-first': numbers(([a, b, c, d]) => [a, -b, c, d]),
  'range-negative-second': numbers(([a, b, c, d]) => [a, b, -c, d]),
  'range-negative-rest': numbers(([a, b, c]) => [a, b, c, -1]),
  'range-huge': numbers(([a, b, c]) => [a, b, c, 9_999_999_999]),
  'range-huge-first': numbers(([a, , c, d]) => [a, 9_999_999_999, c, d]),
  'range-fraction': numbers(([a, b, c, d]) => [`${String(a)}.5`, b, c, d]),
  'range-start-one': numbers(([, b, c, d]) => [1, b - 1, c, d]),
  'range-swapped': numbers(([a, b, c, d]) => [c, d, a, b]),
  'range-no-gap': numbers(([a, , , d], size) => [a, size - d, size - d, d]),
  'range-overlap': numbers(([a, b, c, d]) => [a, c, b, d]),
  'range-gap-wider': numbers(([a, b, c, d]) => [a, b - 40, c, d]),
  'range-gap-longer': numbers(([a, b, c, d]) => [a, b, c + 12, d - 12]),
  'range-gap-tighter': numbers(([a, b, c, d]) => [a, b + 1, c - 1, d + 1]),
  'range-short': numbers(([a, b, c, d]) => [a, b, c, d - 20]),
  'range-short-one': numbers(([a, b, c, d]) => [a, b, c, d - 3]),
  'range-first-only': numbers(([a, , c, d]) => [a, c + d, c + d, 0]),
  'range-twice': range((_, old) => `/ByteRange [${old.join(' ')}]/ByteRange [0 1 2 3]`),
  'contents-zero': gap((digits) => `<${'0'.repeat(digits.length)}>`),
  'contents-empty': gap(() => '<>'),
  'contents-empty-string': gap(() => '()'),
  'contents-null': gap(() => 'null'),
  'contents-name': gap(() => '/None'),
  'contents-reference': gap(() => '1 0 R'),
  'contents-number': gap(() => '0'),
  'contents-array': gap((digits) => `[<${used(digits)}>]`),
  'contents-literal': gap(
    (digits) =>
      `(${used(digits).replace(/../g, (pair) => `\\${Number.parseInt(pair, 16).toString(8).padStart(3, '0')}`)})`,
  ),
  'contents-truncated': gap((digits) => `<${used(digits).slice(0, 400).padEnd(digits.length, '0')}>`),
  'contents-last-byte': gap((digits) => `<${used(digits).slice(0, -2).padEnd(digits.length, '0')}>`),
  'contents-shifted': gap((digits) => `<00${digits.slice(2)}>`),
  'contents-spaced': gap((digits) => `<${used(digits)}  ${digits.slice(used(digits).length + 2)}>`),
  'contents-shorter': gap((digits) => `<${used(digits)}>`),
  'contents-odd': gap((digits) => `<${digits.slice(1)}>`),
  'contents-no-hex': gap((digits) => `<${digits.slice(0, -2)}zz>`),
  'contents-dirty-tail': gap((digits) => `<${digits.slice(0, -2)}01>`),
  'contents-dirty-next': gap((digits, random) => {
    const value = used(digits);
    const byte = random.between(1, 255).toString(16).padStart(2, '0');
    return `<${(value + byte).padEnd(digits.length, '0')}>`;
  }),
  'contents-text-behind': gap((digits) => {
    const script = Array.from('%JS app.alert(1)', (char) => char.charCodeAt(0).toString(16)).join('');
    return `<${(used(digits) + script).padEnd(digits.length, '0')}>`;
  }),
  'contents-flipped': gap((digits, random) => {
    // Within the signature value itself.
    const place = used(digits).length - random.between(4, 60);
    const other = (Number.parseInt(digits[place] ?? '0', 16) ^ 1).toString(16);
    return `<${digits.slice(0, place)}${other}${digits.slice(place + 1)}>`;
  }),
});
