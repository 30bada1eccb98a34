import type { DocumentEntry, DocumentVerdict } from '@anjuan/core';
import type { Locale } from '@anjuan/core/element';
import { render } from 'lit';
import type { ViewerTexts } from '../locales/viewer.js';
import type { DocumentSlot, ViewportPosition, ViewportTemplates } from '../viewport/types.js';
import { documentHeader } from './document-header.js';
import { verdictOf } from './verdict-mark.js';
import { AnjuanRequestSignaturesEvent } from './request-signatures-event.js';
import { documentPlaceholder, pageFailure } from './document-placeholder.js';

/** What the templates need of the element, read at each call so that a new language takes effect. */
export interface TemplateContext {
  texts(): ViewerTexts;
  locale(): Locale;
  requestDownload(document: DocumentEntry): void;
  /** What was found out about signed documents. */
  verdicts(): readonly DocumentVerdict[];
}

/** Fills the boxes of the viewport with the element's texts, and keeps `p 1/2` of the current document true. */
export class ViewerTemplates implements ViewportTemplates {
  readonly #context: TemplateContext;
  readonly #headers = new Map<HTMLElement, DocumentSlot>();
  #position: ViewportPosition | undefined;

  constructor(context: TemplateContext) {
    this.#context = context;
  }

  /** Renews the headers of the document left and of the one entered. */
  moveTo(position: ViewportPosition): void {
    const affected = new Set([this.#position?.documentIndex, position.documentIndex]);
    this.#position = position;
    for (const [host, slot] of this.#headers) {
      if (!host.isConnected) this.#headers.delete(host);
      else if (affected.has(slot.documentIndex)) this.#renderHeader(host, slot);
    }
  }

  pageLabel(context: Parameters<ViewportTemplates['pageLabel']>[0]): string {
    const texts = this.#context.texts();
    const inRecord = texts.live.page(context.pageNumber, context.pageCount);
    return `${context.document.title}, ${texts.document.pageOfSpoken(context.pageNumberInDocument, context.pageCountInDocument)}, ${inRecord}`;
  }

  documentLabel(slot: DocumentSlot): string {
    return this.#context.texts().document.label(slot.document.title);
  }

  documentHeader(host: HTMLElement, slot: DocumentSlot): void {
    this.#headers.set(host, slot);
    this.#renderHeader(host, slot);
  }

  documentPlaceholder(host: HTMLElement, slot: Parameters<ViewportTemplates['documentPlaceholder']>[1]): void {
    const { document, error } = slot;
    const view = documentPlaceholder({
      texts: this.#context.texts(),
      locale: this.#context.locale(),
      document,
      ...(error === undefined ? {} : { error }),
      onRetry: () => slot.retry(),
      onDownload: () => this.#context.requestDownload(document),
    });
    render(view, host);
  }

  pageError(host: HTMLElement, context: Parameters<ViewportTemplates['pageError']>[1]): void {
    const texts = this.#context.texts();
    const locale = this.#context.locale();
    const onDownload = (): void => this.#context.requestDownload(context.document);
    render(pageFailure({ texts, locale, error: context.error, onRetry: () => context.retry(), onDownload }), host);
  }

  #renderHeader(host: HTMLElement, slot: DocumentSlot): void {
    const { document, documentIndex } = slot;
    const { documentId, versionId } = document;
    const here = this.#position?.documentIndex === documentIndex ? this.#position.pageInDocument : undefined;
    const view = documentHeader({
      texts: this.#context.texts(),
      locale: this.#context.locale(),
      document,
      pageNumber: here === undefined ? undefined : here + 1,
      verdict: verdictOf(this.#context.verdicts(), document),
      onDownload: () => this.#context.requestDownload(document),
      onSignatures: () => host.dispatchEvent(new AnjuanRequestSignaturesEvent({ documentId, versionId })),
    });
    render(view, host);
  }
}
