import { decimal } from '../form/form-canvas.js';
import type { SealDrawing } from './seal.js';

/** A drawn seal as an SVG file, for previews and as the picture in an electronic seal (SES_ESPictureInfo, type `svg`). */
export function sealSvg(seal: SealDrawing): string {
  const { widthMm, heightMm, colour } = seal;
  const rgb = `rgb(${colour.join(',')})`;
  const figures = seal.figures.map(({ steps, strokeMm, evenOdd }) => {
    const d = steps
      .map(([kind, ...ends]) => {
        // SVG counts y downwards.
        return kind + ends.map((end, at) => decimal(at % 2 === 0 ? end : heightMm - end)).join(' ');
      })
      .join('');
    const rule = evenOdd ? ' fill-rule="evenodd"' : '';
    const paint =
      strokeMm === undefined
        ? `fill="${rgb}"${rule}`
        : `fill="none" stroke="${rgb}" stroke-width="${decimal(strokeMm)}"`;
    return `<path ${paint} d="${d}"/>`;
  });
  const size = [widthMm, heightMm].map(decimal);
  const title = seal.text.replace(/[<>&]/g, (character) => `&#${character.charCodeAt(0)};`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size[0]}mm" height="${size[1]}mm" viewBox="0 0 ${size.join(' ')}"><title>${title}</title>${figures.join('')}</svg>`;
}
