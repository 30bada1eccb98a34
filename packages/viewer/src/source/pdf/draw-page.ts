import { AnjuanError, Scope } from '@anjuan/core';
import type { PdfPageProxy } from './engine.js';

/**
 * Draws a page at device pixels per point and hands over the picture. The engine yields every 15 ms.
 * Errors: `render-memory` when the browser has no room for the canvas, and the engine's own.
 */
export async function drawPdfPage(page: PdfPageProxy, scale: number, signal: AbortSignal): Promise<ImageBitmap> {
  const scope = new Scope();
  const viewport = page.getViewport({ scale });
  const canvas = document.createElement('canvas');
  scope.defer(() => (canvas.width = canvas.height = 0));
  canvas.width = Math.max(1, Math.round(viewport.width));
  canvas.height = Math.max(1, Math.round(viewport.height));
  try {
    if (canvas.getContext('2d', { alpha: false }) === null) throw new AnjuanError('render-memory');
    const task = page.render({ canvas, viewport, intent: 'display' });
    const cancel = (): void => task.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    scope.defer(() => signal.removeEventListener('abort', cancel));
    await task.promise;
    if (signal.aborted) throw new AnjuanError('aborted');
    return await createImageBitmap(canvas);
  } finally {
    scope.dispose();
  }
}
