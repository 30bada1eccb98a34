/** One page for `writeTiff`: tags with their values, and the packed strips. */
export interface TiffPageData {
  /** Tag number to values; short when all fit 16 bits, else long. Strip places are filled in. */
  readonly tags: Readonly<Record<number, readonly number[]>>;
  readonly strips: readonly Uint8Array[];
}

/** Options of `writeTiff`. */
export interface TiffWriterOptions {
  /** Default true. */
  readonly littleEndian?: boolean;
  /** Index of the page that the last page's link leads to; makes a circle. Default none. */
  readonly linkBackTo?: number;
}

const STRIP_OFFSETS = 273;
const STRIP_SIZES = 279;

/** A TIFF of several pages, for tests: data first, then the directory, page after page. @source TIFF 6.0 clause 2 */
export function writeTiff(pages: readonly TiffPageData[], options: TiffWriterOptions = {}): Uint8Array<ArrayBuffer> {
  const little = options.littleEndian ?? true;
  const total = 8 + pages.reduce((sum, page) => sum + pageBytes(page), 0);
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  bytes.set(little ? [0x49, 0x49] : [0x4d, 0x4d]);
  view.setUint16(2, 42, little);
  let link = 4;
  let at = 8;
  const places: number[] = [];
  for (const { tags, strips } of pages) {
    const offsets: number[] = [];
    for (const strip of strips) {
      bytes.set(strip, at);
      offsets.push(at);
      at += strip.length;
    }
    const all = { ...tags, [STRIP_OFFSETS]: offsets, [STRIP_SIZES]: strips.map((strip) => strip.length) };
    const entries = Object.entries(all).sort(([a], [b]) => Number(a) - Number(b));
    const far = entries.map(([, values]) => {
      if (values.length === 1) return 0;
      const place = at;
      for (const value of values) {
        view.setUint32(at, value, little);
        at += 4;
      }
      return place;
    });
    view.setUint32(link, at, little);
    places.push(at);
    view.setUint16(at, entries.length, little);
    at += 2;
    entries.forEach(([tag, values], index) => {
      view.setUint16(at, Number(tag), little);
      view.setUint16(at + 2, 4, little);
      view.setUint32(at + 4, values.length, little);
      view.setUint32(at + 8, values.length === 1 ? (values[0] ?? 0) : (far[index] ?? 0), little);
      at += 12;
    });
    link = at;
    at += 4;
  }
  if (options.linkBackTo !== undefined) view.setUint32(link, places[options.linkBackTo] ?? 0, little);
  return bytes.slice(0, at);
}

function pageBytes({ tags, strips }: TiffPageData): number {
  const values = Object.values(tags).reduce((sum, list) => sum + list.length + strips.length, 0);
  return (
    strips.reduce((sum, strip) => sum + strip.length, 0) +
    (Object.keys(tags).length + 2) * 12 +
    4 * values +
    6 +
    8 * strips.length
  );
}
