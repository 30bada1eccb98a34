import type { PageText, TextRun } from '@anjuan/core';
import { displayedSize, type PageGeometry } from '../geometry.js';
import { joinRuns, RunBuilder, type Box, type QuarterTurns } from '../text/run-builder.js';
import { CharBoxes, type PageRect } from './char-box.js';
import type { Pdfium } from './pdfium.js';

/** Pages with more characters than this are data dumps; the rest of such a page is not searchable. */
const MAX_CHARS = 50_000;

/** Text of an open page: runs by line, boxes from the upper left corner of the page as displayed. */
export function readPageText(pdfium: Pdfium, page: number, pageIndex: number, geometry: PageGeometry): PageText {
  const { api } = pdfium;
  const textPage = api.FPDFText_LoadPage(page);
  if (textPage === 0) return { pageIndex, text: '', runs: [], source: 'none' };
  const boxes = new CharBoxes(pdfium, textPage);
  try {
    const toDisplay = displayTransform(pdfium, page, geometry);
    const builder = new RunBuilder();
    const count = Math.min(api.FPDFText_CountChars(textPage), MAX_CHARS);
    for (let index = 0; index < count; index += 1) {
      const char = printable(api.FPDFText_GetUnicode(textPage, index));
      if (char === undefined) continue;
      const box = boxes.box(index);
      if (!box) {
        builder.add(char, undefined);
        continue;
      }
      const shown = toDisplay(box);
      // What the crop box hides is neither seen nor found.
      if (!onPage(shown, geometry)) continue;
      builder.add(char, shown, turnsOf(api.FPDFText_GetCharAngle(textPage, index), geometry));
    }
    const runs: readonly TextRun[] = builder.finish();
    return { pageIndex, text: joinRuns(runs), runs, source: runs.length > 0 ? 'pdf' : 'none' };
  } finally {
    boxes.close();
    api.FPDFText_ClosePage(textPage);
  }
}

/** From the page's own axes (origin lower left, before rotation, crop box offset) to the displayed page. */
function displayTransform(pdfium: Pdfium, page: number, geometry: PageGeometry): (rect: PageRect) => Box {
  const box = pdfium.floats(4, (out) => pdfium.api.FPDF_GetPageBoundingBox(page, out));
  const [cropLeft = 0, cropTop = geometry.heightPt] = box ?? [];
  const { widthPt, heightPt } = displayedSize(geometry);
  return (rect) => {
    const [x0, x1] = [rect.left - cropLeft, rect.right - cropLeft];
    const [y0, y1] = [cropTop - rect.top, cropTop - rect.bottom];
    const [width, height] = [x1 - x0, y1 - y0];
    if (geometry.rotationDeg === 90) return { x: widthPt - y1, y: x0, width: height, height: width };
    if (geometry.rotationDeg === 180) return { x: widthPt - x1, y: heightPt - y1, width, height };
    if (geometry.rotationDeg === 270) return { x: y0, y: heightPt - x1, width: height, height: width };
    return { x: x0, y: y0, width, height };
  };
}

function onPage(box: Box, geometry: PageGeometry): boolean {
  const { widthPt, heightPt } = displayedSize(geometry);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  return x >= 0 && y >= 0 && x <= widthPt && y <= heightPt;
}

/** The angle is clockwise in radians before the page's own rotation; -1 when unknown. */
function turnsOf(angle: number, geometry: PageGeometry): QuarterTurns {
  const own = angle < 0 ? 0 : Math.round(angle / (Math.PI / 2));
  return ((own + geometry.rotationDeg / 90) % 4) as QuarterTurns;
}

/** `\n` for a line end, undefined for what nobody reads: soft hyphens, nulls, non-characters. */
function printable(codePoint: number): string | undefined {
  if (codePoint === 10 || codePoint === 13) return '\n';
  if (codePoint === 9) return ' ';
  if (codePoint < 32 || codePoint === 0xfffe || codePoint === 0xffff || codePoint > 0x10ffff) return undefined;
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) return undefined;
  return String.fromCodePoint(codePoint);
}
