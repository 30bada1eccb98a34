import { type AnjuanError, type ArchiveClient, type DocumentEntry } from '@anjuan/core';
import { RecordViewport } from '../viewport/record-viewport.js';
import { viewportStyles } from '../viewport/styles.js';
import type {
  DocumentMeasured,
  PageFailed,
  PageRotated,
  PageShown,
  RecordViewportOptions,
  ViewportPosition,
  Zoom,
} from '../viewport/types.js';

/** A viewport in a shadow root, with everything that it told. */
export interface Harness {
  readonly viewport: RecordViewport;
  readonly container: HTMLElement;
  readonly root: ShadowRoot;
  readonly positions: ViewportPosition[];
  readonly shown: PageShown[];
  readonly failed: PageFailed[];
  readonly measured: DocumentMeasured[];
  readonly documentErrors: { documentId: string; error: AnjuanError }[];
  readonly zooms: { zoom: Zoom; factor: number }[];
  readonly rotations: PageRotated[];
  remove(): void;
}

export interface HarnessOptions extends Partial<Omit<RecordViewportOptions, 'client' | 'documents' | 'container'>> {
  readonly client: ArchiveClient;
  readonly documents: readonly DocumentEntry[];
  readonly width?: number;
  readonly height?: number;
}

export const TEST_ASSETS_URL = '/assets/';

export function mountViewport({ width = 800, height = 600, ...options }: HarnessOptions): Harness {
  const host = document.createElement('div');
  document.body.append(host);
  const root = host.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = viewportStyles.styleSheet ? [viewportStyles.styleSheet] : [];
  const container = document.createElement('div');
  container.tabIndex = 0;
  container.style.width = `${width}px`;
  container.style.height = `${height}px`;
  host.style.setProperty('--anjuan-color-page', 'rgb(255 255 255)');
  root.append(container);
  const told = {
    positions: [] as ViewportPosition[],
    shown: [] as PageShown[],
    failed: [] as PageFailed[],
    measured: [] as DocumentMeasured[],
    documentErrors: [] as { documentId: string; error: AnjuanError }[],
    zooms: [] as { zoom: Zoom; factor: number }[],
    rotations: [] as PageRotated[],
  };
  const viewport = new RecordViewport({
    assetsUrl: TEST_ASSETS_URL,
    templates: {
      pageLabel: ({ pageNumber, pageCount }) => `page ${pageNumber} of ${pageCount}`,
      documentLabel: ({ document: { title } }) => title,
      documentHeader: (target, { document: { title } }) => (target.textContent = title),
      documentPlaceholder: (target, { document: { state }, error, retry }) => {
        target.textContent = error ? `error ${error.code}` : state;
        target.onclick = retry;
      },
      pageError: (target, { error, retry }) => {
        const button = document.createElement('button');
        button.textContent = error.code;
        button.onclick = retry;
        target.replaceChildren(button);
      },
    },
    callbacks: {
      onPosition: (position) => told.positions.push(position),
      onPageShown: (shown) => told.shown.push(shown),
      onPageError: (failed) => told.failed.push(failed),
      onDocumentMeasured: (measured) => told.measured.push(measured),
      onDocumentError: (failed) => told.documentErrors.push(failed),
      onZoom: (zoom) => told.zooms.push(zoom),
      onRotation: (rotated) => told.rotations.push(rotated),
    },
    ...options,
    container,
  });
  const remove = (): void => {
    viewport.dispose();
    host.remove();
  };
  return { viewport, container, root, ...told, remove };
}

export function frame(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => resolve()));
}

/** Waits frame by frame until something is there; fails with the last state named. */
export async function until<T>(what: string, probe: () => T | undefined | false | null, timeoutMs = 8000): Promise<T> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const found = probe();
    if (found !== undefined && found !== false && found !== null) return found;
    if (performance.now() > end) throw new Error(`timed out waiting: ${what}`);
    await frame();
  }
}

export function pageElement({ container }: Harness, pageIndex: number): HTMLElement | null {
  return container.querySelector(`.page[data-page="${pageIndex}"]`);
}

/** Waits until a page shows its sharp picture. */
export function sharp(harness: Harness, pageIndex: number): Promise<HTMLElement> {
  return until(`page ${pageIndex} sharp`, () => {
    const page = pageElement(harness, pageIndex);
    return page?.dataset['state'] === 'sharp' && page;
  });
}

/** Colour on a page's canvas at fractions of its size. */
export function pixel(page: HTMLElement, x: number, y: number): [number, number, number] {
  const canvas = page.querySelector('canvas');
  const context = canvas?.getContext('2d');
  if (!canvas || !context || canvas.width === 0) throw new Error('nothing painted');
  const at = (length: number, share: number): number => Math.min(length - 1, Math.floor(length * share));
  const [r = 0, g = 0, b = 0] = context.getImageData(at(canvas.width, x), at(canvas.height, y), 1, 1).data;
  return [r, g, b];
}

export function close(a: readonly number[], b: readonly number[], tolerance = 12): boolean {
  return a.every((value, index) => Math.abs(value - (b[index] ?? NaN)) <= tolerance);
}
