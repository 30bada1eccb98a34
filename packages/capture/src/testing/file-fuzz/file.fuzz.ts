import { AnjuanError } from '@anjuan/core';
import { decodeCcitt } from '../../devices/file/ccitt/decode-ccitt.js';
import { importFile } from '../../devices/file/import-file.js';
import { paintedThings } from '../../devices/file/pdf/content-stream.js';
import { unfilter } from '../../devices/file/pdf/unfilter.js';
import { encodePng } from '../../devices/file/png/encode-png.js';
import { encodeCcittG4 } from '../../encode/index.js';
import { seededRandom } from '../sam-random.js';
import { writeTiff, type TiffPageData } from '../tiff-writer.js';

/** Files of the full run. */
export const runs = 100_000;

const WIDTH = 24;
const HEIGHT = 6;
const ink = Uint8Array.from({ length: (WIDTH / 8) * HEIGHT }, (_none, index) => (index * 53) & 0xff);

function tiffPage(compression: number, strip: Uint8Array, extra: TiffPageData['tags'] = {}): TiffPageData {
  const tags = { 256: [WIDTH], 257: [HEIGHT], 258: [1], 259: [compression], 262: [0], 277: [1], 278: [HEIGHT] };
  return { tags: { ...tags, ...extra }, strips: [strip] };
}

/** Small files of every format, whole ones, that are then damaged. */
async function wholeFiles(): Promise<readonly Uint8Array[]> {
  const g4 = encodeCcittG4({ kind: 'script' }, { widthPx: WIDTH, heightPx: HEIGHT, rowBytes: WIDTH / 8, data: ink });
  const png = await encodePng({ widthPx: WIDTH, heightPx: HEIGHT, bits: 1, channels: 1, data: ink }, { dpi: 300 });
  const packed = Uint8Array.of(17, ...ink);
  const jpeg = [
    0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 16, 0, 16, 1, 1, 0x11, 0, 0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 1, 2, 3,
  ];
  const bmp = new Uint8Array(54 + 12);
  bmp.set([0x42, 0x4d, 66, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 24]);
  const webp = new Uint8Array(40);
  webp.set([...'RIFF    WEBPVP8L    /'].map((letter) => letter.charCodeAt(0)));
  webp.set([32, 0, 0, 0], 4);
  const pdf = new TextEncoder().encode(
    '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
      '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 10 10]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>endobj\n' +
      '4 0 obj<</Length 26>>stream\nq 10 0 0 10 0 0 cm /I Do Q\nendstream endobj\n' +
      '5 0 obj<</Subtype/Image/Width 2/Height 2/BitsPerComponent 8/ColorSpace/DeviceGray/Length 4>>stream\nabcd\nendstream endobj\n' +
      'trailer<</Root 1 0 R>>\n%%EOF',
  );
  return [
    writeTiff([tiffPage(4, g4), tiffPage(1, ink)]),
    writeTiff([tiffPage(32773, packed, { 274: [6] }), tiffPage(3, g4), tiffPage(2, g4)], { littleEndian: false }),
    writeTiff([tiffPage(5, Uint8Array.of(0x80, 0x15, 0x48, 0x1e, 0x06, 0x90), { 258: [8], 317: [2] })]),
    writeTiff([tiffPage(7, Uint8Array.from([...jpeg, 0xff, 0xd9]))]),
    writeTiff([
      { ...tiffPage(7, ink, { 257: [16], 278: [8] }), strips: [Uint8Array.from(jpeg), Uint8Array.from(jpeg)] },
    ]),
    new Uint8Array(await png.arrayBuffer()),
    Uint8Array.from([...jpeg, 0xff, 0xd9]),
    bmp,
    webp,
    pdf,
  ];
}

const CONTENT = new TextEncoder().encode('q 1 0 0 1 0 0 cm BT 3 Tr (a\\)b) Tj ET /Im#30 Do [1 <41>] TJ 0 g Q BI');

/** Damages files and parts of files: only typed errors come out, nothing runs away. */
export async function fuzz({ seed, runs: files }: { readonly seed: number; readonly runs: number }): Promise<void> {
  const random = seededRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const whole = await wholeFiles();
  const damaged = (base: Uint8Array): Uint8Array<ArrayBuffer> => {
    const bytes = new Uint8Array(base);
    for (let changes = below(5); changes >= 0; changes -= 1) {
      const at = below(bytes.length);
      bytes[at] = random() < 0.5 ? below(256) : (bytes[at] ?? 0) ^ (1 << below(8));
    }
    return random() < 0.25 ? bytes.slice(0, below(bytes.length + 1)) : bytes;
  };
  for (let run = 0; run < files; run += 1) {
    // The PDF library is slow, so its file comes last in the list and seldom.
    const base = run % 40 === 0 ? whole.length - 1 : below(whole.length - 1);
    const file = damaged(whole[base] ?? ink);
    await importFile(new Blob([file]), { maxPages: 20 }, async ({ bytes }) => {
      if (bytes.size === 0) throw new Error('a page without bytes');
    }).catch((error: unknown) => {
      if (!AnjuanError.is(error) || error.code === 'unexpected') throw error;
    });
    const noise = Uint8Array.from({ length: below(60) }, () => below(256));
    const scheme = (['g4', 'g3', 'mh'] as const)[below(3)] ?? 'g4';
    decodeCcitt(noise, { widthPx: 1 + below(60), heightPx: 1 + below(20), scheme, twoDimensional: run % 2 === 0 });
    paintedThings(damaged(CONTENT));
    const name = ['ASCII85Decode', 'ASCIIHexDecode', 'RunLengthDecode', 'LZWDecode'][below(4)] ?? '';
    const unpacked = await unfilter(noise, [{ name, parms: { Predictor: below(16), Columns: 1 + below(9) } }], 1000);
    if ((unpacked?.length ?? 0) > 10_000) throw new Error('a filter gave more than it may');
  }
}
