/** Size of a drawn page: A4 at 72 dpi. */
const PAGE = { widthPx: 595, heightPx: 842 };
const PAPER = 'white';
const INK = 'rgb(30, 34, 44)';
const SEAL = 'rgb(190, 30, 40)';
const MAT = 'rgb(58, 72, 66)';

/** A page that anybody can tell from the next one: a heading, lines like text, a number, a seal. Nobody's record. */
function paintPage(context: OffscreenCanvasRenderingContext2D, number: number): void {
  context.fillStyle = PAPER;
  context.fillRect(0, 0, PAGE.widthPx, PAGE.heightPx);
  context.fillStyle = INK;
  context.font = '600 30px sans-serif';
  context.textAlign = 'center';
  context.fillText(number % 2 === 0 ? '麻醉知情同意书' : '手术知情同意书', PAGE.widthPx / 2, 80);
  context.textAlign = 'left';
  context.font = '16px sans-serif';
  for (let line = 0; line < 22; line += 1) {
    const width = 380 + ((line * 53 + number * 97) % 90);
    context.globalAlpha = 0.75;
    context.fillRect(66, 130 + line * 27, line % 6 === 5 ? width / 2 : width, 7);
  }
  context.globalAlpha = 1;
  context.fillText(`样例 第 ${number} 页`, 66, 790);
  context.strokeStyle = SEAL;
  context.lineWidth = 4;
  context.beginPath();
  context.arc(450, 700, 58, 0, Math.PI * 2);
  context.stroke();
}

/** The page alone, as a scanner gives it. */
export async function drawnPage(number: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(PAGE.widthPx, PAGE.heightPx);
  const context = canvas.getContext('2d');
  if (context) paintPage(context, number);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
}

/** The page on a desk mat, as a document camera sees it: 1280 x 960, page from 0.3 to 0.7 across. */
export function drawnDesk(number: number | undefined): ImageBitmap {
  const canvas = new OffscreenCanvas(1280, 960);
  const context = canvas.getContext('2d');
  if (context) {
    context.fillStyle = MAT;
    context.fillRect(0, 0, 1280, 960);
    if (number !== undefined) {
      const page = new OffscreenCanvas(PAGE.widthPx, PAGE.heightPx);
      const inner = page.getContext('2d');
      if (inner) paintPage(inner, number);
      context.setTransform(1, 0.02, -0.03, 1, 350, 40);
      context.drawImage(page, 0, 0, 600, 849);
    }
  }
  return canvas.transferToImageBitmap();
}

/** Corners of the page on the desk, as shares. */
export const DESK_QUAD = [
  { x: 350 / 1280, y: 40 / 960 },
  { x: 950 / 1280, y: 52 / 960 },
  { x: (950 - 25.5) / 1280, y: (52 + 849) / 960 },
  { x: (350 - 25.5) / 1280, y: (40 + 849) / 960 },
] as const;
