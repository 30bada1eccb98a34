import type { DocumentEntry } from '@anjuan/core';
import type { IndexRange, RecordLayout } from '../layout/record-layout.js';
import { PageView } from './page-view.js';
import { pageKey, type RecordModel } from './record-model.js';
import { SectionView } from './section-view.js';
import type { PageLabelContext, ViewportTemplates } from './types.js';

export interface StageFrame {
  readonly layout: RecordLayout;
  readonly model: RecordModel;
  readonly pages: IndexRange;
  readonly documents: IndexRange;
  readonly viewWidthPx: number;
  readonly retryDocument: (documentId: string) => void;
  /** Views to keep although they left the window, for example those with a selection. */
  readonly keep: (view: PageView) => boolean;
}

/** Pages kept beyond the window, at most. */
const MAX_KEPT = 12;

/** The elements on screen: only sections and pages of the window, recycled, in reading order. */
export class Stage {
  readonly record = document.createElement('div');
  readonly #templates: ViewportTemplates;
  readonly #sections = new Map<string, SectionView>();
  readonly #pages = new Map<string, PageView>();
  readonly #spareSections: SectionView[] = [];
  readonly #sparePages: PageView[] = [];

  constructor(templates: ViewportTemplates) {
    this.#templates = templates;
    this.record.className = 'record';
  }

