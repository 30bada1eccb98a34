import { AnjuanCapture } from '../anjuan-capture.js';
import { MemoryParts } from './memory-parts.js';

const mounted: HTMLElement[] = [];

/** Puts an element of the given size on the page. */
export async function mount(
  options: {
    readonly parts?: MemoryParts;
    readonly attributes?: Readonly<Record<string, string>>;
    readonly widthPx?: number;
    readonly heightPx?: number;
    readonly lang?: 'zh-CN' | 'en';
    readonly into?: HTMLElement;
  } = {},
): Promise<{ readonly element: AnjuanCapture; readonly parts: MemoryParts }> {
  AnjuanCapture.define();
  const parts = options.parts ?? new MemoryParts();
  const frame = document.createElement('div');
  frame.style.width = `${options.widthPx ?? 1100}px`;
  frame.style.height = `${options.heightPx ?? 700}px`;
  const element = parts.into(document.createElement('anjuan-capture'));
  element.lang = options.lang ?? 'zh-CN';
  const attributes = { 'record-id': 'stay-1', ...options.attributes };
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  frame.append(element);
  (options.into ?? document.body).append(frame);
  mounted.push(frame);
  await element.updateComplete;
  return { element, parts };
}

/** Mounted, with an open batch and a live picture. */
export async function opened(
  options: Parameters<typeof mount>[0] = {},
): Promise<{ readonly element: AnjuanCapture; readonly parts: MemoryParts }> {
  const page = await mount(options);
  await until(() => page.element.status === 'open', 'the batch opens');
  if (page.parts.source.kind === 'camera' && !page.parts.source.openError) {
    await until(() => page.element.shadowRoot?.querySelector('[data-widget=live]') != null, 'the picture shows');
  }
  return page;
}

export function unmountAll(): void {
  for (const frame of mounted.splice(0)) frame.remove();
}

export function find<T extends Element = HTMLElement>(element: AnjuanCapture, selector: string): T {
  const found = element.shadowRoot?.querySelector<T>(selector);
  if (!found) throw new Error(`Nothing matches ${selector}`);
  return found;
}

export function findAll(element: AnjuanCapture, selector: string): HTMLElement[] {
  return [...(element.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? [])];
}

/** What it says; '' when it is not there. */
export function text(element: AnjuanCapture, selector: string): string {
  return element.shadowRoot?.querySelector(selector)?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
}

/** What the tiles say to assistive technology, in order. */
export function tiles(element: AnjuanCapture): string[] {
  return findAll(element, '[role=option] .tile-name').map((name) => name.textContent ?? '');
}

/** Looks again at each frame; when it never comes true the error names the condition. */
export async function until(holds: () => boolean, what: string): Promise<void> {
  const endMs = performance.now() + 10_000;
  while (!holds()) {
    if (performance.now() > endMs) throw new Error(`It never came true: ${what}`);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

/** Presses a key where the focus is. */
export async function press(element: AnjuanCapture, key: string, init: KeyboardEventInit = {}): Promise<KeyboardEvent> {
  const target = element.shadowRoot?.activeElement ?? element;
  const event = new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true, ...init });
  target.dispatchEvent(event);
  await element.updateComplete;
  return event;
}

/** Captures `count` pages and waits until they are worked on. */
export async function shoot(element: AnjuanCapture, count = 1): Promise<void> {
  for (let shot = 0; shot < count; shot += 1) await element.capture();
  await until(() => findAll(element, '.tile[data-mark=working]').length === 0, 'the pages are worked on');
  const submit = find<HTMLButtonElement>(element, '[data-widget=submit]');
  await until(() => submit.disabled || getComputedStyle(submit).opacity === '1', 'submit has faded in');
}
