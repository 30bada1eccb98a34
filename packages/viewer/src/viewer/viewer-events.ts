import type { ErrorCode } from '@anjuan/core';
import { AnjuanEvent } from '@anjuan/core/element';

/** What made the viewer act. */
export type IntentSource = 'attribute' | 'method' | 'retry' | 'reader';

/** Intent: a record is about to be opened. Cancel it and nothing is requested; what was shown before stays. */
export class AnjuanRequestOpenEvent extends AnjuanEvent<{
  readonly recordId: string;
  readonly documentId?: string;
  /** From 1; in the document when `documentId` is given, else in the record. */
  readonly pageNumber?: number;
  readonly source: IntentSource;
}> {
  static readonly type = 'anjuan-request-open';
  constructor(detail: AnjuanRequestOpenEvent['detail']) {
    super(AnjuanRequestOpenEvent.type, detail, { cancelable: true });
  }
}

/** Intent: the reader wants the original file of a document. Cancel it to serve it in your own way. */
export class AnjuanRequestDownloadEvent extends AnjuanEvent<{
  readonly recordId: string;
  readonly documentId: string;
  readonly versionId: string;
  readonly source: IntentSource;
}> {
  static readonly type = 'anjuan-request-download';
  constructor(detail: AnjuanRequestDownloadEvent['detail']) {
    super(AnjuanRequestDownloadEvent.type, detail, { cancelable: true });
  }
}

/** Fact: the record is laid out and can be read. `pageCount` counts the pages known so far. */
export class AnjuanRecordOpenedEvent extends AnjuanEvent<{
  readonly recordId: string;
  readonly version: string;
  readonly documentCount: number;
  readonly pageCount: number;
}> {
  static readonly type = 'anjuan-record-opened';
  constructor(detail: AnjuanRecordOpenedEvent['detail']) {
    super(AnjuanRecordOpenedEvent.type, detail);
  }
}

/** Fact: the page being read has its sharp picture. Pages beside it are not told until the reader comes to them. */
export class AnjuanPageShownEvent extends AnjuanEvent<{
  readonly recordId: string;
  readonly documentId: string;
  /** In the record, from 1. */
  readonly pageNumber: number;
  /** Pages of the record known so far. */
  readonly totalPages: number;
  /** Milliseconds from the page entering the view to its sharp picture. */
  readonly renderMs: number;
}> {
  static readonly type = 'anjuan-page-shown';
  constructor(detail: AnjuanPageShownEvent['detail']) {
    super(AnjuanPageShownEvent.type, detail);
  }
}

/** Fact: the reader has come to another document. */
export class AnjuanDocumentShownEvent extends AnjuanEvent<{
  readonly recordId: string;
  readonly documentId: string;
  /** In record order, from 1. */
  readonly documentNumber: number;
}> {
  static readonly type = 'anjuan-document-shown';
  constructor(detail: AnjuanDocumentShownEvent['detail']) {
    super(AnjuanDocumentShownEvent.type, detail);
  }
}

/** Fact: pages are shown at another size. */
export class AnjuanZoomChangedEvent extends AnjuanEvent<{
  readonly mode: 'fit-width' | 'fit-page' | 'percent';
  /** 100 is the paper's real size. */
  readonly percent: number;
}> {
  static readonly type = 'anjuan-zoom-changed';
  constructor(detail: AnjuanZoomChangedEvent['detail']) {
    super(AnjuanZoomChangedEvent.type, detail);
  }
}

/** Fact: something failed; the viewer already shows it. Cancelled work is no failure. */
export class AnjuanErrorEvent extends AnjuanEvent<{
  readonly code: ErrorCode;
  readonly requestId: string | null;
  readonly retryable: boolean;
}> {
  static readonly type = 'anjuan-error';
  constructor(detail: AnjuanErrorEvent['detail']) {
    super(AnjuanErrorEvent.type, detail);
  }
}

declare global {
  interface HTMLElementEventMap {
    'anjuan-request-open': AnjuanRequestOpenEvent;
    'anjuan-request-download': AnjuanRequestDownloadEvent;
    'anjuan-record-opened': AnjuanRecordOpenedEvent;
    'anjuan-page-shown': AnjuanPageShownEvent;
    'anjuan-document-shown': AnjuanDocumentShownEvent;
    'anjuan-zoom-changed': AnjuanZoomChangedEvent;
    'anjuan-error': AnjuanErrorEvent;
  }
}
