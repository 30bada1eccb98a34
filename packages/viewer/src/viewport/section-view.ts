import type { AnjuanError, DocumentEntry } from '@anjuan/core';
import { SPACING, type RecordLayout } from '../layout/record-layout.js';

/** One document on screen: sticky header, list of its visible pages, or a placeholder box. Recycled. */
export class SectionView {
  readonly element = document.createElement('div');
  readonly header = document.createElement('div');
  readonly list = document.createElement('div');
  #placeholder: HTMLElement | undefined;
  /** Identity of what the templates last drew. */
  drawn: { document: DocumentEntry; error: AnjuanError | undefined; documentIndex: number } | undefined;

  constructor() {
    this.element.className = 'document';
    this.element.setAttribute('role', 'group');
    this.header.className = 'document-header';
    this.list.className = 'pages';
    this.element.append(this.header, this.list);
  }

  move(layout: RecordLayout, documentIndex: number, viewWidthPx: number): void {
    const { top, height } = layout.document(documentIndex);
    const pages = layout.pagesOf(documentIndex);
    const { style } = this.element;
    style.height = `${height - SPACING.documentGap}px`;
    // Not a transform: sticky boxes are placed as if their ancestors had none, so the header would stick at the wrong end.
    style.top = `${top}px`;
    this.header.style.height = `${layout.headerHeight}px`;
    this.header.style.width = `${viewWidthPx}px`;
    if (pages.last >= pages.first) {
      this.list.setAttribute('role', 'list');
      this.#placeholder?.remove();
      this.#placeholder = undefined;
      return;
    }
    this.list.removeAttribute('role');
    const box = this.placeholderHost();
    const width = Math.min(viewWidthPx - 2 * SPACING.sideNarrow, 640);
    box.style.width = `${width}px`;
    box.style.height = `${SPACING.placeholderHeight}px`;
    const left = Math.max(0, Math.round((layout.contentWidth - width) / 2));
    box.style.transform = `translate(${left}px, ${layout.headerHeight + SPACING.pageGap}px)`;
  }

  placeholderHost(): HTMLElement {
    if (this.#placeholder === undefined) {
      this.#placeholder = document.createElement('div');
      this.#placeholder.className = 'document-placeholder';
      this.element.append(this.#placeholder);
    }
    return this.#placeholder;
  }

  clear(): void {
    this.drawn = undefined;
    this.#placeholder?.remove();
    this.#placeholder = undefined;
    this.list.replaceChildren();
  }
}
