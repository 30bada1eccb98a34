import type { AnjuanError, PageEntry, Scope } from '@anjuan/core';
import { pageBox, type RecordLayout } from '../layout/index.js';
import { BitmapCache, type CachedPicture } from '../render/bitmap-cache.js';
import { PictureLoader, type PageTarget } from '../render/picture-loader.js';
import { MAX_PICTURE_PX } from '../render/picture-plan.js';
import { RenderScheduler } from '../render/scheduler.js';
import type { SourcePool } from '../render/source-pool.js';
import { PageTexts } from './page-texts.js';
import type { PageSlot, PageView } from './page-view.js';
import { PaintQueue } from './paint-queue.js';
import { pictureWishes, type WishedPage } from './picture-wishes.js';
import { pageKey, type RecordModel } from './record-model.js';
import type { ScrollWindow } from './scroller.js';
import type { Stage } from './stage.js';
import { paintThumbnail } from './thumbnail.js';
import type { ThumbnailRequest } from './types.js';

export interface PainterEvents {
  shown(slot: PageSlot, renderMs: number): void;
  failed(target: PageTarget, error: AnjuanError): void;
  /** Show the error box of a page. */
  showError(view: PageView, error: AnjuanError): void;
  measured(target: PageTarget, page: PageEntry): void;
  /** Something arrived or failed: update soon. */
  changed(): void;
}

export interface PainterFrame {
  readonly layout: RecordLayout;
  readonly model: RecordModel;
  readonly window: ScrollWindow;
  readonly direction: 1 | -1;
  readonly flinging: boolean;
  /** The zoom is changing: what is on screen is stretched, not drawn anew. */
  readonly zooming: boolean;
  /** Soon other pages will be in view: those there now are not worth a request. */
  readonly passing: boolean;
  /** Nothing moves: texts may be loaded. */
  readonly resting: boolean;
  readonly pinned: (view: PageView) => boolean;
}

const PAGES_AHEAD = 3;
const CACHE_BYTES = { least: 32 * 1024 * 1024, most: 128 * 1024 * 1024 } as const;

/** Brings pictures and texts onto the page views: cached ones at once, others in order of importance. */
export class PagePainter {
  readonly #stage: Stage;
  readonly #events: PainterEvents;
  readonly #cache: BitmapCache;
  readonly #scheduler = new RenderScheduler();
  readonly #loader: PictureLoader;
  readonly #paints: PaintQueue;
  readonly #texts: PageTexts;
  readonly #maxPixels: number;
  #frame: PainterFrame | undefined;

  constructor(stage: Stage, pool: SourcePool, scope: Scope, options: { cacheBytes?: number; events: PainterEvents }) {
    this.#stage = stage;
    this.#events = options.events;
    this.#cache = new BitmapCache(options.cacheBytes ?? defaultCacheBytes());
    scope.defer(() => this.#cache.close());
    scope.defer(() => this.#scheduler.dispose());
    this.#paints = new PaintQueue(scope);
    this.#texts = new PageTexts(pool, scope);
    this.#maxPixels = MAX_PICTURE_PX[matchMedia('(pointer: coarse)').matches ? 'coarse' : 'fine'];
    this.#loader = new PictureLoader(pool, this.#cache, {
      loaded: (target, picture) => this.#loaded(target, picture),
      failed: (target, error) => {
        this.#events.failed(target, error);
        this.#events.changed();
      },
      measured: (target, page) => this.#events.measured(target, page),
      replan: () => this.#events.changed(),
    });
  }

  /** No picture of the view is under way. */
  get idle(): boolean {
    return this.#scheduler.runningKeys.length === 0;
  }

  /** A page in the view has no sharp picture yet, and one is on its way. */
  get waitsForVisible(): boolean {
    return this.#scheduler.waitsForVisible;
  }

