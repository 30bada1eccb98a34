import type { Glyph, PathStep } from './signature-font.js';

const latin = (text: string): number[] => [...text].map((character) => character.charCodeAt(0));
const u16 = (value: number): number[] => [(value >> 8) & 255, value & 255];

/** Dictionary operand of fixed length, so that offsets can be filled in later. */
const operand = (value: number): number[] => [29, (value >> 24) & 255, (value >> 16) & 255, ...u16(value)];

/** ROS must come first; the strings are the first two of the font's own: numbers 391 and 392. */
const ros = [248, 27, 248, 28, 139, 12, 30];

/** Shortest form of a charstring integer. @source Adobe TN 5177 3.2 */
function pushNumber(out: number[], value: number): void {
  if (value >= -107 && value <= 107) out.push(value + 139);
  else if (value >= 108 && value <= 1131) out.push(247 + ((value - 108) >> 8), (value - 108) & 255);
  else if (value >= -1131 && value <= -108) out.push(251 + ((-value - 108) >> 8), (-value - 108) & 255);
  else out.push(28, ...u16(value));
}

/** A flat charstring: width, moves, lines, curves; no hints, no subroutines. */
function charstring(glyph: Glyph, scale: number): number[] {
  const out: number[] = [];
  const at = { x: 0, y: 0 };
  pushNumber(out, Math.round(glyph.advance * scale));
  for (const step of glyph.outline) {
    if (step[0] === 'Z') continue;
    const [kind, ...ends] = step satisfies PathStep;
    for (let i = 0; i + 1 < ends.length; i += 2) {
      const x = Math.round((ends[i] ?? 0) * scale);
      const y = Math.round((ends[i + 1] ?? 0) * scale);
      pushNumber(out, x - at.x);
      pushNumber(out, y - at.y);
      Object.assign(at, { x, y });
    }
    out.push(kind === 'M' ? 21 : kind === 'L' ? 5 : 8);
  }
  out.push(14);
  return out;
}

function index(items: readonly (readonly number[])[]): number[] {
  if (items.length === 0) return [0, 0];
  const out = [...u16(items.length), 4];
  let offset = 1;
  for (const item of [...items, []]) {
    out.push((offset >> 24) & 255, (offset >> 16) & 255, ...u16(offset));
    offset += item.length;
  }
  for (const item of items) for (const byte of item) out.push(byte);
  return out;
}

/**
 * A CID-keyed CFF font of these glyphs: glyph 0 is .notdef, CID = glyph number, 1000 units per em.
 * Written anew from the outlines, so nothing of the big font's tables has to be carried along. @source Adobe TN 5176 18
 */
export function writeCff(name: string, glyphs: readonly Glyph[], unitsPerEm: number): Uint8Array {
  const scale = 1000 / unitsPerEm;
  const header = [1, 0, 4, 4];
  const names = index([latin(name)]);
  const strings = index([latin('Adobe'), latin('Identity')]);
  const count = glyphs.length;
  const charset = [2, ...u16(1), ...u16(count - 2)];
  const select = [3, ...u16(1), ...u16(0), 0, ...u16(count)];
  const charstrings = index(glyphs.map((glyph) => charstring(glyph, scale)));
  // nominalWidthX 0: the charstrings carry the widths themselves.
  const privateDict = [139, 21];

  // ROS Adobe-Identity-0, CIDCount, charset, CharStrings, FDSelect, FDArray.
  const top = (charsetAt: number, charstringsAt: number, selectAt: number, arrayAt: number): number[] =>
    index([
      [
        ...[...ros, ...operand(count), 12, 34],
        ...[...operand(charsetAt), 15, ...operand(charstringsAt), 17],
        ...[...operand(selectAt), 12, 37, ...operand(arrayAt), 12, 36],
      ],
    ]);
  const charsetAt = header.length + names.length + top(0, 0, 0, 0).length + strings.length + 2;
  const selectAt = charsetAt + charset.length;
  const charstringsAt = selectAt + select.length;
  const privateAt = charstringsAt + charstrings.length;
  const arrayAt = privateAt + privateDict.length;
  const array = index([[...operand(privateDict.length), ...operand(privateAt), 18]]);
  const tables = [header, names, top(charsetAt, charstringsAt, selectAt, arrayAt), strings, [0, 0]];
  return Uint8Array.from([...tables, charset, select, charstrings, privateDict, array].flat());
}
