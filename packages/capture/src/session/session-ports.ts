import type { AnjuanError, Clock } from '@anjuan/core';
import type { CaptureStore, Outbox, SubmissionReceipt } from '@anjuan/core/outbox';
import type { PageImage, ProcessedPage } from '../recipe/types.js';
import type { FoundBarcode, PipelineWorker } from '../worker/protocol.js';

/** Both sides of a card on one sheet. */
export interface ComposedSheet {
  readonly image: PageImage;
  readonly thumbnail: Blob;
  readonly widthPt: number;
  readonly heightPt: number;
  readonly dpi: number;
}

/** What a separator sheet says. */
export interface SeparatorSheet {
  /** Type of the document that follows. Absent: the operator chooses. */
  readonly typeCode?: string;
}

/** What happened, for the events of the element. Ids and numbers only. */
export type SessionFact =
  | {
      readonly type: 'page-captured';
      readonly batchId: string;
      readonly pageId: string;
      readonly seq: number;
      readonly pageCount: number;
    }
  | { readonly type: 'page-ready'; readonly batchId: string; readonly pageId: string; readonly findingCount: number }
  | { readonly type: 'page-uploaded'; readonly batchId: string; readonly pageId: string }
  | { readonly type: 'document-started'; readonly batchId: string; readonly documentId: string }
  | {
      readonly type: 'batch-submitted';
      readonly receipt: SubmissionReceipt;
      readonly pageCount: number;
    };

/** What a session works with; tests give their own. */
export interface SessionPorts {
  readonly store: CaptureStore;
  readonly outbox: Outbox;
  /** Starts the worker at the first call. */
  readonly pipeline: () => Promise<PipelineWorker>;
  /** Puts the sides of a card on one A4 sheet in true size. */
  readonly composeSheet: (sides: readonly ProcessedPage[]) => Promise<ComposedSheet>;
  /** Bytes of `Binary/{id}`, for originals that were uploaded and erased here. Absent: no archive to ask. */
  readonly fetchMaster?: (binary: string) => Promise<Blob | undefined>;
  /** Undefined when the codes in a picture are not those of a separator sheet. */
  readonly readSeparator: (codes: readonly FoundBarcode[]) => SeparatorSheet | undefined;
  /** Title of a document that the operator gave none: the name of its type. */
  readonly titleOfType: (typeCode: string) => string;
  readonly language: () => string;
  readonly clock: Clock;
  readonly tell: (fact: SessionFact) => void;
  /** A failure that stops nothing else; the element shows it. */
  readonly report: (error: AnjuanError) => void;
  /** A failure that the session's state shows. */
  readonly reportShown: (error: AnjuanError) => void;
}
