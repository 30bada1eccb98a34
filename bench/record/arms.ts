/** A page as every arm can find it, with or without knowing the sizes of the documents before it. */
export interface PageGoal {
  /** From 1, in the record. */
  readonly pageNumber: number;
  readonly documentIndex: number;
  /** From 1, in its document. */
  readonly pageInDocument: number;
}

/** What every product under test must offer to the bench page: `globalThis.bench`, set by its page script. */
export interface BenchPage {
  /** Opens the record at its first page. */
  open(): void;
  jump(goal: PageGoal): void;
  /** Opens the first page of a document; the peer that takes one file opens that document's own file. */
  openDocument(goal: PageGoal): void;
  /** Where the laid-out pages are on screen, in CSS px. */
  pageBoxes(): readonly PageBox[];
}

export interface PageBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const armNames = ['anjuan-r', 'anjuan-p', 'pdfjs'] as const;
export type ArmName = (typeof armNames)[number];