  update(frame: PainterFrame): void {
    this.#frame = frame;
    const middle = (frame.window.top + frame.window.bottom) / 2;
    const visible: { view: PageView; wish: WishedPage; distance: number }[] = [];
    const near: WishedPage[] = [];
    for (const view of this.#stage.views) {
      const wish = this.#wish(view.slot);
      const place = view.place;
      if (wish === undefined || place === undefined) continue;
      const inView = place.top < frame.window.bottom && place.top + place.height > frame.window.top;
      if (inView) view.visibleSince ??= performance.now();
      else view.visibleSince = undefined;
      this.#showWhatIsThere(view, wish);
      const distance = Math.max(0, place.top - middle, middle - place.top - place.height);
      if (inView) visible.push({ view, wish, distance });
      else near.push(wish);
    }
    visible.sort((a, b) => a.distance - b.distance);
    const waiting = visible.filter(({ view }) => !frame.zooming || view.painted === undefined);
    const wished = pictureWishes({
      loader: this.#loader,
      visible: waiting.map(({ wish }) => wish),
      ahead: frame.zooming ? [] : this.#ahead(frame, near),
      flinging: frame.flinging,
      maxPixels: this.#maxPixels,
    });
    this.#scheduler.setWanted(frame.passing ? [] : wished);
    // Texts wait until every page in the view has its picture.
    if (!frame.resting || frame.zooming || frame.passing || this.#scheduler.waitsForVisible) return;
    const texts = visible.map(({ view, wish }) => ({ view, target: wish.target, pinned: frame.pinned(view) }));
    this.#texts.show(texts, () => this.#events.changed());
  }

  /** Forgets failures of one page or of all. */
  retry(key?: string): void {
    this.#loader.retry(key);
    this.#texts.retry();
    for (const view of this.#stage.views) if (key === undefined || view.slot?.key === key) view.hideState();
  }

  target(model: RecordModel, documentIndex: number, pageInDocument: number): PageTarget | undefined {
    const document = model.documents[documentIndex];
    const page = document?.pages[pageInDocument];
    if (document === undefined || page === undefined) return undefined;
    const box = pageBox(page, model.rotationOf({ documentId: document.documentId, pageInDocument }));
    return { key: pageKey(document, pageInDocument), document, documentIndex, pageInDocument, page, box };
  }

  async drawThumbnail(target: PageTarget, model: RecordModel, request: ThumbnailRequest): Promise<void> {
    const plan = this.#loader.thumbnailPlan(target);
    const enough = (): CachedPicture | undefined => {
      const cached = this.#cache.best(target.key, plan.scale);
      return cached !== undefined && cached.scale >= plan.scale * 0.9 ? cached : undefined;
    };
    if (enough() === undefined) {
      const run = async (signal: AbortSignal): Promise<void> => {
        if (enough() === undefined) await this.#loader.load(target, plan, 'thumbnail', signal);
      };
      await this.#scheduler.request({ ...this.#loader.job(target, plan, 'thumbnail'), run }, request.signal);
    }
    const picture = enough();
    if (picture) paintThumbnail(request.canvas, picture, model.rotationOf(request));
  }

  #wish(slot: PageSlot | undefined): WishedPage | undefined {
    const frame = this.#frame;
    if (slot === undefined || frame === undefined) return undefined;
    const target = this.target(frame.model, slot.documentIndex, slot.pageInDocument);
    if (target === undefined) return undefined;
    return { target, scale: frame.layout.page(slot.pageIndex).scale * pixelRatio() };
  }

  /** Pages around the view, then the next ones in scroll direction that have no element yet. */
  #ahead({ layout, model, window, direction }: PainterFrame, near: readonly WishedPage[]): WishedPage[] {
    const range = layout.pagesIn(window.top, window.bottom);
    const wishes: WishedPage[] = [];
    for (let step = 1; step <= PAGES_AHEAD; step += 1) {
      const pageIndex = direction === 1 ? range.last + step : range.first - step;
      if (pageIndex < 0 || pageIndex >= layout.pageCount) break;
      const documentIndex = layout.documentOf(pageIndex);
      const target = this.target(model, documentIndex, pageIndex - layout.pagesOf(documentIndex).first);
      if (target) wishes.push({ target, scale: layout.page(pageIndex).scale * pixelRatio() });
    }
    const keys = new Set(wishes.map(({ target }) => target.key));
    return [...wishes, ...near.filter(({ target }) => !keys.has(target.key))];
  }

  #showWhatIsThere(view: PageView, { target, scale }: WishedPage): void {
    const cached = this.#cache.best(target.key, scale);
    const error = this.#loader.failure(target.key);
    if (cached === undefined) {
      if (error && view.painted === undefined) this.#events.showError(view, error);
      return;
    }
    if (view.wants(cached, pixelRatio()) && !(this.#frame?.zooming === true && view.painted)) {
      this.#paint(view, target, cached);
    } else {
      this.#report(view, target, scale);
    }
  }

  #loaded(target: PageTarget, picture: CachedPicture): void {
    const view = this.#stage.view(target.key);
    if (view?.wants(picture, pixelRatio())) this.#paint(view, target, picture);
    this.#events.changed();
  }

  #paint(view: PageView, target: PageTarget, picture: CachedPicture): void {
    const { bitmap } = picture;
    const pixels = bitmap.width * bitmap.height;
    // Looked up anew when its turn comes: the view may show another page, the cache may have dropped the picture.
    const paint = (): void => {
      const wish = this.#wish(view.slot);
      if (wish?.target.key !== target.key) return;
      const best = this.#cache.best(target.key, wish.scale);
      if (best === undefined || !view.wants(best, pixelRatio())) return;
      view.paint(best, pixelRatio());
      this.#report(view, wish.target, wish.scale);
    };
    this.#paints.add(target.key, { pixels, paint });
  }

  #report(view: PageView, target: PageTarget, scale: number): void {
    if (view.reported || view.visibleSince === undefined || view.painted === undefined || !view.slot) return;
    if (view.painted.scale < this.#loader.plan(target, scale, this.#maxPixels).scale * 0.98) return;
    view.reported = true;
    this.#events.shown(view.slot, performance.now() - view.visibleSince);
  }
}

/** Decoded pages for about eight screens, whatever the resolution. */
function defaultCacheBytes(): number {
  const screenBytes = innerWidth * innerHeight * pixelRatio() ** 2 * 4;
  return Math.min(CACHE_BYTES.most, Math.max(CACHE_BYTES.least, screenBytes * 8));
}

function pixelRatio(): number {
  return Math.min(3, Math.max(0.5, devicePixelRatio));
}