  get views(): readonly PageView[] {
    return [...this.#pages.values()];
  }

  view(key: string): PageView | undefined {
    return this.#pages.get(key);
  }

  /** Before any scrolling in a new layout. */
  size(layout: RecordLayout): void {
    this.record.style.height = `${layout.totalHeight}px`;
    this.record.style.width = `${layout.contentWidth}px`;
  }

  update(frame: StageFrame): void {
    const { layout } = frame;
    this.size(layout);
    const pages = this.#wantedPages(frame);
    const documentIndexes = new Set(range(frame.documents));
    for (const { documentIndex } of pages.values()) documentIndexes.add(documentIndex);
    this.#release(pages, documentIndexes, frame.model);
    let before = this.record.firstElementChild;
    for (const documentIndex of [...documentIndexes].sort((a, b) => a - b)) {
      const document = frame.model.documents[documentIndex];
      if (document === undefined) continue;
      const section = this.#section(document);
      before = placeInOrder(this.record, section.element, before);
      section.move(layout, documentIndex, frame.viewWidthPx);
      this.#draw(section, document, documentIndex, frame);
      this.#placePages(section, documentIndex, document, pages, frame);
    }
  }

  /** Templates are called again at the next update. */
  refresh(): void {
    for (const section of this.#sections.values()) section.drawn = undefined;
    for (const view of this.#pages.values()) view.drawn = undefined;
  }

  clear(): void {
    for (const view of this.#pages.values()) view.clear();
    for (const section of this.#sections.values()) section.clear();
    this.#pages.clear();
    this.#sections.clear();
    this.#sparePages.length = 0;
    this.#spareSections.length = 0;
    this.record.remove();
  }

  #wantedPages({ layout, model, pages, keep }: StageFrame): Map<string, { documentIndex: number; pageIndex: number }> {
    const wanted = new Map<string, { documentIndex: number; pageIndex: number }>();
    const add = (pageIndex: number): void => {
      const documentIndex = layout.documentOf(pageIndex);
      const document = model.documents[documentIndex];
      if (document === undefined) return;
      const key = pageKey(document, pageIndex - layout.pagesOf(documentIndex).first);
      wanted.set(key, { documentIndex, pageIndex });
    };
    for (const pageIndex of range(pages)) add(pageIndex);
    let kept = 0;
    for (const view of this.#pages.values()) {
      if (view.slot === undefined || wanted.has(view.slot.key) || kept >= MAX_KEPT || !keep(view)) continue;
      const { documentId, pageInDocument } = view.slot;
      const documentIndex = model.indexOf(documentId);
      const own = layout.pagesOf(documentIndex);
      if (documentIndex < 0 || own.first + pageInDocument > own.last) continue;
      add(own.first + pageInDocument);
      kept += 1;
    }
    return wanted;
  }

  #release(pages: ReadonlyMap<string, unknown>, documentIndexes: ReadonlySet<number>, model: RecordModel): void {
    for (const [key, view] of this.#pages) {
      if (pages.has(key)) continue;
      this.#pages.delete(key);
      view.clear();
      view.element.remove();
      this.#sparePages.push(view);
    }
    const ids = new Set([...documentIndexes].map((index) => model.documents[index]?.documentId));
    for (const [documentId, section] of this.#sections) {
      if (ids.has(documentId)) continue;
      this.#sections.delete(documentId);
      section.clear();
      section.element.remove();
      this.#spareSections.push(section);
    }
  }

  #section(document: DocumentEntry): SectionView {
    const { documentId } = document;
    const section = this.#sections.get(documentId) ?? this.#spareSections.pop() ?? new SectionView();
    this.#sections.set(documentId, section);
    return section;
  }

  #draw(section: SectionView, document: DocumentEntry, documentIndex: number, frame: StageFrame): void {
    const error = frame.model.failure(document.documentId);
    const last = section.drawn;
    if (last?.document === document && last.error === error && last.documentIndex === documentIndex) return;
    section.drawn = { document, error, documentIndex };
    const slot = { document, documentIndex };
    section.element.setAttribute('aria-label', this.#templates.documentLabel(slot));
    this.#templates.documentHeader(section.header, slot);
    if (document.pages.length > 0) return;
    const retry = (): void => frame.retryDocument(document.documentId);
    this.#templates.documentPlaceholder(section.placeholderHost(), { ...slot, ...(error ? { error } : {}), retry });
  }

  #placePages(
    section: SectionView,
    documentIndex: number,
    document: DocumentEntry,
    pages: ReadonlyMap<string, { documentIndex: number; pageIndex: number }>,
    { layout, model }: StageFrame,
  ): void {
    const { top } = layout.document(documentIndex);
    const own = layout.pagesOf(documentIndex);
    let before = section.list.firstElementChild;
    const mine = [...pages].filter(([, page]) => page.documentIndex === documentIndex);
    for (const [key, { pageIndex }] of mine.sort(([, a], [, b]) => a.pageIndex - b.pageIndex)) {
      const view = this.#pages.get(key) ?? this.#sparePages.pop() ?? new PageView();
      this.#pages.set(key, view);
      const address = { documentId: document.documentId, pageInDocument: pageIndex - own.first };
      view.assign({ key, ...address, documentIndex, pageIndex, pageCountInDocument: own.last - own.first + 1 });
      before = placeInOrder(section.list, view.element, before);
      view.move(layout.page(pageIndex), top, model.rotationOf(address));
      const drawn = `${pageIndex}/${layout.pageCount}`;
      if (view.drawn === drawn) continue;
      view.drawn = drawn;
      const label = pageLabelContext(document, documentIndex, pageIndex, layout);
      view.label(this.#templates.pageLabel(label));
    }
  }
}

export function pageLabelContext(
  document: DocumentEntry,
  documentIndex: number,
  pageIndex: number,
  layout: RecordLayout,
): PageLabelContext {
  const own = layout.pagesOf(documentIndex);
  return {
    document,
    documentIndex,
    pageNumber: pageIndex + 1,
    pageCount: layout.pageCount,
    pageNumberInDocument: pageIndex - own.first + 1,
    pageCountInDocument: own.last - own.first + 1,
  };
}

/** Puts `element` before `before` unless it is there; returns the element after it. */
function placeInOrder(parent: Element, element: Element, before: Element | null): Element | null {
  if (element === before) return element.nextElementSibling;
  parent.insertBefore(element, before);
  return before;
}

function range({ first, last }: IndexRange): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}
