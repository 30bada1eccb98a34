import { malformedTiff } from './directory.js';
import { unsupportedTiff } from './layout.js';

/** One strip taken apart. */
interface JpegStrip {
  /** Quantisation and Huffman tables of its own. */
  readonly tables: Uint8Array;
  /** Frame header with marker. */
  readonly frame: Uint8Array;
  /** Scan header with marker. */
  readonly scan: Uint8Array;
  /** Coded data without the end mark. */
  readonly data: Uint8Array;
}

const RESTART_INTERVAL = 0xdd;

/**
 * Joins the strips of a page to one JPEG without decoding: each strip starts its predictions anew, just as data behind a restart
 * mark do. Works for baseline strips with the same tables, which is what scanners write. Errors: `tiff-malformed`,
 * `file-unsupported`. @source ITU-T T.81 B.2.1, F.1.2.1.1; TIFF Technical Note 2
 */
export function joinJpegStrips(
  strips: readonly Uint8Array[],
  page: { readonly widthPx: number; readonly heightPx: number; readonly stripHeightPx: number },
): Uint8Array<ArrayBuffer> {
  const [first, ...others] = strips.map(takeApart);
  if (!first) throw malformedTiff('jpeg');
  if (others.some((strip) => !same(strip.tables, first.tables) && strip.tables.length > 0))
    throw unsupportedTiff({ compression: 7, tables: 2 });
  const frame = first.frame.slice();
  const { mcuWidthPx, mcuHeightPx } = mcuOf(frame);
  if (page.stripHeightPx % mcuHeightPx !== 0) throw unsupportedTiff({ compression: 7, strip: page.stripHeightPx });
  const mcus = Math.ceil(page.widthPx / mcuWidthPx) * (page.stripHeightPx / mcuHeightPx);
  if (mcus > 65_535) throw unsupportedTiff({ compression: 7, mcus });
  frame.set([page.heightPx >> 8, page.heightPx & 255, page.widthPx >> 8, page.widthPx & 255], 5);
  const restart = Uint8Array.of(0xff, RESTART_INTERVAL, 0, 4, mcus >> 8, mcus & 255);
  const parts: Uint8Array[] = [Uint8Array.of(0xff, 0xd8), first.tables, frame, restart, first.scan, first.data];
  others.forEach((strip, index) => parts.push(Uint8Array.of(0xff, 0xd0 + (index % 8)), strip.data));
  parts.push(Uint8Array.of(0xff, 0xd9));
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

function takeApart(strip: Uint8Array): JpegStrip {
  const tables: number[] = [];
  let frame: Uint8Array | undefined;
  for (let at = 2; at + 4 <= strip.length;) {
    const marker = strip[at + 1] ?? 0;
    const length = ((strip[at + 2] ?? 0) << 8) | (strip[at + 3] ?? 0);
    const segment = strip.subarray(at, at + 2 + length);
    if (strip[at] !== 0xff || length < 2 || segment.length < length + 2) break;
    at += 2 + length;
    if (marker === 0xc0 || marker === 0xc1) frame = segment;
    else if (marker === 0xda) {
      if (!frame || frame.length < 11) break;
      const hasEnd = strip.at(-2) === 0xff && strip.at(-1) === 0xd9;
      return {
        tables: Uint8Array.from(tables),
        frame,
        scan: segment,
        data: strip.subarray(at, strip.length - (hasEnd ? 2 : 0)),
      };
    } else if (marker === RESTART_INTERVAL || (marker >= 0xc2 && marker <= 0xcf && marker !== 0xc4))
      throw unsupportedTiff({ compression: 7, marker });
    else if (marker === 0xc4 || marker === 0xdb || marker === 0xee) tables.push(...segment);
  }
  throw malformedTiff('jpeg');
}

/** Pixels of one coded unit, from the sampling factors of the frame. @source ITU-T T.81 A.2.4 */
function mcuOf(frame: Uint8Array): { readonly mcuWidthPx: number; readonly mcuHeightPx: number } {
  const count = frame[9] ?? 0;
  const factors = Array.from({ length: count }, (_none, index) => frame[11 + index * 3] ?? 0x11);
  // A single component is coded block by block, whatever its factors.
  if (count === 1) return { mcuWidthPx: 8, mcuHeightPx: 8 };
  return {
    mcuWidthPx: 8 * Math.max(...factors.map((factor) => factor >> 4), 1),
    mcuHeightPx: 8 * Math.max(...factors.map((factor) => factor & 15), 1),
  };
}

const same = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);
