import type { AnjuanError } from '@anjuan/core';
import type { SubmissionReceipt } from '@anjuan/core/outbox';

/** A batch of an earlier sitting. */
export interface FoundBatch {
  readonly batchId: string;
  readonly createdOn: number;
  readonly pageCount: number;
  /** It goes into another stay than the one this element is for. */
  readonly otherRecord: boolean;
}

/** How far finishing is. */
export interface FinishProgress {
  readonly step: 'assembling' | 'sending';
  /** Documents assembled so far, of `total`. */
  readonly done: number;
  readonly total: number;
}

/** What capture is doing with its batch. */
export type SessionState =
  | { readonly status: 'closed' }
  | { readonly status: 'opening' }
  /** Unfinished work was found: the operator decides. */
  | { readonly status: 'found'; readonly found: FoundBatch }
  /** Another tab works on the batch of this stay. */
  | { readonly status: 'in-use' }
  | { readonly status: 'open' }
  | { readonly status: 'finishing'; readonly progress: FinishProgress }
  | { readonly status: 'submitted'; readonly receipt: SubmissionReceipt; readonly pageCount: number }
  | { readonly status: 'failed'; readonly error: AnjuanError };
