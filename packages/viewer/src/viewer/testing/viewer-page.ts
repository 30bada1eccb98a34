import type { ArchiveClient } from '@anjuan/core';
import type { AnjuanViewer } from '../anjuan-viewer.js';

const mounted: HTMLElement[] = [];

/** Puts a viewer of the given size on the page. */
export async function mount(options: {
  readonly archive?: ArchiveClient;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly widthPx?: number;
  readonly lang?: string;
  /** Around the viewer. Default: nothing. */
  readonly provider?: HTMLElement;
}): Promise<AnjuanViewer> {
  const frame = document.createElement('div');
  frame.style.width = `${options.widthPx ?? 1100}px`;
  frame.style.height = '600px';
  const viewer = document.createElement('anjuan-viewer');
  viewer.client = options.archive;
  viewer.lang = options.lang ?? 'zh-CN';
  for (const [name, value] of Object.entries(options.attributes ?? {})) viewer.setAttribute(name, value);
  if (options.provider) {
    frame.append(options.provider);
    options.provider.append(viewer);
  } else frame.append(viewer);
  document.body.append(frame);
  mounted.push(frame);
  await viewer.updateComplete;
  return viewer;
}

export function unmountAll(): void {
  for (const frame of mounted.splice(0)) frame.remove();
}

type Root = AnjuanViewer | Element;
const rootOf = (root: Root): ParentNode => root.shadowRoot ?? root;

export function find<T extends HTMLElement = HTMLElement>(root: Root, selector: string): T {
  const found = rootOf(root).querySelector<T>(selector);
  if (!found) throw new Error(`Nothing matches ${selector}`);
  return found;
}

export function findAll(root: Root, selector: string): HTMLElement[] {
  return [...rootOf(root).querySelectorAll<HTMLElement>(selector)];
}

export function text(root: Root, selector: string): string {
  return find(root, selector).textContent?.replace(/\s+/g, ' ').trim() ?? '';
}

/** Looks again at each frame; when it never comes true the error names the condition, if the test gave it a name. */
export async function until(holds: () => boolean, what = holds.toString()): Promise<void> {
  const endMs = performance.now() + 15_000;
  while (!holds()) {
    if (performance.now() > endMs) throw new Error(`It never came true: ${what}`);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

/** What the live region says. */
export function announced(viewer: AnjuanViewer): string {
  return text(viewer, '[part=live]');
}

/** Presses and releases a key where the focus is. */
export async function press(viewer: AnjuanViewer, key: string, init: KeyboardEventInit = {}): Promise<KeyboardEvent> {
  const target = viewer.shadowRoot?.activeElement ?? viewer;
  const options = { key, bubbles: true, composed: true, cancelable: true, ...init };
  const down = new KeyboardEvent('keydown', options);
  target.dispatchEvent(down);
  target.dispatchEvent(new KeyboardEvent('keyup', options));
  await viewer.updateComplete;
  return down;
}

/** The number in the page field. */
export function pageShown(viewer: AnjuanViewer): string {
  return find<HTMLInputElement>(viewer, '[data-widget=page-field]').value;
}
