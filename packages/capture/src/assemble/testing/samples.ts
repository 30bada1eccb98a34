import { encodeCcittG4, encodeJbig2, encodeMrc } from '../../encode/index.js';
import type { Kernels } from '../../kernels/kernels.js';
import type { BilevelRaster } from '../../picture/raster.js';
import type { PageImage } from '../../recipe/types.js';
import type { AssemblePage, AssembleRequest } from '../../worker/protocol.js';
import { colourJpegBase64, grayJpegBase64 } from './jpegs.data.js';

const A4 = { widthPt: 595.276, heightPt: 841.89 } as const;
const JPEG_SIZE = { widthPx: 48, heightPx: 64 } as const;
const script: Kernels = { kind: 'script' };

/** Lines of text that readers get wrong: rare names, mixed widths, signs, marks of order, markup. */
export const hardLines: readonly string[] = [
  '入院记录：患者因“反复胸闷3年”入院。',
  '姓名 𬭎𠮷 主管医师 𫖯',
  'BP 120/80 mmHg, T 36.5℃, Ⅰ级护理',
  'a < b & c > d (e) [f] \\ /g',
  'ﾊﾝｶｸ ＦＵＬＬ ½ µg ±0.5 ≥ ①',
  '😀 👍',
];

/** A page of black bars, a little different for each seed. */
export function bars(widthPx: number, heightPx: number, seed = 0): BilevelRaster {
  const rowBytes = Math.ceil(widthPx / 8);
  const data = new Uint8Array(rowBytes * heightPx);
  for (let y = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) {
      const black = y % 12 < 6 && (x * 7 + (y >> 3) * 13 + seed) % 31 < 14;
      if (black) data[y * rowBytes + (x >> 3)] = (data[y * rowBytes + (x >> 3)] ?? 0) | (0x80 >> (x & 7));
    }
  }
  return { widthPx, heightPx, rowBytes, data };
}

const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

/** One picture of each codec. */
export function sampleImages(): Readonly<Record<'colour' | 'gray' | 'jbig2' | 'g4' | 'seal', PageImage>> {
  const colour = fromBase64(colourJpegBase64);
  const black = bars(413, 585);
  const size = { widthPx: black.widthPx, heightPx: black.heightPx };
  return {
    colour: { codec: 'jpeg', data: colour, ...JPEG_SIZE, gray: false },
    gray: { codec: 'jpeg', data: fromBase64(grayJpegBase64), ...JPEG_SIZE, gray: true },
    jbig2: { codec: 'jbig2', data: encodeJbig2(script, black), ...size },
    g4: { codec: 'ccitt-g4', data: encodeCcittG4(script, black), ...size },
    seal: encodeMrc(script, {
      black,
      inks: [
        { mask: bars(413, 585, 5), rgb: [200, 30, 30] },
        { mask: bars(413, 585, 9), rgb: [20, 40, 180] },
      ],
      backgroundJpeg: { data: colour, ...JPEG_SIZE },
    }),
  };
}

export function samplePage(image: PageImage, lines: readonly string[] = []): AssemblePage {
  return {
    image,
    ...A4,
    lines: lines.map((text, index) => ({ text, x: 60, y: 60 + index * 40, width: naturalWidthPt(text), height: 16 })),
  };
}

/** As wide as print of 16 points is, a little stretched. */
function naturalWidthPt(text: string): number {
  return Array.from(text, (character) => (character < '\u1100' ? 8 : 16)).reduce((sum, width) => sum + width, 0) * 1.03;
}

/** A document with a page of each kind, text on the first. */
export function sampleRequest(overrides: Partial<AssembleRequest> = {}): AssembleRequest {
  const { colour, gray, jbig2, g4, seal } = sampleImages();
  return {
    title: '知情同意书 <1> & “样本”',
    createdOn: '2026-03-04T05:06:07+08:00',
    documentId: '6f1c2d3e-4a5b-4c6d-8e7f-0a1b2c3d4e5f',
    pages: [samplePage(jbig2, hardLines), ...[colour, gray, g4, seal].map((image) => samplePage(image))],
    ...overrides,
  };
}
