import type { ErrorCode } from '@anjuan/core';
import { AnjuanEvent } from '@anjuan/core/element';

/** How a signature came about, and how much of it there is; never the ink itself. */
export interface InkCounts {
  readonly kind: 'ink' | 'typed' | 'stamped';
  readonly strokeCount: number;
  readonly sampleCount: number;
  /** True when there is nothing to send. */
  readonly empty: boolean;
}

/** Fact: the signature changed: a stroke ended, undo, redo, clear, a typed letter, another stamp. */
export class AnjuanInkChangedEvent extends AnjuanEvent<InkCounts> {
  static readonly type = 'anjuan-ink-changed';
  constructor(detail: InkCounts) {
    super(AnjuanInkChangedEvent.type, detail);
  }
}

/** Fact: the signer confirmed, by the key of the signature pad or by `confirm()`. The ink is the element's `ink`. */
export class AnjuanInkConfirmedEvent extends AnjuanEvent<InkCounts> {
  static readonly type = 'anjuan-ink-confirmed';
  constructor(detail: InkCounts) {
    super(AnjuanInkConfirmedEvent.type, detail);
  }
}

/** What asked to clear. */
export type ClearTrigger = 'button' | 'keyboard' | 'device' | 'method';

/** Intent: the sheet is about to be cleared (with undo). Cancel it and the ink stays. */
export class AnjuanRequestClearEvent extends AnjuanEvent<{
  readonly source: ClearTrigger;
  readonly strokeCount: number;
}> {
  static readonly type = 'anjuan-request-clear';
  constructor(detail: AnjuanRequestClearEvent['detail']) {
    super(AnjuanRequestClearEvent.type, detail, { cancelable: true });
  }
}

/** Fact: something failed; the pad already shows it. */
export class AnjuanPadErrorEvent extends AnjuanEvent<{
  readonly code: ErrorCode;
  readonly requestId: string | null;
  readonly retryable: boolean;
}> {
  static readonly type = 'anjuan-error';
  constructor(detail: AnjuanPadErrorEvent['detail']) {
    super(AnjuanPadErrorEvent.type, detail);
  }
}

declare global {
  interface HTMLElementEventMap {
    'anjuan-ink-changed': AnjuanInkChangedEvent;
    'anjuan-ink-confirmed': AnjuanInkConfirmedEvent;
    'anjuan-request-clear': AnjuanRequestClearEvent;
  }
}
