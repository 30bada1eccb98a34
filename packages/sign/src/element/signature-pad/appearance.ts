import type { Ink } from '../../ink/ink.js';
import type { InkContext } from '../../ink/ink-canvas.js';
import { drawPng, inkToPng, type InkPngOptions } from '../../ink/ink-png.js';
import { inkToSvg } from '../../ink/ink-svg.js';
import { drawOverlay, INK_COLOR, stampBox, textBox, type Box, type Overlay, type Shape } from './overlay.js';

/** The signature as it stands, in pixels. */
export function appearanceToPng(ink: Ink, overlay: Overlay | undefined, options: InkPngOptions): Promise<Blob> {
  const colored = { color: INK_COLOR, ...options };
  if (!overlay) return inkToPng(ink, colored);
  return drawPng({ ...colored, shape: ink }, (context) => drawOverlay(context, overlay, ink));
}

/** The signature as it stands, as SVG: outlines of the ink, the text as text, or the stamp as an embedded picture. */
export async function appearanceToSvg(ink: Ink, overlay: Overlay | undefined, measure: InkContext): Promise<string> {
  const color = INK_COLOR;
  if (!overlay) return inkToSvg(ink, { color });
  const inner =
    overlay.kind === 'typed' ? svgText(overlay, textBox(measure, overlay, ink)) : await svgImage(overlay, ink);
  const [width, height] = [ink.width / 100, ink.height / 100];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}mm" height="${height}mm" ` +
    `viewBox="0 0 ${width} ${height}"><g transform="scale(.01)">${inner}</g></svg>`
  );
}

function svgText({ text, font }: Extract<Overlay, { kind: 'typed' }>, box: Box): string {
  const place = `x="${box.x}" y="${box.y}" textLength="${box.width}" font-size="${box.height}"`;
  return `<text ${place} fill="${INK_COLOR}" font-family="${escape(font)}">${escape(text)}</text>`;
}

async function svgImage({ image, blob }: Extract<Overlay, { kind: 'stamped' }>, shape: Shape): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const base64 = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  const { x, y, width, height } = stampBox(image, shape);
  const data = `data:${escape(blob.type || 'image/png')};base64,${base64}`;
  return `<image x="${x}" y="${y}" width="${width}" height="${height}" href="${data}"/>`;
}

function escape(text: string): string {
  return text.replace(/[<>&"']/g, (sign) => `&#${sign.charCodeAt(0)};`).replace(/\p{Cc}/gu, '');
}
