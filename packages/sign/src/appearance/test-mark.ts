import { POINTS_PER_MM } from './appearance.js';
import type { SignatureFont } from './font/signature-font.js';
import type { FormCanvas } from './form/form-canvas.js';
import { appearanceError } from './appearance-error.js';

/** In both languages: whoever meets the file must see it. */
const WORDS = '测试 TEST';

/** Words across the whole drawing that no one overlooks, over everything else and yet readable through. */
export function drawTestMark(
  canvas: FormCanvas,
  font: SignatureFont | undefined,
  box: { readonly widthMm: number; readonly heightMm: number },
): void {
  if (!font) throw appearanceError('font-needed');
  const em = canvas.font(font).width(WORDS);
  const angle = Math.atan2(box.heightMm, box.widthMm) * 0.6;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const across = Math.min(box.widthMm / (em * cos + sin), box.heightMm / (em * sin + cos));
  const size = across * 0.92 * POINTS_PER_MM;
  const center = [(box.widthMm / 2) * POINTS_PER_MM, (box.heightMm / 2) * POINTS_PER_MM] as const;
  canvas.within([cos, sin, -sin, cos, ...center], () => {
    canvas.blend({ opacity: 0.4 });
    canvas.color([220, 0, 0]);
    canvas.text(font, WORDS, size, (-em / 2) * size, -0.36 * size);
  });
}
