/** Number of steps of the tone curve. */
const CURVE_STEPS = 1024;
const XYZ_D50 = [0.9642, 1, 0.8249];
/** Red, green, blue of sRGB seen under D50. @source IEC 61966-2-1, adapted by Bradford as in ICC.1 annex E */
const RED = [0.43607, 0.22249, 0.01392];
const GREEN = [0.38515, 0.71687, 0.09708];
const BLUE = [0.14307, 0.06061, 0.7141];
const HEADER_BYTES = 128;

interface Tag {
  readonly name: string;
  readonly data: Uint8Array;
}

/** Colour of the pages: sRGB as a version 2 display profile of matrix and curve. @source ICC.1:2001-04 6.1, 6.3.4.2 */
export function srgbProfile(): Uint8Array {
  const curve = toneCurve();
  const tags: readonly Tag[] = [
    { name: 'desc', data: description('sRGB IEC61966-2.1') },
    { name: 'cprt', data: bytesOf('text', 4, ascii('Public domain'), 1) },
    { name: 'wtpt', data: xyz(XYZ_D50) },
    { name: 'rXYZ', data: xyz(RED) },
    { name: 'gXYZ', data: xyz(GREEN) },
    { name: 'bXYZ', data: xyz(BLUE) },
    ...['rTRC', 'gTRC', 'bTRC'].map((name) => ({ name, data: curve })),
  ];
  const places = new Map<Uint8Array, number>();
  let end = HEADER_BYTES + 4 + tags.length * 12;
  for (const { data } of tags) {
    if (places.has(data)) continue;
    places.set(data, end);
    end += Math.ceil(data.length / 4) * 4;
  }
  const bytes = new Uint8Array(end);
  const view = new DataView(bytes.buffer);
  writeHeader(bytes, view);
  view.setUint32(HEADER_BYTES, tags.length);
  for (const [index, { name, data }] of tags.entries()) {
    const entry = HEADER_BYTES + 4 + index * 12;
    bytes.set(ascii(name), entry);
    view.setUint32(entry + 4, places.get(data) ?? 0);
    view.setUint32(entry + 8, data.length);
  }
  for (const [data, place] of places) bytes.set(data, place);
  return bytes;
}

function writeHeader(bytes: Uint8Array, view: DataView): void {
  view.setUint32(0, bytes.length);
  // Version 2.4.
  view.setUint32(8, 0x02400000);
  bytes.set(ascii('mntrRGB XYZ '), 12);
  // A fixed day, 1 January 2026: equal requests give equal bytes.
  for (const [index, value] of [2026, 1, 1, 0, 0, 0].entries()) view.setUint16(24 + index * 2, value);
  bytes.set(ascii('acsp'), 36);
  bytes.set(xyz(XYZ_D50).subarray(8), 68);
}

/** What light a level stands for. @source IEC 61966-2-1 5.2 */
function toneCurve(): Uint8Array {
  const data = bytesOf('curv', 4, new Uint8Array(4 + CURVE_STEPS * 2), 0);
  const view = new DataView(data.buffer);
  view.setUint32(8, CURVE_STEPS);
  for (let step = 0; step < CURVE_STEPS; step += 1) {
    const level = step / (CURVE_STEPS - 1);
    const light = level <= 0.04045 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4;
    view.setUint16(12 + step * 2, Math.round(light * 65535));
  }
  return data;
}

function xyz(values: readonly number[]): Uint8Array {
  const data = bytesOf('XYZ ', 4, new Uint8Array(12), 0);
  const view = new DataView(data.buffer);
  for (const [index, value] of values.entries()) view.setInt32(8 + index * 4, Math.round(value * 65536));
  return data;
}

/** ASCII name; the Unicode and Macintosh names stay empty. @source ICC.1:2001-04 6.5.17 */
function description(name: string): Uint8Array {
  const text = ascii(name);
  const body = new Uint8Array(4 + text.length);
  new DataView(body.buffer).setUint32(0, text.length + 1);
  body.set(text, 4);
  return bytesOf('desc', 4, body, 1 + 8 + 3 + 67);
}

/** Signature, `reserved` zeros, body, `trailing` zeros. */
function bytesOf(signature: string, reserved: number, body: Uint8Array, trailing: number): Uint8Array<ArrayBuffer> {
  const data = new Uint8Array(4 + reserved + body.length + trailing);
  data.set(ascii(signature));
  data.set(body, 4 + reserved);
  return data;
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
