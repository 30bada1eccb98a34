import { AnjuanSignaturePad } from '../anjuan-signature-pad.js';

const mounted: HTMLElement[] = [];

/** Puts a pad on the page. */
export async function mountPad(
  options: {
    readonly attributes?: Readonly<Record<string, string>>;
    readonly properties?: Partial<AnjuanSignaturePad>;
    readonly widthPx?: number;
    readonly lang?: 'zh-CN' | 'en';
    readonly into?: HTMLElement;
  } = {},
): Promise<AnjuanSignaturePad> {
  AnjuanSignaturePad.define();
  const frame = document.createElement('div');
  frame.style.width = `${options.widthPx ?? 640}px`;
  const element = document.createElement('anjuan-signature-pad');
  element.lang = options.lang ?? 'zh-CN';
  for (const [name, value] of Object.entries(options.attributes ?? {})) element.setAttribute(name, value);
  Object.assign(element, options.properties);
  frame.append(element);
  (options.into ?? document.body).append(frame);
  mounted.push(frame);
  await element.updateComplete;
  return element;
}

export function unmountPads(): void {
  for (const frame of mounted.splice(0)) frame.remove();
}

export function find<T extends Element = HTMLElement>(element: AnjuanSignaturePad, selector: string): T {
  const found = element.shadowRoot?.querySelector<T>(selector);
  if (!found) throw new Error(`Nothing matches ${selector}`);
  return found;
}

export function findAll<T extends Element = HTMLElement>(element: AnjuanSignaturePad, selector: string): T[] {
  return [...(element.shadowRoot?.querySelectorAll<T>(selector) ?? [])];
}

/** What it says; '' when it is not there. */
export function text(element: AnjuanSignaturePad, selector: string): string {
  return element.shadowRoot?.querySelector(selector)?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
}

/** Looks again at each frame; when it never comes true the error names the condition. */
export async function until(holds: () => boolean, what: string): Promise<void> {
  const endMs = performance.now() + 10_000;
  while (!holds()) {
    if (performance.now() > endMs) throw new Error(`It never came true: ${what}`);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

export async function press(element: AnjuanSignaturePad, key: string, init: KeyboardEventInit = {}): Promise<void> {
  const target = element.shadowRoot?.activeElement ?? find(element, '.paper');
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...init }));
  await element.updateComplete;
}

/** Presses a word of the pad. */
export async function click(element: AnjuanSignaturePad, widget: string): Promise<void> {
  find(element, `[data-widget="${widget}"]`).click();
  await element.updateComplete;
}

/** A point of the paper in CSS pixels from its corner, at a time in milliseconds. */
export interface PaperPoint {
  readonly xPx: number;
  readonly yPx: number;
  readonly ms?: number;
}

/** One pointer event on the paper, as a browser would deliver it. */
export function pointer(
  element: AnjuanSignaturePad,
  type: string,
  points: readonly PaperPoint[],
  init: PointerEventInit = {},
): void {
  const paper = find(element, '.paper');
  const { left, top } = find(element, 'canvas').getBoundingClientRect();
  const common: PointerEventInit = { bubbles: true, composed: true, cancelable: true, pointerId: 1, isPrimary: true };
  const event = ({ xPx, yPx, ms }: PaperPoint, more: PointerEventInit): PointerEvent => {
    const made = new PointerEvent(type, {
      ...common,
      ...{ pointerType: 'pen', pressure: 0.5, width: 1, height: 1, button: type === 'pointermove' ? -1 : 0 },
      ...{ clientX: left + xPx, clientY: top + yPx },
      ...init,
      ...more,
    });
    if (ms !== undefined) Object.defineProperty(made, 'timeStamp', { value: ms });
    return made;
  };
  const last = points.at(-1);
  if (!last) return;
  const coalescedEvents = type === 'pointermove' ? points.map((point) => event(point, {})) : [];
  paper.dispatchEvent(event(last, { coalescedEvents }));
}

/** A stroke through the points: down, one move with all of them, up. */
export async function write(
  element: AnjuanSignaturePad,
  points: readonly PaperPoint[],
  init: PointerEventInit = {},
): Promise<void> {
  pointer(element, 'pointerdown', points.slice(0, 1), init);
  if (points.length > 2) pointer(element, 'pointermove', points.slice(1, -1), init);
  if (points.length > 1) pointer(element, 'pointerup', points.slice(-1), init);
  await element.updateComplete;
}

/** A wave over the paper. */
export function wave(
  options: { readonly count?: number; readonly row?: number; readonly startMs?: number } = {},
): PaperPoint[] {
  const { count = 60, row = 0, startMs = 1000 } = options;
  return Array.from({ length: count }, (_, index) => ({
    xPx: 60 + (index * 400) / count,
    yPx: 100 + row * 40 + 30 * Math.sin(index / 5),
    ms: startMs + index * 5,
  }));
}

/** Every pixel of the finished ink, and how many pixels the layers above show. */
export function pixels(element: AnjuanSignaturePad): { readonly paper: string; readonly above: number } {
  const [paper = '', ...above] = findAll<HTMLCanvasElement>(element, 'canvas').map((canvas) => {
    const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    let [hash, inked] = [0, 0];
    for (const value of data) {
      hash = (Math.imul(hash, 31) + value) | 0;
      if (value > 0) inked += 1;
    }
    return `${canvas.width}x${canvas.height} ${inked} ${hash}`;
  });
  return { paper, above: above.reduce((sum, layer) => sum + Number(layer.split(' ')[1]), 0) };
}
