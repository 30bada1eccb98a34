import { captureError } from '@anjuan/core/outbox';
import type { ProcessedPage } from '../recipe/types.js';
import { packImage } from '../session/image-layout.js';
import type { ComposedSheet } from '../session/session-ports.js';

/** A4 in points. @source ISO 216 */
const SHEET = { widthPt: 595.28, heightPt: 841.89 };
const DPI = 300;
/** Radius of a card's corners; the desk shows beside them. @source ISO/IEC 7810 ID-1 */
const CORNER_MM = 3.18;
const THUMBNAIL_PX = 320;
const WHITE = 'white';

/** Centres of the sides, as shares of the height: where a copier puts front and back of a card. */
const CENTRES = [0.3, 0.62];

/** Both sides of a card in true size on one A4 sheet, as a colour JPEG. Errors: `pipeline-failed`. */
export async function composeSheet(sides: readonly ProcessedPage[]): Promise<ComposedSheet> {
  const widthPx = Math.round((SHEET.widthPt / 72) * DPI);
  const heightPx = Math.round((SHEET.heightPt / 72) * DPI);
  const canvas = new OffscreenCanvas(widthPx, heightPx);
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw captureError('pipeline-failed');
  context.fillStyle = WHITE;
  context.fillRect(0, 0, widthPx, heightPx);
  for (const [index, side] of sides.entries()) {
    const width = (side.widthPt / 72) * DPI;
    const height = (side.heightPt / 72) * DPI;
    const bitmap = await createImageBitmap(sidePicture(side));
    context.imageSmoothingQuality = 'high';
    const [left, top] = [(widthPx - width) / 2, heightPx * (CENTRES[index] ?? 0.5) - height / 2];
    context.save();
    context.beginPath();
    context.roundRect(left, top, width, height, (CORNER_MM / 25.4) * DPI);
    context.clip();
    context.drawImage(bitmap, left, top, width, height);
    context.restore();
    bitmap.close();
  }
  const sheet = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
  const data = new Uint8Array(await sheet.arrayBuffer());
  return {
    image: { codec: 'jpeg', data, widthPx, heightPx, gray: false },
    thumbnail: await shrink(canvas),
    ...SHEET,
    dpi: DPI,
  };
}

/** Only JPEG can be drawn by the browser; other codecs give at least the small picture. */
function sidePicture(side: ProcessedPage): Blob {
  return side.image.codec === 'jpeg' ? packImage(side.image).blob : side.thumbnail;
}

async function shrink(sheet: OffscreenCanvas): Promise<Blob> {
  const height = THUMBNAIL_PX;
  const width = Math.round((sheet.width / sheet.height) * height);
  const small = new OffscreenCanvas(width, height);
  small.getContext('2d', { alpha: false })?.drawImage(sheet, 0, 0, width, height);
  return small.convertToBlob({ type: 'image/jpeg', quality: 0.85 });
}
