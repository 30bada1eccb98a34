import type { BatchPage, CaptureStore } from '@anjuan/core/outbox';
import type { PageRecipe, QuarterTurn } from '../recipe/types.js';
import {
  describe,
  joinWithPrevious,
  movePages,
  rebase,
  splitBefore,
  type Documents,
  type DocumentWords,
} from './arrange.js';
import { newId } from './new-id.js';
import type { OpenBatch } from './open-batch.js';
import { pageData, readPageData, type PageData } from './page-data.js';
import type { UndoKind, UndoStack } from './undo-stack.js';

/** What the edits work on. */
export interface EditParts {
  readonly store: CaptureStore;
  readonly desk: OpenBatch;
  readonly undo: UndoStack;
  /** The page is to be worked on anew. */
  readonly again: (pageId: string) => void;
}

/** Everything an operator does to captured pages; each change can be taken back. */
export class BatchEdits {
  readonly #parts: EditParts;
  #arranging: Promise<unknown> = Promise.resolve();

  constructor(parts: EditParts) {
    this.#parts = parts;
  }

  /** The page goes out of its document; its bytes stay until the batch is submitted. */
  async remove(pageId: string): Promise<void> {
    const { store, desk, undo } = this.#parts;
    const ids = this.#withParts(pageId);
    const before = desk.batch.documents;
    for (const id of ids) await store.removePage(id);
    await desk.arrange((documents) =>
      documents.filter(({ pageIds }, at) => pageIds.length > 0 || at === documents.length - 1),
    );
    await desk.reread();
    undo.push({
      kind: 'delete',
      count: 1,
      undo: async () => {
        for (const id of ids) await store.restorePage(id);
        await desk.arrange((now) => rebase(before, allOf(now, before, ids)));
        await desk.reread();
      },
    });
  }

  /** Before another page of any document, or at the end of a document. */
  async move(pageId: string, target: { readonly documentId: string; readonly before?: string }): Promise<void> {
    const ids = this.#withParts(pageId);
    await this.#arrange('move', (documents) => movePages(documents, ids, target));
  }

  /** One place earlier or later, across the borders of documents. */
  async moveBy(pageId: string, step: 1 | -1): Promise<void> {
    const { pages, documents } = this.#parts.desk.tray;
    const page = pages.find((other) => other.pageId === pageId);
    const home = documents.findIndex(({ documentId }) => documentId === page?.documentId);
    const document = documents[home];
    if (!page || !document) return;
    const at = page.numberInDocument - 1;
    const neighbour = document.pages[at + step];
    if (neighbour) {
      const before = step < 0 ? neighbour.pageId : document.pages[at + 2]?.pageId;
      return this.move(pageId, { documentId: document.documentId, ...(before === undefined ? {} : { before }) });
    }
    const next = documents[home + step];
    if (!next) return;
    const first = step > 0 ? next.pages[0]?.pageId : undefined;
    await this.move(pageId, { documentId: next.documentId, ...(first === undefined ? {} : { before: first }) });
  }

  /** The document is cut before the page. */
  async split(pageId: string): Promise<void> {
    const documentId = newId();
    await this.#arrange('split', (documents) => splitBefore(documents, pageId, documentId));
  }

  async join(documentId: string): Promise<void> {
    await this.#arrange('join', (documents) => joinWithPrevious(documents, documentId));
  }

  /** The next page begins a document of its own. */
  async newDocument(): Promise<void> {
    const { desk } = this.#parts;
    if (desk.lastDocument.pageIds.length === 0) return;
    await desk.arrange((documents) => [...documents, { documentId: newId(), pageIds: [] }]);
  }

  /** Type, title, date. */
  async describe(documentId: string, words: DocumentWords): Promise<void> {
    await this.#arrange('describe', (documents) => describe(documents, documentId, words));
  }

  /** Turns further by quarter turns, clockwise. */
  async turn(pageId: string, deg: 90 | -90): Promise<void> {
    const data = this.#dataOf(pageId);
    if (!data) return;
    const now = data.recipe.rotationDeg ?? data.made?.recipe.rotationDeg ?? 0;
    const rotationDeg = ((now + deg + 360) % 360) as QuarterTurn;
    await this.setRecipe(pageId, { ...data.recipe, rotationDeg });
  }

  /** The page is worked on anew from its master. */
  async setRecipe(pageId: string, recipe: PageRecipe): Promise<void> {
    const data = this.#dataOf(pageId);
    if (!data) return;
    await this.#redo(pageId, recipe);
    this.#parts.undo.push({ kind: 'recipe', count: 1, undo: () => this.#redo(pageId, data.recipe) });
  }

  /** The operator looked at the findings and keeps the page. */
  async keep(pageId: string): Promise<void> {
    const data = this.#dataOf(pageId);
    if (data) await this.#store(pageId, { ...data, kept: true });
  }

  /** After a failure: tries again. */
  async retry(pageId: string): Promise<void> {
    const data = this.#dataOf(pageId);
    if (data) await this.#redo(pageId, data.recipe);
  }

  /** A retaken page took the place of an earlier one; the sides of a card follow. */
  rememberReplaced(oldId: string, newPageId: string): void {
    const { store, desk, undo } = this.#parts;
    undo.push({
      kind: 'replace',
      count: 1,
      undo: async () => {
        await store.removePage(newPageId);
        await store.restorePage(oldId);
        await desk.reread();
      },
    });
  }

  /** Resolves when every change asked for so far is stored, or has failed. */
  async settled(): Promise<void> {
    await this.#arranging;
  }

  async #arrange(kind: UndoKind, change: (documents: Documents) => Documents): Promise<void> {
    const { desk, undo } = this.#parts;
    const before = desk.batch.documents;
    const arranging = desk.arrange(change);
    this.#arranging = Promise.allSettled([this.#arranging, arranging]);
    await arranging;
    undo.push({ kind, count: 1, undo: () => desk.arrange((now) => rebase(before, now)) });
  }

  async #redo(pageId: string, recipe: PageRecipe): Promise<void> {
    // In turn with the end of the work on the page: neither overwrites what the other has just stored.
    await this.#parts.desk.inTurn(async () => {
      const data = this.#dataOf(pageId);
      if (!data) return;
      const { kept: _kept, errorCode: _code, ...rest } = data;
      await this.#store(pageId, { ...rest, recipe, work: 'waiting' });
      this.#parts.again(pageId);
    });
  }

  async #store(pageId: string, data: PageData): Promise<void> {
    const { store, desk } = this.#parts;
    desk.take(await store.updatePage(pageId, { data: pageData(data) }));
  }

  #dataOf(pageId: string): PageData | undefined {
    const page: BatchPage | undefined = this.#parts.desk.page(pageId);
    return page && readPageData(page);
  }

  #withParts(pageId: string): readonly string[] {
    const page = this.#parts.desk.tray.pages.find((other) => other.pageId === pageId);
    return [pageId, ...(page?.partIds ?? [])];
  }
}

/** Restored pages may have come back without a document when theirs is gone: then they count as present. */
function allOf(now: Documents, before: Documents, ids: readonly string[]): Documents {
  const present = new Set(now.flatMap(({ pageIds }) => pageIds));
  const missing = ids.filter((id) => !present.has(id));
  if (missing.length === 0) return now;
  const home = before.find(({ pageIds }) => missing.some((id) => pageIds.includes(id)));
  return home ? [...now, { ...home, pageIds: missing }] : now;
}
