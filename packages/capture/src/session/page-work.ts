import { AnjuanError } from '@anjuan/core';
import { captureError, type BatchPage } from '@anjuan/core/outbox';
import type { OpenBatch } from './open-batch.js';
import { divideMaster } from './divide-master.js';
import { makePage } from './make-page.js';
import { pageData, readPageData, type PageData } from './page-data.js';
import { takeSeparator } from './take-separator.js';
import type { SessionPorts } from './session-ports.js';
import { wholeOf } from './tray.js';

/**
 * Works on captured pages one after another, behind the shutter. What is not done when the tab dies is done after the
 * restart; a page that cannot be worked on stays with its original and says so.
 */
export class PageWork {
  readonly #ports: SessionPorts;
  readonly #desk: OpenBatch;
  readonly #queue: string[] = [];
  #current: string | undefined;
  #running: Promise<void> | undefined;
  #closed = false;

  constructor(ports: SessionPorts, desk: OpenBatch) {
    this.#ports = ports;
    this.#desk = desk;
  }

  /** Pages that wait or are being worked on. */
  get pending(): number {
    return this.#queue.length + (this.#current === undefined ? 0 : 1);
  }

  /** A page that is being worked on may wait again: its recipe changed meanwhile. */
  enqueue(pageId: string): void {
    if (!this.#queue.includes(pageId)) this.#queue.push(pageId);
    this.#running ??= this.#run();
  }

  /** Everything that an earlier life of this tab left undone. */
  enqueueWaiting(): void {
    for (const page of this.#desk.pages) if (readPageData(page).work === 'waiting') this.enqueue(page.pageId);
  }

  /** Resolves when nothing waits. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running;
  }

  close(): void {
    this.#closed = true;
    this.#queue.length = 0;
  }

  async #run(): Promise<void> {
    while (!this.#closed && this.#queue.length > 0) {
      const pageId = this.#queue.shift() ?? '';
      this.#current = pageId;
      await this.#workOn(pageId);
      this.#current = undefined;
    }
    this.#running = undefined;
  }

  async #workOn(pageId: string): Promise<void> {
    try {
      await this.#make(pageId);
    } catch (cause) {
      if (AnjuanError.is(cause, 'aborted')) return;
      const error = AnjuanError.is(cause) ? cause : captureError('pipeline-failed', { cause });
      await this.#markFailed(pageId, error);
    }
  }

  async #make(pageId: string): Promise<void> {
    const page = await this.#ports.store.page(pageId);
    if (!page || page.removedOn !== undefined) return;
    const data = readPageData(page);
    if (data.partOf !== undefined) return this.#makePart(page, data);
    if (await takeSeparator(this.#ports, this.#desk, page)) return;
    const { page: divided, added } = await divideMaster(this.#ports, this.#desk, page);
    for (const sibling of added) this.enqueue(sibling);
    const made = await makePage(this.#ports, this.#desk, divided);
    if (!made) return this.enqueueAgain(pageId);
    this.#desk.take(made);
    const findingCount = readPageData(made).made?.quality.length ?? 0;
    this.#ports.tell({ type: 'page-ready', batchId: made.batchId, pageId, findingCount });
  }

  /** A part shows on the page it belongs to: that one is made again. */
  async #makePart(page: BatchPage, data: PageData): Promise<void> {
    const done = { ...data, work: 'done' as const };
    this.#desk.take(await this.#ports.store.updatePage(page.pageId, { data: pageData(done) }));
    const whole = wholeOf(page, this.#desk.pages);
    if (!whole) return;
    const waiting = { ...readPageData(whole), work: 'waiting' as const };
    this.#desk.take(await this.#ports.store.updatePage(whole.pageId, { data: pageData(waiting) }));
    this.enqueueAgain(whole.pageId);
  }

  /** Behind the others: its recipe changed while it was worked on. */
  enqueueAgain(pageId: string): void {
    if (!this.#queue.includes(pageId)) this.#queue.push(pageId);
  }

  async #markFailed(pageId: string, error: AnjuanError): Promise<void> {
    this.#ports.report(error);
    try {
      const page = await this.#ports.store.page(pageId);
      if (!page) return;
      const failed: PageData = { ...readPageData(page), work: 'failed', errorCode: error.code };
      this.#desk.take(await this.#ports.store.updatePage(pageId, { data: pageData(failed) }));
    } catch (cause) {
      // The page stays `waiting` and is tried again at the next start.
      if (AnjuanError.is(cause)) this.#ports.report(cause);
    }
  }
}
