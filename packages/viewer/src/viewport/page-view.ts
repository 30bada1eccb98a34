import type { PageText, RotationDeg } from '@anjuan/core';
import type { PagePlace } from '../layout/index.js';
import type { CachedPicture } from '../render/bitmap-cache.js';
import type { SourceTier } from '../source/page-source.js';
import { fillMarks, fillTextLayer, placeLayer } from './text-layer.js';
import type { PageMark } from './types.js';

/** Which page a view shows. */
export interface PageSlot {
  readonly key: string;
  readonly documentId: string;
  readonly documentIndex: number;
  readonly pageInDocument: number;
  readonly pageIndex: number;
  readonly pageCountInDocument: number;
}

/** What is on the canvas now. */
export interface Painted {
  readonly tier: SourceTier;
  readonly scale: number;
  readonly rotationDeg: RotationDeg;
  /** Device px the canvas was made for. */
  readonly widthPx: number;
}

/** One page on screen: canvas, text layer, marks, error box. Recycled: `assign` makes it another page. */
export class PageView {
  readonly element = document.createElement('div');
  readonly #canvas = document.createElement('canvas');
  #text: HTMLElement | undefined;
  #marks: HTMLElement | undefined;
  #state: HTMLElement | undefined;
  #place: PagePlace | undefined;
  #rotationDeg: RotationDeg = 0;
  #slot: PageSlot | undefined;
  painted: Painted | undefined;
  /** Set while the page is inside the view, for `renderMs`. */
  visibleSince: number | undefined;
  reported = false;
  textElements = 0;
  /** Identity of what the templates last said. */
  drawn: string | undefined;
  /** Key of the page whose marks it shows. */
  marked: string | undefined;

  constructor() {
    this.element.className = 'page';
    this.element.setAttribute('role', 'listitem');
    this.#canvas.className = 'page-canvas';
    this.#canvas.setAttribute('role', 'img');
    this.#canvas.width = this.#canvas.height = 0;
    this.element.append(this.#canvas);
  }

  get slot(): PageSlot | undefined {
    return this.#slot;
  }

  get place(): PagePlace | undefined {
    return this.#place;
  }

  get showsState(): boolean {
    return this.#state !== undefined;
  }

  get hasText(): boolean {
    return this.#text !== undefined;
  }

  assign(slot: PageSlot): void {
    if (this.#slot?.key !== slot.key) this.clear();
    this.#slot = slot;
    this.element.dataset['page'] = String(slot.pageIndex);
    this.element.setAttribute('aria-posinset', String(slot.pageInDocument + 1));
    this.element.setAttribute('aria-setsize', String(slot.pageCountInDocument));
    this.#showState();
  }

  label(text: string): void {
    this.#canvas.setAttribute('aria-label', text);
  }

  /** `sectionTop`: top of the document's section, to which the page is placed. */
  move(place: PagePlace, sectionTop: number, rotationDeg: RotationDeg): void {
    const { style } = this.element;
    style.width = `${place.width}px`;
    style.height = `${place.height}px`;
    style.transform = `translate(${place.left}px, ${place.top - sectionTop}px)`;
    this.#place = place;
    this.#rotationDeg = rotationDeg;
    if (this.#text) placeLayer(this.#text, place, rotationDeg);
    if (this.#marks) placeLayer(this.#marks, place, rotationDeg);
  }

  /** Draws in one go: size and content of the canvas change in the same frame. */
  paint(picture: CachedPicture, devicePixelRatio: number): void {
    const place = this.#place;
    if (place === undefined) return;
    const { bitmap } = picture;
    const turned = this.#rotationDeg % 180 !== 0;
    const width = turned ? bitmap.height : bitmap.width;
    const height = turned ? bitmap.width : bitmap.height;
    const widthPx = Math.round(place.width * devicePixelRatio);
    const shrink = Math.min(1, widthPx / width);
    this.#canvas.width = Math.max(1, Math.round(width * shrink));
    this.#canvas.height = Math.max(1, shrink < 1 ? Math.round(place.height * devicePixelRatio) : height);
    const context = this.#canvas.getContext('2d', { alpha: false });
    if (context === null) return;
    context.imageSmoothingQuality = 'high';
    context.translate(this.#canvas.width / 2, this.#canvas.height / 2);
    context.rotate((this.#rotationDeg * Math.PI) / 180);
    const drawWidth = turned ? this.#canvas.height : this.#canvas.width;
    const drawHeight = turned ? this.#canvas.width : this.#canvas.height;
    context.drawImage(bitmap, -drawWidth / 2, -drawHeight / 2, drawWidth, drawHeight);
    this.painted = { tier: picture.tier, scale: picture.scale, rotationDeg: this.#rotationDeg, widthPx };
    this.hideState();
  }

  /** True when painting this picture would change what is seen for the better. */
  wants(picture: CachedPicture, devicePixelRatio: number): boolean {
    const { painted } = this;
    if (painted === undefined || painted.rotationDeg !== this.#rotationDeg) return true;
    if (picture.scale > painted.scale * 1.001) return true;
    const widthPx = Math.round((this.#place?.width ?? 0) * devicePixelRatio);
    // Same picture, other size: only worth it while the picture has more than the canvas kept.
    return painted.widthPx !== widthPx && picture.scale * 1.001 >= painted.scale && painted.widthPx < widthPx;
  }

  showText(text: PageText): void {
    this.#text ??= this.#layer('page-text');
    this.textElements = fillTextLayer(this.#text, text);
    if (this.#place) placeLayer(this.#text, this.#place, this.#rotationDeg);
  }

  dropText(): void {
    this.#text?.remove();
    this.#text = undefined;
    this.textElements = 0;
  }

  showMarks(marks: readonly PageMark[]): void {
    this.#marks?.remove();
    this.#marks = undefined;
    if (marks.length === 0) return;
    this.#marks = this.#layer('page-marks');
    for (const mark of marks) fillMarks(this.#marks, mark.rects, { current: mark.current === true });
    if (this.#place) placeLayer(this.#marks, this.#place, this.#rotationDeg);
  }

  /** The box over the page, for the error template. */
  stateHost(): HTMLElement {
    if (this.#state === undefined) {
      this.#state = document.createElement('div');
      this.#state.className = 'page-state';
      this.element.append(this.#state);
    }
    this.#showState();
    return this.#state;
  }

  hideState(): void {
    this.#state?.remove();
    this.#state = undefined;
    this.#showState();
  }

  /** Back to an empty view; the canvas gives its memory back. */
  clear(): void {
    this.dropText();
    this.showMarks([]);
    this.#canvas.width = this.#canvas.height = 0;
    this.painted = undefined;
    this.visibleSince = undefined;
    this.reported = false;
    this.drawn = undefined;
    this.marked = undefined;
    this.#slot = undefined;
    this.hideState();
  }

  #layer(className: string): HTMLElement {
    const layer = document.createElement('div');
    layer.className = className;
    this.#canvas.after(layer);
    return layer;
  }

  #showState(): void {
    const tier = this.painted?.tier;
    const shown = tier === undefined ? 'loading' : tier === 'thumbnail' ? 'blurred' : 'sharp';
    this.element.dataset['state'] = this.#state ? 'error' : shown;
  }
}
