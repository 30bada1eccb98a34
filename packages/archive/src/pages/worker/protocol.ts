import type { ErrorCode, PageText } from '@anjuan/core';
import type { PageGeometry } from '../geometry.js';
import type { SniffedMime } from '../sniff.js';

/** A file the worker may already hold in memory, by SHA-256. */
export interface SourceKey {
  readonly digest: string;
  readonly mime: SniffedMime;
}

export type PageTask =
  | { readonly kind: 'measure'; readonly source: SourceKey }
  /** Pages `from` up to, not including, `to`. */
  | { readonly kind: 'text'; readonly source: SourceKey; readonly from: number; readonly to: number }
  | {
      readonly kind: 'render';
      readonly source: SourceKey;
      readonly pageIndex: number;
      readonly widthsPx: readonly number[];
    };

export interface MeasuredPages {
  readonly kind: 'measure';
  readonly pages: readonly PageGeometry[];
  /** Width of a picture's own pixels; absent for PDF. */
  readonly naturalWidthPx?: number;
}

export interface PageTexts {
  readonly kind: 'text';
  readonly texts: readonly PageText[];
  /** One for each text. */
  readonly pageKinds: readonly ('text' | 'scan')[];
}

export interface PageImages {
  readonly kind: 'render';
  readonly images: readonly { readonly widthPx: number; readonly jpeg: Uint8Array }[];
}

export type PageResult = MeasuredPages | PageTexts | PageImages;

/** The result that belongs to a task. */
export type ResultOf<T extends PageTask> = Extract<PageResult, { readonly kind: T['kind'] }>;

export type ToWorker = { readonly task: PageTask; readonly bytes?: Uint8Array };

export type FromWorker =
  | { readonly status: 'done'; readonly result: PageResult; readonly heapBytes: number }
  | { readonly status: 'needs-bytes' }
  | { readonly status: 'failed'; readonly code: ErrorCode; readonly heapBytes: number };
