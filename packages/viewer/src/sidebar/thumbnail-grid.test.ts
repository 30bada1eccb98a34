import { expect } from 'chai';
import { thumbnailGrid } from './thumbnail-grid.js';

describe('grid of thumbnails', () => {
  it('mounts a constant number however long the record is', () => {
    const at = (count: number): number => {
      const grid = thumbnailGrid({ count, widthPx: 270, heightPx: 600, scrollTopPx: 2000 });
      return grid.end - grid.first;
    };
    expect(at(1000)).to.equal(at(10_000));
    expect(at(1000)).to.be.below(20);
  });

  it('uses one column in a narrow rail and more in a wide one', () => {
    const columns = (widthPx: number): number =>
      thumbnailGrid({ count: 9, widthPx, heightPx: 600, scrollTopPx: 0 }).columns;
    expect([columns(190), columns(270), columns(540)]).to.deep.equal([1, 2, 4]);
  });

  it('mounts nothing before it has a size', () => {
    expect(thumbnailGrid({ count: 9, widthPx: 0, heightPx: 0, scrollTopPx: 0 }).end).to.equal(0);
  });

  it('stays within the record at its end', () => {
    const grid = thumbnailGrid({ count: 5, widthPx: 270, heightPx: 600, scrollTopPx: 1e6 });
    expect(grid.first).to.be.at.most(5);
    expect(grid.end).to.equal(5);
  });
});
