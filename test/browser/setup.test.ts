import { expect } from 'chai';
import { AnjuanError, Scope } from '@anjuan/core';

describe('the browser test bed', () => {
  it('resolves the workspace to its sources and runs them in Chromium', () => {
    expect(AnjuanError.is(new AnjuanError('aborted'), 'aborted')).to.equal(true);
    expect(new Scope()).to.be.instanceOf(Scope);
  });

  it('serves the PDF engine of the assets folder', async () => {
    const worker = await fetch('/assets/pdfjs/pdf.worker.min.mjs', { method: 'HEAD' });
    expect(worker.headers.get('content-type')).to.match(/javascript/);
    const cmap = await fetch('/assets/pdfjs/cmaps/Adobe-GB1-UCS2.bcmap');
    expect((await cmap.arrayBuffer()).byteLength).to.be.greaterThan(1000);
  });
});
