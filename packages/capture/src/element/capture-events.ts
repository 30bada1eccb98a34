import type { ErrorCode } from '@anjuan/core';
import { AnjuanEvent } from '@anjuan/core/element';

/** What made capture act. */
export type CaptureTrigger = 'shutter' | 'auto' | 'files' | 'method';

/** Intent: a page is about to be captured. Cancel it and nothing is taken. */
export class AnjuanRequestCaptureEvent extends AnjuanEvent<{
  readonly batchId: string;
  readonly source: CaptureTrigger;
}> {
  static readonly type = 'anjuan-request-capture';
  constructor(detail: AnjuanRequestCaptureEvent['detail']) {
    super(AnjuanRequestCaptureEvent.type, detail, { cancelable: true });
  }
}

/** Intent: the batch is about to be submitted. Cancel it to ask or check first; call `submit()` again afterwards. */
export class AnjuanRequestSubmitEvent extends AnjuanEvent<{
  readonly batchId: string;
  readonly documentCount: number;
  readonly pageCount: number;
}> {
  static readonly type = 'anjuan-request-submit';
  constructor(detail: AnjuanRequestSubmitEvent['detail']) {
    super(AnjuanRequestSubmitEvent.type, detail, { cancelable: true });
  }
}

/** Intent: a page is about to be deleted (with undo). Cancel it and it stays. */
export class AnjuanRequestDeleteEvent extends AnjuanEvent<{ readonly batchId: string; readonly pageId: string }> {
  static readonly type = 'anjuan-request-delete';
  constructor(detail: AnjuanRequestDeleteEvent['detail']) {
    super(AnjuanRequestDeleteEvent.type, detail, { cancelable: true });
  }
}

/** Intent: an unfinished batch is about to be discarded for good. Cancel it and it stays. */
export class AnjuanRequestDiscardEvent extends AnjuanEvent<{ readonly batchId: string; readonly pageCount: number }> {
  static readonly type = 'anjuan-request-discard';
  constructor(detail: AnjuanRequestDiscardEvent['detail']) {
    super(AnjuanRequestDiscardEvent.type, detail, { cancelable: true });
  }
}

/** Intent: uploading needs a new sign-in; the host shows its own. Uploading goes on when the session is good again. */
export class AnjuanRequestSignInEvent extends AnjuanEvent<Record<string, never>> {
  static readonly type = 'anjuan-request-sign-in';
  constructor() {
    super(AnjuanRequestSignInEvent.type, {}, { cancelable: true });
  }
}

/** Fact: a page is durable on this computer. `seq` counts captures in the batch, `pageCount` the pages there now. */
export class AnjuanPageCapturedEvent extends AnjuanEvent<{
  readonly batchId: string;
  readonly pageId: string;
  readonly seq: number;
  readonly pageCount: number;
}> {
  static readonly type = 'anjuan-page-captured';
  constructor(detail: AnjuanPageCapturedEvent['detail']) {
    super(AnjuanPageCapturedEvent.type, detail);
  }
}

/** Fact: a page was worked on and checked. */
export class AnjuanPageReadyEvent extends AnjuanEvent<{
  readonly batchId: string;
  readonly pageId: string;
  readonly findingCount: number;
}> {
  static readonly type = 'anjuan-page-ready';
  constructor(detail: AnjuanPageReadyEvent['detail']) {
    super(AnjuanPageReadyEvent.type, detail);
  }
}

/** Fact: the archive confirmed the original of a page with the same SHA-256. */
export class AnjuanPageUploadedEvent extends AnjuanEvent<{ readonly batchId: string; readonly pageId: string }> {
  static readonly type = 'anjuan-page-uploaded';
  constructor(detail: AnjuanPageUploadedEvent['detail']) {
    super(AnjuanPageUploadedEvent.type, detail);
  }
}

/** Fact: the archive took the batch. The receipt is the element's `receipt`. */
export class AnjuanBatchSubmittedEvent extends AnjuanEvent<{
  readonly batchId: string;
  readonly recordId: string;
  readonly documentCount: number;
  readonly pageCount: number;
}> {
  static readonly type = 'anjuan-batch-submitted';
  constructor(detail: AnjuanBatchSubmittedEvent['detail']) {
    super(AnjuanBatchSubmittedEvent.type, detail);
  }
}

/** Fact: something failed; capture already shows it. Cancelled work is no failure. */
export class AnjuanCaptureErrorEvent extends AnjuanEvent<{
  readonly code: ErrorCode;
  readonly requestId: string | null;
  readonly retryable: boolean;
}> {
  static readonly type = 'anjuan-error';
  constructor(detail: AnjuanCaptureErrorEvent['detail']) {
    super(AnjuanCaptureErrorEvent.type, detail);
  }
}

declare global {
  interface HTMLElementEventMap {
    'anjuan-request-capture': AnjuanRequestCaptureEvent;
    'anjuan-request-submit': AnjuanRequestSubmitEvent;
    'anjuan-request-delete': AnjuanRequestDeleteEvent;
    'anjuan-request-discard': AnjuanRequestDiscardEvent;
    'anjuan-request-sign-in': AnjuanRequestSignInEvent;
    'anjuan-page-captured': AnjuanPageCapturedEvent;
    'anjuan-page-ready': AnjuanPageReadyEvent;
    'anjuan-page-uploaded': AnjuanPageUploadedEvent;
    'anjuan-batch-submitted': AnjuanBatchSubmittedEvent;
  }
}
