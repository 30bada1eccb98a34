import { attacks, type Attack } from '../attack.js';
import type { Random } from '../random.js';
import { place, splice, type SignaturePlace } from '../signature-place.js';
import type { SignedBase } from '../bases.js';

const CONTENT = 'BT /F1 12 Tf 72 720 Td (Forged consent) Tj ET';
const forged = ({ parts }: SignedBase): string =>
  `\n${String(parts.hiddenContent.number)} 0 obj\n<< /Length ${String(CONTENT.length)} >>\nstream\n${CONTENT}\nendstream\nendobj\n`;

interface Wrap {
  /** Digits without padding. */
  readonly value: string;
  readonly found: SignaturePlace;
  readonly base: SignedBase;
  readonly random: Random;
}

/** The gap keeps its size: the padding makes room for what the attacker brings. */
const inside =
  (write: (wrap: Wrap) => string, fill: string | 'zeros' = ' '): Attack['make'] =>
  (base, random) => {
    const found = place(base.bytes);
    const value = found.digits.replace(/(00)+$/, '');
    const text = write({ value, found, base, random });
    const room = found.gapEnd - found.gapStart;
    if (text.length > room) return Promise.resolve(undefined);
    return Promise.resolve(splice(base.bytes, found.gapStart, found.gapEnd, text.padEnd(room, fill)));
  };

/** The second range moves: the gap grows by what is injected, and a new /ByteRange says where the range is now. */
const moved =
  (write: (wrap: Wrap, second: number) => string, padding: (random: Random) => string = () => ''): Attack['make'] =>
  (base, random) => {
    const found = place(base.bytes);
    const value = found.digits.replace(/(00)+$/, '');
    const [, , second, rest] = found.range;
    const filler = padding(random);
    const wrap = { value, found, base, random };
    // Offsets have as many digits as a million: the size of the injected part does not depend on them.
    const draft = write(wrap, 1_000_000).length + filler.length;
    const target = Math.max(1_000_000, second + draft);
    const injected = write(wrap, target) + filler;
    const room = target - found.gapStart;
    const text = injected.padEnd(room);
    const tail = base.bytes.subarray(second, second + rest);
    return Promise.resolve(splice(base.bytes, found.gapStart, base.bytes.length, text + String.fromCharCode(...tail)));
  };
const range = (
  {
    found: {
      range: [a, b, , d],
    },
  }: Wrap,
  second: number,
): string => `/ByteRange [${[a, b, second, d].join(' ')}]`;

export const wrappingAttacks = attacks('signature-wrapping', {
  'gap-object': inside(({ value, base }) => `<${value}>${forged(base)}`),
  'gap-object-first': inside(({ value, base }) => `<${value}> >> endobj${forged(base)}`),
  'gap-comment': inside(({ value }) => `<${value}> % nothing to see`),
  'gap-second-contents': inside(({ value }) => `<${value}> /Contents <${value.slice(0, 64)}>`),
  'gap-second-range': inside((wrap) => `<${wrap.value}> ${range(wrap, wrap.found.range[2])}`),
  'gap-reason': inside(({ value }) => `<${value}> /Reason (other)`),
  'gap-name': inside(({ value }) => `<${value}> /Name (other)`),
  'gap-dictionary': inside(({ value }) => `<${value}> /Prop_Build << /App << /Name /X >> >>`),
  'gap-xref': inside(
    ({ value, base }) =>
      `<${value}>${forged(base)}xref\n0 0\ntrailer\n<< /Size 1 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n`,
  ),
  'gap-zero-filled': inside(({ value, base }) => `<${value}>${forged(base)}`, '\0'),
  'gap-value-behind': inside(({ value }) => `<30030201> /X <${value}>`),
  'gap-hex-comment': inside(({ value, found }) => `<${value}%${'0'.repeat(found.digits.length - value.length - 2)}\n>`),
  'moved-range': moved((wrap, second) => `<${wrap.value}> ${range(wrap, second)}`),
  'moved-range-first': moved((wrap, second) => `<${wrap.value}> ${range(wrap, second)} >>\nendobj${forged(wrap.base)}`),
  'moved-objects': moved((wrap, second) => `<${wrap.value}> ${range(wrap, second)}${forged(wrap.base)}`),
  'moved-stream': moved(
    (wrap, second) => `<${wrap.value}> ${range(wrap, second)} >> endobj 190 0 obj << /Length 9 >> stream\n`,
  ),
  'moved-zeros': moved(
    (wrap, second) => `<${wrap.value}> ${range(wrap, second)}`,
    (random) => '\0'.repeat(random.between(10, 900)),
  ),
  'moved-blanks': moved(
    (wrap, second) => `<${wrap.value}> ${range(wrap, second)}${forged(wrap.base)}`,
    (random) => ' '.repeat(random.between(10, 9000)),
  ),
  'moved-old-range': moved((wrap) => `<${wrap.value}> >>\nendobj${forged(wrap.base)}`),
  'moved-xref': moved(
    (wrap, second) =>
      `<${wrap.value}> ${range(wrap, second)} >>\nendobj${forged(wrap.base)}xref\n0 0\ntrailer\n<< /Size 200 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n`,
  ),
  'moved-empty-hex': moved((wrap, second) => `<${wrap.value}> ${range(wrap, second)} /X <${'0'.repeat(200)}`),
});
