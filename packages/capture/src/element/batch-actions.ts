import { shortcomings, type Shortcoming } from '../session/finish-batch.js';
import { AnjuanRequestDiscardEvent, AnjuanRequestSubmitEvent } from './capture-events.js';
import type { CaptureModel } from './capture-model.js';

/** What is done to the whole batch: submit, next, discard, document details. */
export class BatchActions {
  readonly #model: CaptureModel;
  /** The operator asked to discard what was found; a second press does it. */
  discardAsked = false;
  /** Submitting found documents without a type. */
  typesMissing = false;

  constructor(model: CaptureModel) {
    this.#model = model;
  }

  /** Assembles and sends the batch; documents without a type are asked for first. */
  async submit(): Promise<void> {
    const model = this.#model;
    const { session } = model;
    const batchId = session?.batchId;
    if (!session || batchId === undefined || session.state.status !== 'open') return;
    await session.settled();
    const [missing] = shortcomings(model.tray.documents);
    if (missing) return this.#showShortcoming(missing);
    const documentCount = model.tray.documents.filter(({ pages }) => pages.length > 0).length;
    const pageCount = model.tray.pages.length;
    if (!model.host.fire(new AnjuanRequestSubmitEvent({ batchId, documentCount, pageCount }))) return;
    this.typesMissing = false;
    await model.guard(() => session.submit());
  }

  /** After a receipt, or while one is on its way: a fresh batch. */
  async startNext(): Promise<void> {
    const model = this.#model;
    model.setAim({ kind: 'append' });
    await model.session?.startNew();
    model.screen.focusStage();
  }

  /** Discards the batch that was found: asks once, then does it. */
  async discard(): Promise<void> {
    const { session, host } = this.#model;
    if (session?.state.status !== 'found') return;
    if (!this.discardAsked) {
      this.discardAsked = true;
      return host.update();
    }
    const { batchId, pageCount } = session.state.found;
    this.discardAsked = false;
    if (host.fire(new AnjuanRequestDiscardEvent({ batchId, pageCount }))) await session.discard();
    host.update();
  }

  openDocuments(documentId?: string): void {
    const { screen } = this.#model;
    screen.open('document-panel');
    const untyped = this.#model.tray.documents.find(
      ({ pages, typeCode }) => pages.length > 0 && typeCode === undefined,
    );
    const first = documentId ?? untyped?.documentId;
    if (first !== undefined) screen.focusDocument(first);
  }

  documentsClosed(): void {
    this.typesMissing = false;
    this.#model.screen.focusStage();
    this.#model.host.update();
  }

  #showShortcoming(missing: Shortcoming): void {
    const model = this.#model;
    const texts = model.host.texts();
    if (missing.kind === 'no-type') {
      this.typesMissing = true;
      model.live.say(texts.documents.incomplete);
      model.host.update();
      return void model.host.painted().then(() => this.openDocuments(missing.documentId));
    }
    if (missing.kind === 'failed-page') model.selection.select(missing.pageId);
    const text = missing.kind === 'no-pages' ? texts.submit.nothing : texts.submit.failedPage;
    model.toast.show({ text, tone: 'danger' });
    model.live.say(text);
  }
}
