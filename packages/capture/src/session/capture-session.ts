import { AnjuanError, Scope } from '@anjuan/core';
import type { BatchLead, BatchPage, BatchTarget } from '@anjuan/core/outbox';
import type { CapturedPicture } from '../devices/frame-source.js';
import { BatchEdits } from './batch-edits.js';
import { findUnfinished } from './find-unfinished.js';
import { finishBatch } from './finish-batch.js';
import { OpenBatch } from './open-batch.js';
import { takeIn, type IntakeChoice } from './page-intake.js';
import { PageWork } from './page-work.js';
import type { SessionPorts } from './session-ports.js';
import type { SessionState } from './session-state.js';
import { EMPTY_TRAY, type Tray } from './tray.js';
import { UndoStack } from './undo-stack.js';

interface Work {
  readonly desk: OpenBatch;
  readonly pages: PageWork;
  readonly edits: BatchEdits;
}

/** One operator's batch from the first page to the receipt. Nothing here knows of cameras or of the screen. */
export class CaptureSession {
  readonly undoSteps = new UndoStack();
  readonly #ports: SessionPorts;
  readonly #changed: () => void;
  readonly #putOff = new Set<string>();
  readonly #uploaded = new Set<string>();
  #scope = new Scope();
  #target: BatchTarget | undefined;
  #state: SessionState = { status: 'closed' };
  #work: Work | undefined;
  #found: BatchLead | undefined;

  constructor(ports: SessionPorts, changed: () => void) {
    this.#ports = ports;
    this.#changed = changed;
  }

  get state(): SessionState {
    return this.#state;
  }

  get tray(): Tray {
    return this.#work?.desk.tray ?? EMPTY_TRAY;
  }

  get batchId(): string | undefined {
    return this.#work?.desk.batchId;
  }

  /** Changes of the tray; undefined while no batch is open. */
  get edits(): BatchEdits | undefined {
    return this.#state.status === 'open' ? this.#work?.edits : undefined;
  }

  /** Pages that the worker has not done yet. */
  get pendingPages(): number {
    return this.#work?.pages.pending ?? 0;
  }

  /**
   * Opens the batch for a stay: asks about unfinished work first, but for `resume`, which this very element had open.
   * Failures are the state `failed`.
   */
  async open(target: BatchTarget | undefined, options: { readonly resume?: string } = {}): Promise<void> {
    this.#closeWork();
    this.#scope.dispose();
    this.#scope = new Scope();
    this.#target = target;
    this.#set({ status: 'opening' });
    await this.#guard(async (signal) => {
      const { store } = this.#ports;
      const unfinished = await findUnfinished(store, target, { skip: this.#putOff, signal });
      if (unfinished.kind === 'none') return this.#startNew(signal);
      if (unfinished.kind === 'in-use') return this.#set({ status: 'in-use' });
      if (signal.aborted) return unfinished.lead.release();
      if (unfinished.found.batchId === options.resume) return this.#begin(unfinished.lead);
      this.#found = unfinished.lead;
      this.#set({ status: 'found', found: unfinished.found });
    });
  }

  /** Goes on with what was found. */
  async resume(): Promise<void> {
    const lead = this.#found;
    if (!lead) return;
    this.#found = undefined;
    await this.#guard(() => this.#begin(lead));
  }

