import { formatNumber } from '@anjuan/core/element';
import type { PageColour } from '../recipe/types.js';
import type { BatchEdits } from '../session/batch-edits.js';
import type { TrayPage } from '../session/tray.js';
import { AnjuanRequestDeleteEvent } from './capture-events.js';
import type { CaptureModel } from './capture-model.js';

/** What the tools and keys do to the selected page. */
export class PageActions {
  readonly #model: CaptureModel;

  constructor(model: CaptureModel) {
    this.#model = model;
  }

  async remove(): Promise<void> {
    const { model, page } = this.#now();
    const batchId = model.session?.batchId;
    if (!page || batchId === undefined) return;
    if (!model.host.fire(new AnjuanRequestDeleteEvent({ batchId, pageId: page.pageId }))) return;
    const focused = model.screen.focusInTray();
    model.selection.leave(model.tray, page.pageId);
    await this.#edit((edits) => edits.remove(page.pageId));
    const texts = model.host.texts();
    const text = texts.undo.delete(this.#number(page));
    model.toast.show({ text, action: { label: texts.undo.button, onClick: () => void this.undo() } });
    model.live.say(text);
    if (focused) await this.#refocus();
  }

  async undo(): Promise<void> {
    const { model } = this.#now();
    const texts = model.host.texts();
    model.toast.hide();
    await model.guard(async () => {
      const step = await model.session?.undo();
      const done = step && `${texts.undo.done}: ${texts.undo.kinds[step.kind]}`;
      model.live.say(done ?? texts.undo.nothing);
    });
  }

  /** One place on or back; the focus stays on the page. */
  async moveBy(step: 1 | -1): Promise<void> {
    const { page } = this.#now();
    if (!page) return;
    const focused = this.#model.screen.focusInTray();
    await this.#edit((edits) => edits.moveBy(page.pageId, step));
    this.#sayPlace(page);
    if (focused) await this.#refocus();
  }

  async moveTo(pageId: string, target: { readonly documentId: string; readonly before?: string }): Promise<void> {
    await this.#edit((edits) => edits.move(pageId, target));
    const page = this.#model.tray.pages.find((other) => other.pageId === pageId);
    if (page) this.#sayPlace(page);
  }

  turn(deg: 90 | -90): Promise<void> {
    return this.#edit((edits, page) => edits.turn(page.pageId, deg));
  }

  keep(): Promise<void> {
    return this.#edit((edits, page) => edits.keep(page.pageId));
  }

  retry(): Promise<void> {
    return this.#edit((edits, page) => edits.retry(page.pageId));
  }

  split(): Promise<void> {
    return this.#edit((edits, page) => edits.split(page.pageId));
  }

  join(): Promise<void> {
    return this.#edit((edits, page) => edits.join(page.documentId));
  }

  async newDocument(): Promise<void> {
    const { model } = this.#now();
    await model.guard(async () => model.session?.edits?.newDocument());
    model.live.say(model.host.texts().tray.nextHere);
    await model.host.painted();
    model.screen.revealEnd();
  }

  /** Of the selected page while the focus is in the tray; else of the pages to come. */
  async colour(colour: PageColour): Promise<void> {
    const { model, page } = this.#now();
    model.live.say(model.host.texts().colours[colour]);
    if (page && model.screen.focusInTray()) {
      await this.#edit((edits) => edits.setRecipe(page.pageId, { ...page.data.recipe, colour }));
    } else model.setColour(colour);
  }

  async #edit(change: (edits: BatchEdits, page: TrayPage) => Promise<void>): Promise<void> {
    const { model, page } = this.#now();
    if (!page) return;
    await model.guard(async () => {
      const edits = model.session?.edits;
      if (edits) await change(edits, page);
    });
  }

  #now(): { readonly model: CaptureModel; readonly page: TrayPage | undefined } {
    return { model: this.#model, page: this.#model.selected };
  }

  #number(page: TrayPage): string {
    return formatNumber(page.number, this.#model.host.locale());
  }

  #sayPlace(before: TrayPage): void {
    const { model } = this.#now();
    const texts = model.host.texts();
    const page = model.tray.pages.find(({ pageId }) => pageId === before.pageId);
    if (!page) return;
    const document = model.tray.documents.find(({ documentId }) => documentId === page.documentId);
    const moved = document && page.documentId !== before.documentId;
    const number = this.#number(page);
    model.live.say(
      moved
        ? texts.tray.movedDocument(number, formatNumber(document.number, model.host.locale()))
        : texts.tray.moved(number),
    );
  }

  /** The tile may have been drawn anew at another place. */
  async #refocus(): Promise<void> {
    const { model } = this.#now();
    await model.host.painted();
    model.screen.focusSelected();
  }
}
