import { AnjuanError, type DocumentEntry, type PageEntry } from '@anjuan/core';
import type { PageBox } from '../layout/index.js';
import type { PageBitmap } from '../source/page-source.js';
import type { BitmapCache, CachedPicture } from './bitmap-cache.js';
import { sharpPlan, thumbnailPlan, type PageTiers, type PicturePlan } from './picture-plan.js';
import { transportLane, type RenderJob, type RenderLane } from './scheduler.js';
import type { SourcePool } from './source-pool.js';

/** A page as the loader sees it. */
export interface PageTarget {
  /** Key of its pictures in the cache. */
  readonly key: string;
  readonly document: DocumentEntry;
  readonly documentIndex: number;
  readonly pageInDocument: number;
  readonly page: PageEntry;
  readonly box: PageBox;
}

export interface PictureEvents {
  loaded(target: PageTarget, picture: CachedPicture): void;
  failed(target: PageTarget, error: AnjuanError): void;
  /** The file shows another page size than the record said. */
  measured(target: PageTarget, page: PageEntry): void;
  /** Another tier must be tried: plan again. */
  replan(): void;
}

/** With these the other tier would fail as well. */
const NO_OTHER_TIER = /^(?:network|auth|record|document-not-found|document-locked|client-closed|version|aborted)/;

/** Turns plans into jobs that fill the cache; falls back between renditions and original bytes. */
export class PictureLoader {
  readonly #pool: SourcePool;
  readonly #cache: BitmapCache;
  readonly #events: PictureEvents;
  readonly #failures = new Map<string, AnjuanError>();
  readonly #noRendition = new Set<string>();
  readonly #noVector = new Set<string>();
  readonly #noThumbnail = new Set<string>();

  constructor(pool: SourcePool, cache: BitmapCache, events: PictureEvents) {
    this.#pool = pool;
    this.#cache = cache;
    this.#events = events;
  }

  failure(key: string): AnjuanError | undefined {
    return this.#failures.get(key);
  }

  /** Forgets failures, so that the page (or all) is tried again. */
  retry(key?: string): void {
    for (const memory of [this.#failures, this.#noRendition, this.#noVector, this.#noThumbnail]) {
      if (key === undefined) memory.clear();
      else memory.delete(key);
    }
  }

  /** What to show at a scale in device px per point; undefined when it is in the cache or has failed. */
  missing(target: PageTarget, scale: number, maxPixels: number): PicturePlan | undefined {
    const plan = this.plan(target, scale, maxPixels);
    const cached = this.#cache.best(target.key, plan.scale);
    if (this.#failures.has(target.key)) return undefined;
    return cached !== undefined && cached.scale >= plan.scale * 0.98 ? undefined : plan;
  }

  plan(target: PageTarget, scale: number, maxPixels: number): PicturePlan {
    return sharpPlan(target.page, target.box, this.#tiers(target), scale, maxPixels);
  }

  /** The small picture; undefined when any picture is in the cache, or when it would cost as much as the sharp one. */
  missingThumbnail(target: PageTarget): PicturePlan | undefined {
    const tiers = this.#tiers(target);
    if (!tiers.rendition || this.#failures.has(target.key) || this.#noThumbnail.has(target.key)) return undefined;
    if (this.#cache.best(target.key, 0)) return undefined;
    return thumbnailPlan(target.page, tiers);
  }

  thumbnailPlan(target: PageTarget): PicturePlan {
    return thumbnailPlan(target.page, this.#tiers(target));
  }

  job(target: PageTarget, plan: PicturePlan, lane: RenderLane): RenderJob {
    const via = this.#via(target, plan);
    return {
      key: `${target.key}@${plan.tier}/${plan.scale.toFixed(3)}`,
      lane,
      kind: via === 'rendition' ? 'network' : 'cpu',
      run: async (signal) => {
        try {
          await this.load(target, plan, lane, signal);
        } catch (error) {
          this.#failed(target, plan, via, AnjuanError.from(error));
        }
      },
    };
  }

  /** Fills the cache. Errors: those of the source. */
  async load(target: PageTarget, plan: PicturePlan, lane: RenderLane, signal: AbortSignal): Promise<CachedPicture> {
    const { document, pageInDocument: pageIndex } = target;
    const request = { pageIndex, scale: plan.scale, lane: transportLane(lane), signal };
    const picture = await this.#pool.use(document, this.#via(target, plan), signal, (source) => source.render(request));
    return this.#keep(target, plan, picture);
  }

  #keep(target: PageTarget, plan: PicturePlan, picture: PageBitmap): CachedPicture {
    // As sharp as it gets counts as sharp; otherwise it would be asked for again and again.
    const scale = Math.max(plan.scale, picture.scale);
    const cached = this.#cache.put(target.key, plan.tier, { bitmap: picture.bitmap, scale });
    if (cached === undefined) throw new AnjuanError('aborted');
    if (picture.page) this.#events.measured(target, picture.page);
    this.#events.loaded(target, cached);
    return cached;
  }

  #failed(target: PageTarget, plan: PicturePlan, via: 'rendition' | 'vector', error: AnjuanError): void {
    if (error.code === 'aborted') return;
    const { rendition, vector } = this.#tiers(target);
    if (plan.tier === 'thumbnail') {
      // Only a preview: the sharp picture speaks for the page.
      this.#noThumbnail.add(target.key);
    } else if (via === 'rendition' && vector && !NO_OTHER_TIER.test(error.code)) {
      this.#noRendition.add(target.key);
      this.#events.replan();
    } else if (via === 'vector' && rendition) {
      this.#noVector.add(target.key);
      this.#events.replan();
    } else {
      this.#failures.set(target.key, error);
      this.#events.failed(target, error);
    }
  }

  #via(target: PageTarget, plan: PicturePlan): 'rendition' | 'vector' {
    return plan.tier !== 'vector' && this.#tiers(target).rendition ? 'rendition' : 'vector';
  }

  #tiers({ key, document, page }: PageTarget): PageTiers {
    const offered = page.widthsPx.length > 0 && this.#pool.factory(document, 'rendition') !== undefined;
    return {
      rendition: offered && !this.#noRendition.has(key),
      vector: this.#pool.factory(document, 'vector') !== undefined && !this.#noVector.has(key),
    };
  }
}
