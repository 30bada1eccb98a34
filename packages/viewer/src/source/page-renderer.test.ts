import { expect } from 'chai';
import { AnjuanError } from '@anjuan/core';
import { tinyPdf } from '../testing/tiny-pdf.js';
import { createPageRenderer } from './page-renderer.js';

const renderer = createPageRenderer({ assetsUrl: '/assets/' });
const file = new Blob([new Uint8Array(tinyPdf([{ widthPt: 300, heightPt: 400, text: 'page' }]))], {
  type: 'application/pdf',
});
const code = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'none',
    (error: unknown) => AnjuanError.from(error).code,
  );

describe('drawing a page of a file that is in no archive', () => {
  it('gives pixels of the asked width, white where nothing is drawn', async () => {
    const { widthPx, heightPx, rgba } = await renderer.render({ file, pageIndex: 0, widthPx: 300 });
    expect(widthPx).to.equal(300);
    expect(rgba).to.have.length(widthPx * heightPx * 4);
    expect([...rgba.slice(0, 4)]).to.deep.equal([255, 255, 255, 255]);
  });

  it('says what is wrong with the file, the page, or that it was cancelled', async () => {
    expect(await code(renderer.render({ file, pageIndex: 99, widthPx: 300 }))).to.equal('page-not-found');
    const broken = new Blob(['%PDF-1.7 nothing more']);
    expect(await code(renderer.render({ file: broken, pageIndex: 0, widthPx: 300 }))).to.equal('pdf-malformed');
    const controller = new AbortController();
    controller.abort();
    const { signal } = controller;
    expect(await code(renderer.render({ file, pageIndex: 0, widthPx: 300, signal }))).to.equal('aborted');
  });
});
