import { AnjuanError } from '../../errors/anjuan-error.js';
import { Scope } from '../../lifecycle/scope.js';
import type { OutboxPhase, UploadProgress } from '../types.js';
import { backoffMs } from './backoff.js';
import type { Book } from './book.js';
import { errorOf } from './error-of.js';
import { nextJob, parkedCode, type Job } from './jobs.js';
import { perform, type Workshop } from './perform.js';
import type { Network } from './network.js';
import { isRefusal, verdictOf, parksWhenRepeated } from './verdict.js';
import { WakeUp } from './wake-up.js';

/** Uploads at a time: more would only make each one slower on a ward's line. */
const CONCURRENCY = 2;
/** Tries of one job with damaged bytes before a person is asked. */
const MAX_REPEATED = 5;
/** The store itself waits under this name when it cannot be read. */
const BOOK = 'book';
/** How often a line that the browser calls dead is tried nevertheless. */
const OFFLINE_PROBE_MS = 30_000;
/** The host may have renewed its session meanwhile; nobody tells the outbox. */
const SIGN_IN_PROBE_MS = 60_000;

/** How uploading goes, for every tab. */
export interface PhaseReport {
  readonly phase: OutboxPhase;
  readonly nextTryInMs?: number;
  readonly error?: AnjuanError;
}

export interface UploaderOptions {
  readonly shop: Omit<Workshop, 'onMoved'>;
  readonly book: Book;
  readonly network: Network;
  readonly random: () => number;
  readonly onPhase: (report: PhaseReport) => void;
}

/** Sends what the book lists, one tab at a time. */
export class Uploader {
  readonly #options: UploaderOptions;
  readonly #shop: Workshop;
  readonly #scope = new Scope();
  readonly #alarm = new WakeUp();
  readonly #running = new Map<string, Promise<void>>();
  /** Jobs that wait for their own timer, with its cancellation. */
  readonly #delayed = new Map<string, { readonly cancel: () => void; readonly report: PhaseReport }>();
  readonly #failures = new Map<string, number>();
  #loaded = false;
  #lineFailures = 0;
  /** Why nothing is sent at the moment. */
  #pause: PhaseReport | undefined;
  #endPauseTimer: () => void = () => undefined;

  constructor(options: UploaderOptions) {
    this.#options = options;
    this.#shop = { ...options.shop, onMoved: () => (this.#lineFailures = 0) };
  }

  /** Something changed in the store: there may be work. */
  look(): void {
    this.#alarm.call();
  }

  /** Tries everything at once that waits for time or a person; refused pages keep waiting. */
  wake(): void {
    this.#clearPause();
    for (const { cancel } of this.#delayed.values()) cancel();
    this.#delayed.clear();
    this.#alarm.call();
  }

  /** Works until the signal ends it. */
  async run(signal: AbortSignal): Promise<void> {
    this.#scope.defer(this.#options.network.watch((online) => (online ? this.wake() : this.#alarm.call())));
    try {
      await this.#begin(signal);
      while (!signal.aborted) await this.#turn(signal);
    } finally {
      this.wake();
      this.#scope.dispose();
      await Promise.allSettled(this.#running.values());
    }
  }

  /** Nobody else uploads now: what died with another tab is taken up, what nobody wants is ended. */
  async #begin(signal: AbortSignal): Promise<void> {
    const { store } = this.#shop;
    await store.requeueUploads().catch(() => undefined);
    await this.#discardAbandoned(signal);
  }

  async #turn(signal: AbortSignal): Promise<void> {
    try {
      await (this.#loaded ? this.#options.book.refresh() : this.#options.book.load());
      this.#loaded = true;
    } catch {
      this.#delay(BOOK);
    }
    if (signal.aborted) return;
    const job = this.#pause || this.#running.size >= CONCURRENCY ? undefined : this.#choose();
    if (job) {
      this.#start(job, signal);
      return;
    }
    this.#report();
    if (this.#running.size === 0 && !this.#pause) await this.#discardAbandoned(signal);
    await this.#alarm.sleep(signal);
  }

  #choose(): Job | undefined {
    const { book, shop } = this.#options;
    const isBusy = (key: string): boolean => this.#running.has(key) || this.#delayed.has(key);
    return nextJob(book, { masters: shop.masters, isBusy });
  }

  #start(job: Job, signal: AbortSignal): void {
    const done = perform(job, this.#shop, signal)
      .then(
        () => this.#succeeded(job),
        (error: unknown) => this.#failed(job, error, signal),
      )
      .catch(() => this.#delay(job.key))
      .finally(() => {
        this.#running.delete(job.key);
        this.#alarm.call();
      });
    this.#running.set(job.key, done);
    this.#report();
  }

  #succeeded({ key }: Job): void {
    this.#lineFailures = 0;
    this.#failures.delete(key);
  }

  async #failed(job: Job, error: unknown, signal: AbortSignal): Promise<void> {
    const failures = (this.#failures.get(job.key) ?? 0) + 1;
    const known = AnjuanError.from(error);
    const verdict = verdictOf(known);
    if (verdict !== 'pause' && verdict !== 'sign-in') this.#failures.set(job.key, failures);
    if (signal.aborted) return this.#note(job, known, {});
    if (verdict === 'pause') {
      this.#pauseForLine(known);
      return this.#note(job, known, {});
    }
    // A client that the host closed sends nothing any more, like one without a token.
    if (verdict === 'sign-in' || verdict === 'ended') {
      this.#pauseForPerson('sign-in', known);
      return this.#note(job, known, {});
    }
    if (job.kind === 'submit') {
      if (isRefusal(known)) await this.#shop.store.reopen(job.batchId, known.code);
      else this.#delay(job.key, known);
      return undefined;
    }
    if (verdict === 'gone') return this.#gone(job, signal);
    if (verdict === 'forbidden') {
      // Whoever waits for the end of finishing must hear that it will not come.
      await this.#shop.store.reopen(job.batchId, known.code);
      this.#pauseForPerson('refused', known);
      return this.#note(job, known, {});
    }
    const parks = verdict === 'park' || (parksWhenRepeated(known.code) && failures >= MAX_REPEATED);
    if (parks && job.kind === 'file') return this.#shop.store.reopen(job.batchId, known.code);
    if (!parks && (verdict !== 'restart' || failures > 1)) this.#delay(job.key, known);
    return this.#note(job, known, { restart: verdict === 'restart' || parks, parks });
  }

  /** Puts on record what a try came to. A code that parks is written only when the page is to be parked. */
  async #note(
    job: Job,
    error: AnjuanError,
    how: { readonly restart?: boolean; readonly parks?: boolean },
  ): Promise<void> {
    const { store } = this.#shop;
    const change = (before: UploadProgress | undefined): UploadProgress => {
      const { url, errorCode: _code, ...rest } = before ?? { offsetBytes: 0, attempts: 1 };
      const place = how.restart ? { offsetBytes: 0 } : { ...(url !== undefined && { url }) };
      const code = parksWhenRepeated(error.code) && !how.parks ? {} : { errorCode: error.code };
      return { ...rest, ...place, ...(error.code !== 'aborted' && code) };
    };
    if (job.kind === 'master') {
      const page = await store.page(job.pageId);
      if (page) await store.noteUpload(job.pageId, { state: 'queued', upload: change(page.upload) });
    } else if (job.kind === 'file') {
      const batch = await store.storedBatch(job.batchId);
      const document = batch?.documents.find(({ documentId }) => documentId === job.documentId);
      if (batch?.state === 'finishing' && document) {
        await store.noteDocumentUpload(job.batchId, job.documentId, change(document.upload));
      }
    }
  }

