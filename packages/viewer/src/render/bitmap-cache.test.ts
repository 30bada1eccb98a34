import { expect } from 'chai';
import { BitmapCache } from './bitmap-cache.js';

const closed: string[] = [];
/** Stands for a decoded picture; only size and closing matter. */
function picture(name: string, side: number): ImageBitmap {
  return { width: side, height: side, close: () => closed.push(name) } as unknown as ImageBitmap;
}

describe('bitmap cache', () => {
  beforeEach(() => (closed.length = 0));

  it('answers with the smallest picture that is sharp enough, else the sharpest', () => {
    const cache = new BitmapCache();
    for (const scale of [0.27, 1.68, 4]) cache.put('p', 'rendition', { bitmap: picture(`p${scale}`, 10), scale });
    expect(cache.best('p', 1.6)?.scale).equal(1.68);
    expect(cache.best('p', 0.1)?.scale).equal(0.27);
    expect(cache.best('p', 9)?.scale).equal(4);
    expect(cache.best('q', 1)).equal(undefined);
  });

  it('keeps to its budget: large and long unused pictures go first, and every one is closed once', () => {
    const cache = new BitmapCache(4 * 100 * 100 * 5);
    for (let page = 0; page < 20; page += 1)
      cache.put(`t${page}`, 'thumbnail', { bitmap: picture(`t${page}`, 4), scale: 0.2 });
    for (let page = 0; page < 12; page += 1) {
      cache.put(`p${page}`, 'rendition', { bitmap: picture(`p${page}`, 100), scale: 2 });
      expect(cache.bytes).lte(4 * 100 * 100 * 5);
    }
    expect(closed).deep.equal(['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7']);
    expect(cache.best('t0', 0.1)).not.equal(undefined);
    cache.close();
    expect(closed.length).equal(32);
    expect(new Set(closed).size).equal(32);
    expect(cache.bytes).equal(0);
  });

  it('closes what arrives after it was closed, and what is replaced', () => {
    const cache = new BitmapCache();
    cache.put('p', 'rendition', { bitmap: picture('old', 10), scale: 2 });
    cache.put('p', 'rendition', { bitmap: picture('new', 10), scale: 2 });
    expect(closed).deep.equal(['old']);
    cache.close();
    expect(cache.put('p', 'rendition', { bitmap: picture('late', 10), scale: 2 })).equal(undefined);
    expect(closed).deep.equal(['old', 'new', 'late']);
  });
});
