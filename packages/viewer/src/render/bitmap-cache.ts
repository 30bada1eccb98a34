import type { PageBitmap, SourceTier } from '../source/page-source.js';

/** A picture that the cache owns: draw it at once, never close or keep it. */
export interface CachedPicture {
  readonly bitmap: ImageBitmap;
  /** Device pixels per point. */
  readonly scale: number;
  readonly tier: SourceTier;
}

interface Entry extends CachedPicture {
  readonly page: string;
  readonly bytes: number;
  usedAt: number;
}

export const DEFAULT_CACHE_BYTES = 96 * 1024 * 1024;

/** Decoded pictures by page within a byte budget. Every bitmap that goes in is closed here, exactly once. */
export class BitmapCache {
  readonly #budget: number;
  readonly #pages = new Map<string, Entry[]>();
  #bytes = 0;
  #clock = 0;
  #closed = false;

  constructor(budgetBytes = DEFAULT_CACHE_BYTES) {
    this.#budget = budgetBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    let size = 0;
    for (const entries of this.#pages.values()) size += entries.length;
    return size;
  }

  /** Takes ownership. A picture of the same page, tier and scale is replaced. */
  put(page: string, tier: SourceTier, picture: PageBitmap): CachedPicture | undefined {
    if (this.#closed) {
      picture.bitmap.close();
      return undefined;
    }
    const bytes = picture.bitmap.width * picture.bitmap.height * 4;
    const entry: Entry = { ...picture, page, tier, bytes, usedAt: ++this.#clock };
    const entries = this.#pages.get(page) ?? [];
    const same = entries.find((other) => other.tier === tier && Math.abs(other.scale - picture.scale) < 1e-3);
    if (same) this.#drop(same);
    this.#pages.set(page, [...(this.#pages.get(page) ?? []), entry]);
    this.#bytes += bytes;
    this.#shrink(entry);
    return entry;
  }

  /** The smallest picture that is sharp at `scale`, else the sharpest there is. */
  best(page: string, scale: number): CachedPicture | undefined {
    let best: Entry | undefined;
    for (const entry of this.#pages.get(page) ?? []) {
      if (best === undefined || better(entry, best, scale)) best = entry;
    }
    if (best) best.usedAt = ++this.#clock;
    return best;
  }

  /** True when a picture of at least this scale (or this tier) is there. */
  has(page: string, tier: SourceTier, scale: number): boolean {
    return (this.#pages.get(page) ?? []).some((entry) => entry.tier === tier && entry.scale >= scale * 0.98);
  }

  /** Forgets the pictures of a page, for example when its size turned out to be another. */
  delete(page: string): void {
    for (const entry of this.#pages.get(page) ?? []) this.#drop(entry);
  }

  clear(): void {
    for (const page of [...this.#pages.keys()]) this.delete(page);
  }

  /** Closes everything; pictures that arrive later are closed on arrival. */
  close(): void {
    this.#closed = true;
    this.clear();
  }

  #shrink(keep: Entry): void {
    while (this.#bytes > this.#budget) {
      let worst: Entry | undefined;
      let worstCost = -1;
      for (const entries of this.#pages.values()) {
        for (const entry of entries) {
          // Large and long unused goes first: thumbnails survive long scrolls.
          const cost = entry === keep ? -1 : entry.bytes * (this.#clock - entry.usedAt + 1);
          if (cost > worstCost) [worst, worstCost] = [entry, cost];
        }
      }
      if (worst === undefined) return;
      this.#drop(worst);
    }
  }

  #drop(entry: Entry): void {
    const left = (this.#pages.get(entry.page) ?? []).filter((other) => other !== entry);
    if (left.length > 0) this.#pages.set(entry.page, left);
    else this.#pages.delete(entry.page);
    this.#bytes -= entry.bytes;
    entry.bitmap.close();
  }
}

function better(candidate: CachedPicture, current: CachedPicture, scale: number): boolean {
  const enough = scale * 0.98;
  if (candidate.scale >= enough && current.scale >= enough) return candidate.scale < current.scale;
  return candidate.scale > current.scale;
}
