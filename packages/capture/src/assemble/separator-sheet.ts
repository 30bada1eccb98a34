import { AnjuanError } from '@anjuan/core';
import type { PDFDocument, PDFFont, PDFImage, PDFPage } from 'pdf-lib';
import type { QrCodeGenerateResult } from 'uqr';
import { formatSeparator, type Separator } from '../separator/payload.js';
import { patchBars } from '../separator/patch-code.js';
import { addChineseFont, type ChineseFont } from './chinese-font.js';

/** One sheet to print. */
export interface SheetRequest extends Omit<Separator, 'type'> {
  /** Large text, for example the type of document. Latin text is drawn with Helvetica, other text with a font of the reader's computer. */
  readonly title?: string;
  /** JPEG or PNG drawn in place of `title`, for computers without Chinese fonts: 170 mm wide at most. */
  readonly titleImage?: Uint8Array;
  /** Small lines below the title, at most 6. */
  readonly lines?: readonly string[];
}

/** Sheets to print. */
export interface SheetsRequest {
  readonly sheets: readonly SheetRequest[];
  /** Default `a4`. */
  readonly paper?: 'a4' | 'a5';
  /** `both` prints each sheet twice, for the back, so that duplex scanning finds no page on it. Default `one`. */
  readonly sides?: 'one' | 'both';
  /** ISO 8601; equal requests give equal files. */
  readonly createdOn: string;
}

/** Sheets that begin a new document each. Errors: `invalid-argument`, `image-malformed`. */
export function separatorSheetPdf(request: SheetsRequest): Promise<Uint8Array> {
  return sheetsPdf(request, 'document');
}

/** Sheets that begin a new stay each, and with it a new document. Errors: `invalid-argument`, `image-malformed`. */
export function coverSheetPdf(request: SheetsRequest): Promise<Uint8Array> {
  return sheetsPdf(request, 'cover');
}

interface Desk {
  readonly pdf: PDFDocument;
  readonly latin: PDFFont;
  readonly chinese: ChineseFont;
  readonly encodeQr: (text: string) => QrCodeGenerateResult;
  readonly type: Separator['type'];
}

const MM = 72 / 25.4;
const PAPERS = { a4: [210 * MM, 297 * MM], a5: [148 * MM, 210 * MM] } as const;
const MAX_SHEETS = 1_000;
/** Printers leave 5 mm white at most. */
const MARGIN = 8 * MM;
const MAX_LINES = 6;

async function sheetsPdf({ sheets, paper = 'a4', sides = 'one', createdOn }: SheetsRequest, type: Separator['type']) {
  const date = new Date(createdOn);
  if (Number.isNaN(date.getTime()) || sheets.length === 0 || sheets.length > MAX_SHEETS) {
    throw new AnjuanError('invalid-argument', { details: { argument: 'sheets or createdOn', sheets: sheets.length } });
  }
  const [{ PDFDocument, StandardFonts }, { encode }] = await Promise.all([import('pdf-lib'), import('uqr')]);
  const pdf = await PDFDocument.create({ updateMetadata: false });
  pdf.setCreationDate(date);
  pdf.setModificationDate(date);
  const desk: Desk = {
    pdf,
    latin: await pdf.embedFont(StandardFonts.Helvetica),
    chinese: await addChineseFont(pdf),
    encodeQr: (text) => encode(text, { ecc: 'M', border: 0 }),
    type,
  };
  for (const sheet of sheets) {
    const image = sheet.titleImage && (await embed(pdf, sheet.titleImage));
    const pages = sides === 'both' ? 2 : 1;
    for (let page = 0; page < pages; page += 1) await drawSheet(desk, pdf.addPage([...PAPERS[paper]]), sheet, image);
  }
  return pdf.save({ useObjectStreams: false });
}

async function embed(pdf: PDFDocument, bytes: Uint8Array): Promise<PDFImage> {
  try {
    return await (bytes[0] === 0x89 ? pdf.embedPng(bytes) : pdf.embedJpg(bytes));
  } catch (cause) {
    throw new AnjuanError('image-malformed', { cause });
  }
}

/**
 * A QR code in each corner, inside the margin that is read first and whichever way the sheet lies, a large one in the
 * middle, and between the corners the bars of a patch code, which production scanners see while the paper passes and people
 * see in a stack: T for a document, 3 for a stay.
 */
