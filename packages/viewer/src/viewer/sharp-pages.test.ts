import { expect } from 'chai';
import { SharpPages } from './sharp-pages.js';

const page = (pageInDocument: number) => ({ documentId: 'd1', pageInDocument });

describe('sharp pages', () => {
  it('tells of the page being read, whichever of two is painted first', () => {
    const pages = new SharpPages();
    expect(pages.cameTo(page(13))).to.equal(undefined);
    expect(pages.painted({ ...page(14), renderMs: 30 })).to.equal(undefined);
    expect(pages.painted({ ...page(13), renderMs: 40 })).to.equal(40);
    expect(pages.cameTo(page(14)), 'painted before the reader came').to.equal(30);
    expect(pages.cameTo(page(14))).to.equal(undefined);
  });

  it('forgets pages painted long ago: they are painted anew when the reader comes back', () => {
    const pages = new SharpPages();
    for (let index = 0; index < 10; index += 1) pages.painted({ ...page(index), renderMs: 10 });
    expect(pages.cameTo(page(1))).to.equal(undefined);
    expect(pages.cameTo(page(9))).to.equal(10);
  });
});
