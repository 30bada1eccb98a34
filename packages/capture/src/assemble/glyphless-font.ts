/** Glyphs of the font: `.notdef`, a blank of half an em, a blank of an em. */
export const blankGlyphs = { missing: 0, half: 1, full: 2 } as const;

/** In thousandths of an em, which are the font's units too. */
export const blankMetrics = { em: 1000, ascent: 800, descent: -200, capHeight: 700, half: 500, full: 1000 } as const;

const { em, ascent, descent, capHeight, half, full } = blankMetrics;

/**
 * A TrueType font of blanks for the invisible text layer: every reader can load it, and nothing is drawn even where a
 * reader ignores the rendering mode. 396 bytes.
 * @source ISO/IEC 14496-22 chapters 4 and 5; ISO 32000-1 9.9 (tables of an embedded TrueType font)
 */
export function glyphlessFont(): Uint8Array<ArrayBuffer> {
  const box = words(1, 0, 0, half, capHeight, 3, 0, 0x0101, 0x0101, 0, 0, half, 0, 0, capHeight, 0, -capHeight);
  return fontFile([
    ['cmap', words(0, 1, 3, 1, 0, 12, 4, 32, 0, 4, 4, 1, 0, 0x20, -1, 0, 0x20, -1, blankGlyphs.half - 0x20, 1, 0, 0)],
    // `.notdef` is a box; the blanks have no outline.
    ['glyf', box],
    ['head', words(1, 0, 1, 0, 0, 0, 0x5f0f, 0x3cf5, 0x0b, em, ...zeros(8), 0, 0, half, capHeight, 0, 8, 2, 0, 0)],
    ['hhea', words(1, 0, ascent, descent, 0, full, 0, 0, half, 1, 0, ...zeros(6), 3)],
    ['hmtx', words(half, 0, half, 0, full, 0)],
    ['loca', words(0, box.length / 2, box.length / 2, box.length / 2)],
    ['maxp', words(1, 0, 3, 4, 1, 0, 0, 2, ...zeros(8))],
    ['post', words(3, 0, ...zeros(14))],
  ]);
}

function fontFile(tables: readonly (readonly [name: string, data: Uint8Array])[]): Uint8Array<ArrayBuffer> {
  const directoryEnd = 12 + tables.length * 16;
  const bytes = new Uint8Array(tables.reduce((sum, [, data]) => sum + padded(data.length), directoryEnd));
  const view = new DataView(bytes.buffer);
  // Version 1.0; the search fields fit eight tables.
  bytes.set(words(1, 0, tables.length, 128, 3, 0));
  let place = directoryEnd;
  let headPlace = 0;
  for (const [index, [name, data]] of tables.entries()) {
    const entry = 12 + index * 16;
    bytes.set(data, place);
    for (let i = 0; i < 4; i += 1) bytes[entry + i] = name.charCodeAt(i);
    view.setUint32(entry + 4, checksum(bytes.subarray(place, place + padded(data.length))));
    view.setUint32(entry + 8, place);
    view.setUint32(entry + 12, data.length);
    if (name === 'head') headPlace = place;
    place += padded(data.length);
  }
  view.setUint32(headPlace + 8, 0xb1b0afba - checksum(bytes));
  return bytes;
}

function checksum(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 4) sum = (sum + view.getUint32(at)) >>> 0;
  return sum;
}

function padded(sizeBytes: number): number {
  return Math.ceil(sizeBytes / 4) * 4;
}

function words(...values: readonly number[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(values.length * 2);
  const view = new DataView(bytes.buffer);
  for (const [index, value] of values.entries()) view.setInt16(index * 2, value);
  return bytes;
}

function zeros(count: number): readonly number[] {
  return Array.from({ length: count }, () => 0);
}
