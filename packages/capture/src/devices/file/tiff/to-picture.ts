import type { PackedPicture } from '../png/packed-picture.js';
import { malformedTiff, type TiffTags } from './directory.js';
import { TAG, unsupportedTiff, type TiffLayout } from './layout.js';

/** Colour models. @source TIFF 6.0 tag 262 */
const PHOTOMETRIC = { whiteIsZero: 0, blackIsZero: 1, rgb: 2, palette: 3, cmyk: 5 };

/** Rows as stored (whole bytes each) as a picture. Errors: `file-unsupported` for colour models that scans do not have. */
export function tiffPicture(rows: Uint8Array, layout: TiffLayout, tags: TiffTags): PackedPicture {
  const { widthPx, heightPx, bits, samples, photometric } = layout;
  const isGray = photometric === PHOTOMETRIC.whiteIsZero || photometric === PHOTOMETRIC.blackIsZero;
  if (isGray && bits === 1 && samples === 1) {
    const data = photometric === PHOTOMETRIC.whiteIsZero ? rows.map((byte) => byte ^ 0xff) : rows;
    return { widthPx, heightPx, bits: 1, channels: 1, data };
  }
  // The two usual kinds are stored as PNG wants them.
  if (bits === 8 && photometric === PHOTOMETRIC.rgb && samples === 3)
    return { widthPx, heightPx, bits: 8, channels: 3, data: rows };
  if (bits === 8 && photometric === PHOTOMETRIC.blackIsZero && samples === 1)
    return { widthPx, heightPx, bits: 8, channels: 1, data: rows };
  const sample = sampleReader(rows, layout);
  if (photometric === PHOTOMETRIC.palette && samples === 1) return paletted(sample, layout, tags);
  if (![1, 2, 4, 8, 16].includes(bits)) throw unsupportedTiff({ bits });
  if (isGray) {
    const flip = photometric === PHOTOMETRIC.whiteIsZero ? 255 : 0;
    return build(layout, 1, (x, y) => sample(x, y, 0) ^ flip);
  }
  if (photometric === PHOTOMETRIC.rgb && samples >= 3) {
    // A fourth sample is transparency: over white, as paper is.
    if (samples === 3) return build(layout, 3, sample);
    return build(layout, 3, (x, y, channel) => {
      const alpha = sample(x, y, 3);
      return Math.round((sample(x, y, channel) * alpha + 255 * (255 - alpha)) / 255);
    });
  }
  if (photometric === PHOTOMETRIC.cmyk && samples >= 4)
    return build(layout, 3, (x, y, channel) =>
      Math.round(((255 - sample(x, y, channel)) * (255 - sample(x, y, 3))) / 255),
    );
  throw unsupportedTiff({ photometric, samples });
}

type SampleReader = (x: number, y: number, channel: number) => number;

/** Samples as 0 to 255 whatever their bits. */
function sampleReader(
  rows: Uint8Array,
  { widthPx, bits, samples, littleEndian, photometric }: TiffLayout,
): SampleReader {
  const rowBytes = Math.ceil((widthPx * bits * samples) / 8);
  if (bits === 8) return (x, y, channel) => rows[y * rowBytes + x * samples + channel] ?? 0;
  if (bits === 16) {
    const high = littleEndian ? 1 : 0;
    return (x, y, channel) => rows[y * rowBytes + (x * samples + channel) * 2 + high] ?? 0;
  }
  const most = (1 << bits) - 1;
  const scale = photometric === PHOTOMETRIC.palette ? 1 : 255 / most;
  return (x, y, channel) => {
    const bit = (x * samples + channel) * bits;
    return (((rows[y * rowBytes + (bit >> 3)] ?? 0) >> (8 - bits - (bit & 7))) & most) * scale;
  };
}

function paletted(sample: SampleReader, layout: TiffLayout, tags: TiffTags): PackedPicture {
  const map = tags.get(TAG.colourMap) ?? [];
  const size = 1 << layout.bits;
  if (layout.bits > 8 || map.length < size * 3) throw malformedTiff('palette');
  // 16-bit entries; some writers put 8-bit ones there.
  const shift = map.some((value) => value > 255) ? 8 : 0;
  return build(layout, 3, (x, y, channel) => (map[channel * size + sample(x, y, 0)] ?? 0) >> shift);
}

function build({ widthPx, heightPx }: TiffLayout, channels: 1 | 3, value: SampleReader): PackedPicture {
  const data = new Uint8Array(widthPx * heightPx * channels);
  for (let y = 0, to = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1)
      for (let channel = 0; channel < channels; channel += 1, to += 1) data[to] = value(x, y, channel);
  }
  return { widthPx, heightPx, bits: 8, channels, data };
}