  /** The batch was discarded while its page was on the way. */
  async #gone(job: Job, signal: AbortSignal): Promise<void> {
    this.#failures.delete(job.key);
    this.#delay(job.key);
    this.#options.book.mark({ type: 'batch', batchId: job.batchId });
    await this.#discardAbandoned(signal);
  }

  #pauseForLine(error: AnjuanError): void {
    // Two uploads fail by one broken line.
    if (this.#pause) return;
    this.#lineFailures += 1;
    const online = this.#options.network.online();
    const waitMs = online ? backoffMs(this.#lineFailures, this.#options.random, error) : OFFLINE_PROBE_MS;
    this.#endPauseTimer();
    this.#endPauseTimer = this.#shop.clock.after(waitMs, () => {
      this.#pause = undefined;
      this.#alarm.call();
    });
    const report: PhaseReport = { phase: online ? 'waiting' : 'offline', nextTryInMs: waitMs, error };
    this.#pause = report;
    this.#report();
  }

  /** Nothing goes until somebody calls `wake()`, or the host has a good token again: that is tried now and then. */
  #pauseForPerson(phase: 'sign-in' | 'refused', error: AnjuanError): void {
    this.#endPauseTimer();
    if (error.code.startsWith('auth-')) {
      this.#endPauseTimer = this.#shop.clock.after(SIGN_IN_PROBE_MS, () => {
        this.#pause = undefined;
        this.#alarm.call();
      });
    }
    this.#pause = { phase, error };
    this.#report();
  }

  #clearPause(): void {
    this.#endPauseTimer();
    this.#pause = undefined;
  }

  /** Lets one job wait; the others go on. */
  #delay(key: string, error?: AnjuanError): void {
    if (this.#scope.disposed) return;
    this.#delayed.get(key)?.cancel();
    const waitMs = backoffMs(this.#failures.get(key) ?? 1, this.#options.random, error);
    const cancel = this.#shop.clock.after(waitMs, () => {
      this.#delayed.delete(key);
      this.#alarm.call();
    });
    this.#delayed.set(key, { cancel, report: { phase: 'waiting', nextTryInMs: waitMs, ...(error && { error }) } });
  }

  async #discardAbandoned(signal: AbortSignal): Promise<void> {
    const { store } = this.#shop;
    const urls = await store.abandonedUploads().catch(() => []);
    for (const url of urls) {
      if (signal.aborted) return;
      const transport = await this.#shop.transport(signal).catch(() => undefined);
      if (!transport) return;
      // Best effort: an unfinished upload expires by itself.
      await transport.discard?.(url, { signal }).catch(() => undefined);
      await store.forgetAbandoned(url).catch(() => undefined);
    }
  }

  #report(): void {
    const { onPhase, book } = this.#options;
    if (this.#pause) return onPhase(this.#pause);
    if (this.#running.size > 0) return onPhase({ phase: 'uploading' });
    const parked = parkedCode(book);
    if (parked !== undefined) return onPhase({ phase: 'refused', error: errorOf(parked) });
    const [delayed] = this.#delayed.values();
    return onPhase(delayed?.report ?? { phase: 'idle' });
  }
}
