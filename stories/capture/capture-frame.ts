import '@anjuan/capture/define';
import { html, nothing, type TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { styleMap } from 'lit/directives/style-map.js';
import type { AnjuanCapture } from '@anjuan/capture';
import { MemoryParts } from '@anjuan/capture/testing';

/** What a capture story may choose. */
export interface CaptureArgs {
  readonly mode?: 'document' | 'id-card' | 'consent' | 'book' | 'batch';
  /** Default: as wide as the story. */
  readonly widthPx?: number;
  readonly heightPx?: number;
  readonly lang?: 'zh-CN' | 'en';
  readonly theme?: 'light' | 'dark' | 'contrast';
  readonly density?: 'compact' | 'comfortable' | 'touch';
  readonly textSize?: 'normal' | 'large';
  readonly parts?: () => MemoryParts | Promise<MemoryParts>;
}

/** Capture on parts in memory with drawn pages: no camera, no worker, no archive. */
export function captureFrame(args: CaptureArgs): TemplateResult {
  const size = {
    width: args.widthPx === undefined ? '100%' : `${args.widthPx}px`,
    height: args.heightPx === undefined ? '100vh' : `${args.heightPx}px`,
  };
  const fill = async (frame: Element | undefined): Promise<void> => {
    if (!(frame instanceof HTMLElement) || frame.childElementCount > 0) return;
    const parts = (await args.parts?.()) ?? new MemoryParts();
    const element = parts.into(document.createElement('anjuan-capture'));
    element.setAttribute('record-id', 'stay-1');
    element.mode = args.mode ?? 'document';
    frame.replaceChildren(element);
  };
  return html`<anjuan-provider
    lang=${args.lang ?? nothing}
    theme=${args.theme ?? nothing}
    density=${args.density ?? nothing}
    text-size=${args.textSize ?? nothing}
  >
    <div class="capture-frame" style=${styleMap(size)} ${ref((frame) => void fill(frame))}></div>
  </anjuan-provider>`;
}

const SOON_MS = 20_000;

/** Looks again at each frame until it holds. */
export async function until(holds: () => boolean, what: string): Promise<void> {
  const startMs = performance.now();
  while (!holds()) {
    if (performance.now() - startMs > SOON_MS) throw new Error(`Waited in vain: ${what}`);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

export function query(element: AnjuanCapture, selector: string): HTMLElement | null {
  return element.shadowRoot?.querySelector<HTMLElement>(selector) ?? null;
}

/** What the element shows, as one line. */
export function shown(element: AnjuanCapture): string {
  return element.shadowRoot?.textContent?.replace(/\s+/g, ' ') ?? '';
}

/** The element once it is on the page. */
export async function captureIn(canvas: HTMLElement): Promise<AnjuanCapture> {
  await until(() => canvas.querySelector('anjuan-capture') !== null, 'the element');
  const element = canvas.querySelector('anjuan-capture');
  if (!element) throw new Error('The story has no capture');
  return element;
}

/** With an open batch, a live picture and `pages` captured pages, all worked on. */
export async function captured(canvas: HTMLElement, pages: number): Promise<AnjuanCapture> {
  const element = await captureIn(canvas);
  await until(() => element.status === 'open' && query(element, '[data-widget=live]') !== null, 'the picture');
  for (let shot = 0; shot < pages; shot += 1) await element.capture();
  await until(() => element.pageCount >= Math.min(pages, 1), 'the pages');
  await until(() => query(element, '.tile[data-mark=working]') === null, 'the work');
  await until(
    () => [...(element.shadowRoot?.querySelectorAll('.tile-image') ?? [])].length === element.pageCount,
    'the pictures',
  );
  return element;
}

/** Presses a widget. */
export async function press(element: AnjuanCapture, widget: string): Promise<void> {
  const selector = `[data-widget="${widget}"]`;
  await until(() => query(element, selector) !== null, widget);
  query(element, selector)?.click();
  await element.updateComplete;
}
