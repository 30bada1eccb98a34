import { AnjuanError, Scope, untilAborted } from '@anjuan/core';
import { drawPdfPage } from './draw-page.js';
import { pdfError } from './pdf-errors.js';
import { documentOptions } from './pdf-file.js';
import { acquirePdfRuntime } from './pdf-worker.js';

/** A page as pixels, row by row from the top left. */
export interface PagePixels {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly rgba: Uint8ClampedArray;
}

/** Which page of which file. */
export interface DrawFilePage {
  readonly file: Blob;
  readonly pageIndex: number;
  /** Width of the drawing in pixels; height follows. */
  readonly widthPx: number;
  readonly signal?: AbortSignal;
}

/** Draws one page of a file that need not be in an archive. Errors: `pdf-*`, `page-not-found`, `render-*`, `aborted`. */
export async function drawFilePage(assetsUrl: string, request: DrawFilePage): Promise<PagePixels> {
  const { file, pageIndex, widthPx, signal } = request;
  const scope = new Scope();
  const stop = (): void => scope.dispose();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    if (signal?.aborted) throw new AnjuanError('aborted');
    const { runtime, release } = acquirePdfRuntime(assetsUrl);
    scope.defer(release);
    const running = await untilAborted(runtime, scope.signal);
    const data = new Uint8Array(await file.arrayBuffer());
    const task = running.engine.getDocument({ data, ...documentOptions(running) });
    scope.defer(() => void task.destroy().catch(() => undefined));
    const pdf = await untilAborted(task.promise, scope.signal);
    if (pageIndex < 0 || pageIndex >= pdf.numPages) throw new AnjuanError('page-not-found');
    const page = await untilAborted(pdf.getPage(pageIndex + 1), scope.signal);
    const scale = widthPx / page.getViewport({ scale: 1 }).width;
    return pixelsOf(await drawPdfPage(page, scale, scope.signal));
  } catch (error) {
    throw signal?.aborted ? new AnjuanError('aborted', { cause: error }) : pdfError(error);
  } finally {
    signal?.removeEventListener('abort', stop);
    scope.dispose();
  }
}

function pixelsOf(bitmap: ImageBitmap): PagePixels {
  const { width: widthPx, height: heightPx } = bitmap;
  const canvas = document.createElement('canvas');
  try {
    canvas.width = widthPx;
    canvas.height = heightPx;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new AnjuanError('render-memory');
    context.drawImage(bitmap, 0, 0);
    return { widthPx, heightPx, rgba: context.getImageData(0, 0, widthPx, heightPx).data };
  } finally {
    bitmap.close();
    canvas.width = canvas.height = 0;
  }
}
