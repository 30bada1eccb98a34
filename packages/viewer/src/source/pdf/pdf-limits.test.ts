import { AnjuanError, type ErrorCode } from '@anjuan/core';
import { expect } from 'chai';
import { drawPdfPage } from './draw-page.js';
import type { PdfPageProxy } from './engine.js';
import { pdfError } from './pdf-errors.js';
import { acquirePdfRuntime } from './pdf-worker.js';

async function codeOf(work: Promise<unknown>): Promise<ErrorCode | 'none'> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return AnjuanError.is(error) ? error.code : 'none';
}

describe('what a browser cannot do for a PDF', () => {
  it('no room for the canvas of a page is render-memory', async () => {
    const { getContext } = HTMLCanvasElement.prototype;
    HTMLCanvasElement.prototype.getContext = () => null;
    const page = { getViewport: () => ({ width: 10, height: 10 }) } as unknown as PdfPageProxy;
    try {
      expect(await codeOf(drawPdfPage(page, 1, new AbortController().signal))).to.equal('render-memory');
    } finally {
      HTMLCanvasElement.prototype.getContext = getContext;
    }
  });

  it('an array that is too long inside the engine is render-memory, anything unknown render-failed', () => {
    expect(pdfError(new RangeError('Array buffer allocation failed')).code).to.equal('render-memory');
    expect(pdfError(new Error('nobody knows')).code).to.equal('render-failed');
  });

  it('a browser below the floor of the engine is unsupported-browser', async () => {
    const own = Object.getOwnPropertyDescriptor(Promise, 'withResolvers');
    Reflect.deleteProperty(Promise, 'withResolvers');
    const { runtime, release } = acquirePdfRuntime('/assets-of-an-old-browser/');
    try {
      expect(await codeOf(runtime)).to.equal('unsupported-browser');
    } finally {
      if (own) Object.defineProperty(Promise, 'withResolvers', own);
      release();
    }
  });
});
