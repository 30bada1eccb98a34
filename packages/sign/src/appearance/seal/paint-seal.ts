import { pdfDict, type NewObject, type PdfRef } from '../../pdf/objects.js';
import { POINTS_PER_MM } from '../appearance.js';
import { decimal, type FormCanvas } from '../form/form-canvas.js';
import type { Seal, SealPicture } from './seal.js';

/** Draws a seal at its own size from the origin, in points. */
export function paintSeal(canvas: FormCanvas, seal: Seal): void {
  if (seal.kind === 'picture') {
    const image = pictureObjects(seal).reduce<PdfRef | undefined>((mask, make) => canvas.add(make(mask)), undefined);
    const size = [seal.widthMm * POINTS_PER_MM, 0, 0, seal.heightMm * POINTS_PER_MM, 0, 0] as const;
    if (image) canvas.within(size, () => canvas.paint(image));
    return;
  }
  canvas.within([POINTS_PER_MM, 0, 0, POINTS_PER_MM, 0, 0], () => {
    canvas.operator(`/Span <</ActualText ${utf16(seal.text)}>> BDC`);
    canvas.color(seal.colour);
    for (const { steps, strokeMm, evenOdd } of seal.figures) {
      if (strokeMm !== undefined) canvas.operator(`${decimal(strokeMm)} w`);
      canvas.path(steps, strokeMm !== undefined ? 'S' : evenOdd ? 'f*' : 'f');
    }
    canvas.operator('EMC');
  });
}

/** Objects of a picture, mask first: each is made with the reference of the one before. */
function pictureObjects({ image, mask }: SealPicture): readonly ((before: PdfRef | undefined) => NewObject)[] {
  const main = (before: PdfRef | undefined): NewObject =>
    before ? { ...image, dict: pdfDict({ ...Object.fromEntries(image.dict.entries), SMask: before }) } : image;
  return mask ? [() => mask, main] : [main];
}

function utf16(text: string): string {
  let hex = 'feff';
  for (let unit = 0; unit < text.length; unit += 1) hex += text.charCodeAt(unit).toString(16).padStart(4, '0');
  return `<${hex}>`;
}
