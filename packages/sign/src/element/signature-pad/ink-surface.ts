import { CenterLine } from '../../ink/center-line.js';
import type { Ink, InkSample, InkStroke } from '../../ink/ink.js';
import { drawLine, drawStroke } from '../../ink/ink-canvas.js';
import type { NibPoint } from '../../ink/nib.js';
import type { SheetView } from '../../ink/pointer-samples.js';
import { drawOverlay, INK_COLOR, type Overlay } from './overlay.js';

/** Hundredths of a millimetre in a CSS pixel. */
const UNITS_PER_PX = 2540 / 96;

type Sheet = Pick<Ink, 'width' | 'height'>;

/**
 * The pictures of the ink: finished strokes, the part of the open stroke that will not change, and its tip with the
 * predicted way on. Everything can be drawn again from samples at any size, with the same pixels for the same size.
 */
export class InkSurface {
  readonly #layers: readonly CanvasRenderingContext2D[];
  #sheet: Sheet = { width: 1, height: 1 };
  #bitmap = '';
  #line: CenterLine | undefined;
  #drawn = 0;
  #tipBox: readonly [number, number, number, number] | undefined;

  /** The canvases of finished ink, live ink and its tip, from bottom to top. */
  constructor(canvases: readonly HTMLCanvasElement[]) {
    this.#layers = canvases.flatMap((canvas, index) => canvas.getContext('2d', { desynchronized: index > 0 }) ?? []);
  }

  /** Size of the paper itself as a sheet for new ink. */
  get paperSheet(): Sheet {
    const { clientWidth = 0, clientHeight = 0 } = this.#layers[0]?.canvas ?? {};
    return {
      width: Math.max(1, Math.round(clientWidth * UNITS_PER_PX)),
      height: Math.max(1, Math.round(clientHeight * UNITS_PER_PX)),
    };
  }

  /** For measuring text. */
  get context(): CanvasRenderingContext2D | undefined {
    return this.#layers[0];
  }

  /** How a sheet lies on the page now: as large as the paper allows, in its middle. */
  viewOf(sheet: Sheet): SheetView {
    const { left = 0, top = 0, width = 1, height = 1 } = this.#layers[0]?.canvas.getBoundingClientRect() ?? {};
    const unitsPerPx = Math.max(sheet.width / width, sheet.height / height);
    return {
      leftPx: left + (width - sheet.width / unitsPerPx) / 2,
      topPx: top + (height - sheet.height / unitsPerPx) / 2,
      unitsPerPx,
    };
  }

  /** Draws everything anew; the open stroke too, when there is one. */
  redraw(
    sheet: Sheet,
    strokes: readonly InkStroke[],
    options: { readonly open?: readonly InkSample[]; readonly overlay?: Overlay | undefined } = {},
  ): void {
    this.#fit(sheet);
    const [paper] = this.#layers;
    if (!paper) return;
    for (const stroke of strokes) drawStroke(paper, stroke, sheet.width);
    if (options.overlay) drawOverlay(paper, options.overlay, sheet);
    if (options.open && options.open.length > 0) {
      this.begin(sheet);
      this.extend(options.open);
    }
  }

  /** Pen down. */
  begin(sheet: Sheet): void {
    if (this.#isOff(sheet)) this.#fit(sheet);
    this.#line = new CenterLine(sheet.width);
    this.#drawn = 0;
  }

  /** Draws what is new: the settled part for good, the tip for now. */
  extend(samples: readonly InkSample[], predicted: readonly Pick<InkSample, 'x' | 'y'>[] = []): void {
    const line = this.#line;
    const [, live, tip] = this.#layers;
    if (!line || !live || !tip) return;
    for (const sample of samples) line.add(sample);
    const { settled } = line;
    if (settled.length > this.#drawn) drawLine(live, settled.slice(Math.max(0, this.#drawn - 1)));
    this.#drawn = settled.length;
    this.#clearTip();
    const points = line.tip(predicted);
    drawLine(tip, points);
    this.#tipBox = boxOf(points);
  }

  /** Pen up: the stroke as a whole goes to the finished ink, or it was taken back. */
  end(options: { readonly keep: boolean }): void {
    const [paper, live] = this.#layers;
    const line = this.#line;
    this.#line = undefined;
    this.#clearTip();
    if (!paper || !live) return;
    if (options.keep && line) drawLine(paper, line.whole());
    wipe(live);
  }

  #isOff(sheet: Sheet): boolean {
    return sheet.width !== this.#sheet.width || sheet.height !== this.#sheet.height;
  }

  #clearTip(): void {
    if (this.#tipBox) this.#layers[2]?.clearRect(...this.#tipBox);
    this.#tipBox = undefined;
  }

  /** Empties all layers and sets their bitmaps to the size on the screen. */
  #fit(sheet: Sheet): void {
    this.#sheet = sheet;
    this.#line = undefined;
    this.#tipBox = undefined;
    const first = this.#layers[0]?.canvas;
    if (!first) return;
    const scale = devicePixelRatio;
    const [width, height] = [Math.round(first.clientWidth * scale), Math.round(first.clientHeight * scale)];
    const bitmap = `${width}x${height}`;
    const pxPerUnit = Math.min(width / sheet.width, height / sheet.height);
    const [left, top] = [(width - sheet.width * pxPerUnit) / 2, (height - sheet.height * pxPerUnit) / 2];
    for (const layer of this.#layers) {
      if (bitmap !== this.#bitmap) Object.assign(layer.canvas, { width, height });
      wipe(layer);
      layer.setTransform(pxPerUnit, 0, 0, pxPerUnit, left, top);
      layer.fillStyle = INK_COLOR;
    }
    this.#bitmap = bitmap;
  }
}

function wipe(layer: CanvasRenderingContext2D): void {
  layer.save();
  layer.resetTransform();
  layer.clearRect(0, 0, layer.canvas.width, layer.canvas.height);
  layer.restore();
}

function boxOf(points: readonly NibPoint[]): readonly [number, number, number, number] | undefined {
  if (points.length === 0) return undefined;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y, r } of points) {
    // Half a millimetre more for the soft edge.
    const room = r + 50;
    left = Math.min(left, x - room);
    top = Math.min(top, y - room);
    right = Math.max(right, x + room);
    bottom = Math.max(bottom, y + room);
  }
  return [left, top, right - left, bottom - top];
}