  /** Leaves what was found for later and starts afresh. */
  async putOff(): Promise<void> {
    if (this.#found) this.#putOff.add(this.#found.batchId);
    await this.open(this.#target);
  }

  /** Removes what was found, with all its pages. */
  async discard(): Promise<void> {
    const lead = this.#found;
    if (!lead) return;
    await this.#guard(async () => {
      await this.#ports.store.discardBatch(lead.batchId);
      await this.open(this.#target);
    });
  }

  /** A new batch beside whatever there is. */
  async startNew(): Promise<void> {
    this.#closeWork();
    await this.#guard((signal) => this.#startNew(signal));
  }

  /** The shutter. Resolves when the page is durable; only then may anything confirm. Errors: those of the store. */
  async take(picture: CapturedPicture, choice: IntakeChoice): Promise<BatchPage | undefined> {
    const work = this.#work;
    if (!work || this.#state.status !== 'open') {
      if (picture.kind === 'bitmap') picture.bitmap.close();
      return undefined;
    }
    const page = await takeIn(this.#ports, work.desk, picture, choice);
    if (choice.aim.kind === 'retake') work.edits.rememberReplaced(choice.aim.pageId, page.pageId);
    const { batchId, pageId, seq } = page;
    this.#ports.tell({ type: 'page-captured', batchId, pageId, seq, pageCount: work.desk.tray.pages.length });
    work.pages.enqueue(pageId);
    return page;
  }

  /** The original of a page, for the editor. */
  async master(pageId: string): Promise<Blob | undefined> {
    const page = this.#work?.desk.page(pageId);
    return page && this.#work?.desk.masters.read(page);
  }

  /** Takes the newest change back. */
  async undo(): Promise<ReturnType<UndoStack['undo']>> {
    return this.undoSteps.undo();
  }

  /** Assembles every document, hands all to the outbox and waits for the receipt. A failure reopens the batch. */
  async submit(): Promise<void> {
    const work = this.#work;
    if (!work || this.#state.status !== 'open') return;
    const { desk } = work;
    const { signal } = this.#scope;
    const pageCount = desk.tray.pages.length;
    try {
      this.#set({ status: 'finishing', progress: { step: 'assembling', done: 0, total: desk.tray.documents.length } });
      await work.pages.settled();
      const receipt = await finishBatch(this.#ports, desk, {
        signal,
        progress: (progress) => this.#work === work && this.#set({ status: 'finishing', progress }),
      });
      this.#ports.tell({ type: 'batch-submitted', receipt, pageCount });
      if (this.#work !== work) return;
      this.#closeWork();
      this.#set({ status: 'submitted', receipt, pageCount });
    } catch (error) {
      if (AnjuanError.is(error, 'aborted') || !AnjuanError.is(error)) {
        if (!AnjuanError.is(error)) throw error;
        return;
      }
      this.#ports.report(error);
      if (this.#work === work) this.#set({ status: 'open' });
    }
  }

  /** All captured pages are worked on. */
  async settled(): Promise<void> {
    await this.#work?.edits.settled();
    await this.#work?.pages.settled();
  }

  close(): void {
    this.#scope.dispose();
    this.#closeWork();
    this.#state = { status: 'closed' };
  }

  async #startNew(signal: AbortSignal): Promise<void> {
    const { store } = this.#ports;
    const batch = await store.createBatch(this.#target ? { target: this.#target } : {});
    const lead = await store.lead(batch.batchId, { signal });
    await this.#begin(lead);
  }

  async #begin(lead: BatchLead): Promise<void> {
    const scope = this.#scope;
    const desk = await OpenBatch.read(this.#ports, lead, {
      changed: this.#changed,
      onPage: (page) => this.#tellUploaded(page),
    });
    if (scope.disposed) return desk.close();
    const pages = new PageWork(this.#ports, desk);
    const edits = new BatchEdits({
      store: this.#ports.store,
      desk,
      undo: this.undoSteps,
      again: (id) => pages.enqueue(id),
    });
    this.#work = { desk, pages, edits };
    this.undoSteps.clear();
    this.#set({ status: 'open' });
    pages.enqueueWaiting();
  }

  #tellUploaded(page: BatchPage): void {
    const { batchId, pageId, state } = page;
    if (state !== 'acknowledged' || this.#uploaded.has(pageId)) return;
    this.#uploaded.add(pageId);
    this.#ports.tell({ type: 'page-uploaded', batchId, pageId });
  }

  async #guard(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const { signal } = this.#scope;
    try {
      await work(signal);
    } catch (cause) {
      if (signal.aborted || AnjuanError.is(cause, 'aborted')) return;
      if (AnjuanError.is(cause, 'batch-in-use')) return this.#set({ status: 'in-use' });
      const error = AnjuanError.is(cause) ? cause : new AnjuanError('unexpected', { cause });
      this.#ports.reportShown(error);
      this.#set({ status: 'failed', error });
    }
  }

  #closeWork(): void {
    this.#found?.release();
    this.#found = undefined;
    this.#work?.pages.close();
    this.#work?.desk.close();
    this.#work = undefined;
    this.undoSteps.clear();
  }

  #set(state: SessionState): void {
    this.#state = state;
    this.#changed();
  }
}
