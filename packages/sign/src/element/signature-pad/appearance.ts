import { palettes } from '@anjuan/core/element';
import type { Ink } from '../../ink/ink.js';
import type { InkContext } from '../../ink/ink-canvas.js';
import { inkToPng, drawPng, type InkPngOptions } from '../../ink/ink-png.js';
import { inkToSvg } from '../../ink/ink-svg.js';
import { BASELINE } from './alternatives.js';

/** Ink on paper; the paper is white in every theme. */
export const INK_COLOR = palettes.light.text;

/** What lies on the sheet beside strokes. */
export type Overlay =
  | { readonly kind: 'typed'; readonly text: string; readonly font: string }
  | { readonly kind: 'stamped'; readonly image: ImageBitmap; readonly blob: Blob };

type Shape = Pick<Ink, 'width' | 'height'>;
interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Draws text on the writing line or a stamp in the middle; the unit is a hundredth of a millimetre. */
export function drawOverlay(context: InkContext, overlay: Overlay, shape: Shape): void {
  if (overlay.kind === 'stamped') {
    const { x, y, width, height } = stampBox(overlay.image, shape);
    context.imageSmoothingQuality = 'high';
    context.drawImage(overlay.image, x, y, width, height);
    return;
  }
  const { x, y, width, height } = textBox(context, overlay, shape);
  context.font = `${height}px ${overlay.font}`;
  context.fillText(overlay.text, x, y, width);
}

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

/** On the writing line, as large as fits. */
function textBox(context: InkContext, { text, font }: Extract<Overlay, { kind: 'typed' }>, shape: Shape): Box {
  const tallest = Math.round(shape.height * 0.42);
  context.font = `100px ${font}`;
  const perHeight = context.measureText(text).width / 100;
  const height = Math.round(Math.min(tallest, (shape.width * 0.84) / Math.max(perHeight, 0.1)));
  const width = Math.max(1, Math.round(perHeight * height));
  return { x: Math.round((shape.width - width) / 2), y: Math.round(shape.height * BASELINE), width, height };
}

function stampBox(image: ImageBitmap, shape: Shape): Box {
  const scale = Math.min((shape.width * 0.84) / image.width, (shape.height * 0.84) / image.height);
  const [width, height] = [Math.round(image.width * scale), Math.round(image.height * scale)];
  return { x: Math.round((shape.width - width) / 2), y: Math.round((shape.height - height) / 2), width, height };
}

function escape(text: string): string {
  return text.replace(/[<>&"']/g, (sign) => `&#${sign.charCodeAt(0)};`).replace(/\p{Cc}/gu, '');
}
