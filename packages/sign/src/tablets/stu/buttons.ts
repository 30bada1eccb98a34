import type { StuCapability, StuRectangle } from './feature-reports.js';
import type { PadPicture } from './images.js';

/** Keys on the pad's own screen. */
export type PadKey = 'confirm' | 'clear' | 'cancel';

/** A key and its place on the screen. */
export interface PadButton {
  readonly key: PadKey;
  /** In pixels of the screen. */
  readonly area: StuRectangle;
}

const order: readonly PadKey[] = ['cancel', 'clear', 'confirm'];
const labels = {
  'zh-CN': { confirm: '确认', clear: '重写', cancel: '取消' },
  en: { confirm: 'OK', clear: 'Clear', cancel: 'Cancel' },
} as const;

/** A row of keys at the lower edge; confirm at the right, where the writing ends. */
export function layButtons({ screenWidth, screenHeight }: StuCapability): readonly PadButton[] {
  const height = Math.max(24, Math.round(screenHeight * 0.16));
  const width = Math.floor(screenWidth / order.length);
  return order.map((key, index) => ({
    key,
    area: { x1: index * width, y1: screenHeight - height, x2: (index + 1) * width - 1, y2: screenHeight - 1 },
  }));
}

/** The bar of all keys, which is drawn and cleared as one. */
export function barOf(buttons: readonly PadButton[], { screenWidth, screenHeight }: StuCapability): StuRectangle {
  const top = Math.min(...buttons.map((button) => button.area.y1));
  return { x1: 0, y1: top, x2: screenWidth - 1, y2: screenHeight - 1 };
}

/** The key under a point in tablet units. */
export function keyAt(
  buttons: readonly PadButton[],
  capability: StuCapability,
  point: { readonly x: number; readonly y: number },
): PadKey | undefined {
  const x = Math.floor((point.x * capability.screenWidth) / (capability.maxX + 1));
  const y = Math.floor((point.y * capability.screenHeight) / (capability.maxY + 1));
  return buttons.find(({ area }) => x >= area.x1 && x <= area.x2 && y >= area.y1 && y <= area.y2)?.key;
}

/** A line of a sign in a square of 16 units. */
const signs: Readonly<Record<PadKey, readonly (readonly [number, number])[]>> = {
  confirm: [[3, 8], [7, 12], [13, 4]],
  clear: [[12, 5], [8, 3], [4, 5], [3, 9], [6, 13], [11, 12], [13, 9], [9, 9], [13, 9], [13, 5]],
  cancel: [[4, 4], [12, 12], [8, 8], [12, 4], [4, 12]],
}; // prettier-ignore

/** Draws the bar: words where the browser can write, signs everywhere. */
export function drawBar(options: {
  readonly buttons: readonly PadButton[];
  readonly bar: StuRectangle;
  readonly locale: 'zh-CN' | 'en';
}): PadPicture {
  const { buttons, bar } = options;
  const width = bar.x2 - bar.x1 + 1;
  const height = bar.y2 - bar.y1 + 1;
  const written = writtenBar(options, width, height);
  if (written) return written;
  const data = new Uint8Array(width * height * 4).fill(255);
  const dot = (x: number, y: number): void => {
    if (x >= 0 && y >= 0 && x < width && y < height) data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
  };
  const line = (x0: number, y0: number, x1: number, y1: number, thick: number): void => {
    const steps = Math.ceil(Math.hypot(x1 - x0, y1 - y0)) + 1;
    for (let step = 0; step <= steps; step += 1) {
      const x = Math.round(x0 + ((x1 - x0) * step) / steps);
      const y = Math.round(y0 + ((y1 - y0) * step) / steps);
      for (let dx = 0; dx < thick; dx += 1) for (let dy = 0; dy < thick; dy += 1) dot(x + dx, y + dy);
    }
  };
  for (const { key, area } of buttons) {
    const [left, right] = [area.x1 - bar.x1 + 2, area.x2 - bar.x1 - 2];
    const [top, bottom] = [area.y1 - bar.y1 + 2, area.y2 - bar.y1 - 2];
    line(left, top, right, top, 1);
    line(left, bottom, right, bottom, 1);
    line(left, top, left, bottom, 1);
    line(right, top, right, bottom, 1);
    const unit = (bottom - top) / 20;
    const place = ([x, y]: readonly [number, number]): [number, number] => [
      (left + right) / 2 + (x - 8) * unit,
      top + (y + 2) * unit,
    ];
    signs[key].forEach((to, index) => {
      const from = signs[key][index - 1];
      if (from) line(...place(from), ...place(to), Math.max(1, Math.round(unit * 1.5)));
    });
  }
  return { width, height, data };
}

function writtenBar(
  { buttons, bar, locale }: { buttons: readonly PadButton[]; bar: StuRectangle; locale: 'zh-CN' | 'en' },
  width: number,
  height: number,
): PadPicture | undefined {
  const context = typeof OffscreenCanvas === 'function' ? new OffscreenCanvas(width, height).getContext('2d') : null;
  if (!context) return undefined;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.fillStyle = context.strokeStyle = '#000';
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.font = `${Math.round(height * 0.5)}px sans-serif`;
  for (const { key, area } of buttons) {
    const wide = area.x2 - area.x1 + 1;
    context.strokeRect(area.x1 - bar.x1 + 2.5, 2.5, wide - 6, height - 6);
    context.fillText(labels[locale][key], area.x1 - bar.x1 + wide / 2, height / 2, wide - 8);
  }
  return context.getImageData(0, 0, width, height);
}