async function drawSheet(desk: Desk, page: PDFPage, sheet: SheetRequest, image: PDFImage | undefined): Promise<void> {
  const { width, height } = page.getSize();
  const { encounter, category, seq } = sheet;
  const code = desk.encodeQr(
    formatSeparator({
      type: desk.type,
      ...(encounter === undefined ? {} : { encounter }),
      ...(category === undefined ? {} : { category }),
      ...(seq === undefined ? {} : { seq }),
    }),
  );
  const corner = (width / 210) * 24;
  const centre = (width / 210) * 90;
  const right = width - MARGIN - corner;
  const top = height - MARGIN - corner;
  const places = [
    [MARGIN, top, corner],
    [right, top, corner],
    [MARGIN, MARGIN, corner],
    [right, MARGIN, corner],
    [(width - centre) / 2, height * 0.28, centre],
  ] as const;
  for (const [x, y, size] of places) await drawQr(page, code, { x, y, size });
  drawBars(page, desk.type, { x: MARGIN + corner * 1.3, width: width - 2 * (MARGIN + corner * 1.3) });
  drawTexts(desk, page, sheet, image);
}

async function drawQr(
  page: PDFPage,
  { size: modules, data }: QrCodeGenerateResult,
  place: { readonly x: number; readonly y: number; readonly size: number },
): Promise<void> {
  const { fill, popGraphicsState, pushGraphicsState, rectangle, setFillingGrayscaleColor } = await import('pdf-lib');
  const side = place.size / modules;
  // Black modules of a row that touch are one rectangle: no white hairlines between them on paper.
  const runs = data.flatMap((row, rowIndex) =>
    row.flatMap((black, start) => {
      if (!black || row[start - 1]) return [];
      const end = row.indexOf(false, start);
      const length = (end < 0 ? modules : end) - start;
      const y = place.y + place.size - (rowIndex + 1) * side;
      return [rectangle(place.x + start * side, y, length * side, side)];
    }),
  );
  page.pushOperators(pushGraphicsState(), setFillingGrayscaleColor(0), ...runs, fill(), popGraphicsState());
}

function drawBars(
  page: PDFPage,
  type: Separator['type'],
  { x, width }: { readonly x: number; readonly width: number },
): void {
  for (const { fromMm, heightMm } of patchBars(type === 'document' ? 'T' : '3')) {
    const height = heightMm * MM;
    for (const y of [MARGIN + fromMm * MM, page.getHeight() - MARGIN - fromMm * MM - height]) {
      page.drawRectangle({ x, y, width, height });
    }
  }
}

function drawTexts(desk: Desk, page: PDFPage, sheet: SheetRequest, image: PDFImage | undefined): void {
  const { width, height } = page.getSize();
  const room = (width / 210) * 170;
  let y = height * 0.8;
  if (image) {
    const scale = Math.min(room / image.width, (height * 0.1) / image.height);
    const size = { width: image.width * scale, height: image.height * scale };
    page.drawImage(image, { x: (width - size.width) / 2, y: y - size.height / 4, ...size });
  } else if (sheet.title !== undefined) {
    drawCentred(desk, page, sheet.title, { y, size: 36, room });
  }
  for (const line of (sheet.lines ?? []).slice(0, MAX_LINES)) {
    y -= height * 0.032;
    drawCentred(desk, page, line, { y, size: 14, room });
  }
  if (sheet.seq !== undefined) {
    drawCentred(desk, page, String(sheet.seq), { y: height * 0.18, size: 20, room });
  }
}

function drawCentred(
  { latin, chinese }: Desk,
  page: PDFPage,
  text: string,
  { y, size, room }: { readonly y: number; readonly size: number; readonly room: number },
): void {
  const isLatin = /^[\x20-\x7e]*$/.test(text);
  const widthAt = (points: number): number =>
    isLatin ? latin.widthOfTextAtSize(text, points) : chinese.widthOf(text, points);
  const fitted = Math.min(size, (size * room) / Math.max(widthAt(size), 1));
  const x = (page.getWidth() - widthAt(fitted)) / 2;
  if (isLatin) page.drawText(text, { x, y, size: fitted, font: latin });
  else chinese.draw(page, text, { x, y, size: fitted });
}
