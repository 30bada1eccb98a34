import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Pdfium } from './pdfium.js';

/** Offsets of FPDF_SYSFONTINFO with 32-bit pointers. @source PDFium public/fpdf_sysfontinfo.h */
const layout = {
  version: 0,
  release: 4,
  enumFonts: 8,
  mapFont: 12,
  getFont: 16,
  getFontData: 20,
  getFaceName: 24,
  getFontCharset: 28,
  deleteFont: 32,
  sizeBytes: 36,
} as const;

const GB2312_CHARSET = 134;
/** Below this weight the regular cut stands in, from it on the bold one. */
const BOLD_FROM = 600;

const cuts = { regular: 'NotoSansHans-Regular.otf', bold: 'NotoSansHans-Bold.otf' } as const;
type Cut = keyof typeof cuts;

/**
 * Hospital PDFs often name SimSun or SimHei without embedding them. PDFium then asks its font source;
 * this one answers with Noto Sans Hans. Latin text without a font keeps PDFium's built-in Helvetica and Times.
 */
export function installFallbackFonts(pdfium: Pdfium): void {
  const module = pdfium.api.pdfium;
  const require = createRequire(import.meta.url);
  const folder = require.resolve('@embedpdf/fonts-sc').replace(/dist[\\/][^\\/]+$/, 'fonts/');
  const loaded = new Map<Cut, Uint8Array>();
  const handles: readonly Cut[] = ['regular', 'bold'];
  const bytesOf = (handle: number): Uint8Array => {
    const cut = handles[handle - 1] ?? 'regular';
    const known = loaded.get(cut);
    if (known) return known;
    // PDFium calls back synchronously, so the read is synchronous too; it happens once a worker.
    const bytes = readFileSync(folder + cuts[cut]);
    loaded.set(cut, bytes);
    return bytes;
  };

  const mapFont = (_self: number, weight: number, _italic: number, charset: number, _pitch: number, face: number) => {
    const name = face === 0 ? '' : module.UTF8ToString(face);
    return needsChinese(charset, name) ? (weight >= BOLD_FROM || /bold|hei|黑/i.test(name) ? 2 : 1) : 0;
  };
  const getFontData = (_self: number, handle: number, table: number, buffer: number, sizeBytes: number) => {
    const file = bytesOf(handle);
    const data = table === 0 ? file : sfntTable(file, table);
    if (!data) return 0;
    if (buffer !== 0 && sizeBytes >= data.byteLength) pdfium.heap().set(data, buffer);
    return data.byteLength;
  };

  const info = pdfium.allocate(layout.sizeBytes);
  const put = (offset: number, value: number): void => module.setValue(info + offset, value, 'i32');
  put(layout.version, 1);
  put(
    layout.release,
    module.addFunction(() => undefined, 'vi'),
  );
  put(
    layout.enumFonts,
    module.addFunction(() => undefined, 'vii'),
  );
  put(layout.mapFont, module.addFunction(mapFont, 'iiiiiiii'));
  put(
    layout.getFont,
    module.addFunction(() => 0, 'iii'),
  );
  put(layout.getFontData, module.addFunction(getFontData, 'iiiiii'));
  put(
    layout.getFaceName,
    module.addFunction(() => 0, 'iiiii'),
  );
  put(
    layout.getFontCharset,
    module.addFunction(() => GB2312_CHARSET, 'iii'),
  );
  put(
    layout.deleteFont,
    module.addFunction(() => undefined, 'vii'),
  );
  pdfium.api.FPDF_SetSystemFontInfo(info);
}

/** East Asian charsets, or a face that only Chinese systems have. */
function needsChinese(charset: number, face: string): boolean {
  if (charset === GB2312_CHARSET || charset === 136 || charset === 128 || charset === 129) return true;
  return /sim(sun|hei|kai|fang)|song|heiti|kaiti|fangsong|yahei|dengxian|stsong|adobe(song|heiti|kaiti)|noto.*(cjk|sc|hans)|[\u4e00-\u9fff]/i.test(
    face,
  );
}

/** One table of an OpenType file by its four-letter tag. */
function sfntTable(file: Uint8Array, tag: number): Uint8Array | undefined {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const count = view.getUint16(4);
  for (let index = 0; index < count; index += 1) {
    const entry = 12 + index * 16;
    if (view.getUint32(entry) !== tag >>> 0) continue;
    const start = view.getUint32(entry + 8);
    return file.subarray(start, start + view.getUint32(entry + 12));
  }
  return undefined;
}
