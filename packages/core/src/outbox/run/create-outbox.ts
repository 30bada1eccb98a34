import type { ArchiveClient } from '../../client/types.js';
import { AnjuanError } from '../../errors/anjuan-error.js';
import { abortError, linkAbort, onAbort, throwIfAborted } from '../../lifecycle/abort.js';
import { delay, systemClock, type Clock } from '../../lifecycle/clock.js';
import { Scope } from '../../lifecycle/scope.js';
import { uploaderClaim } from '../claims/claim-names.js';
import { lockClaims, type Locks } from '../claims/lock-claims.js';
import type { Claims, Release } from '../claims/claims.js';
import type { OutboxStore } from '../store/outbox-store.js';
import type { Channel } from '../store/store-events.js';
import type { Submitter } from '../submit/submission.js';
import type { DocumentFile, Outbox, OutboxStatus, SubmissionReceipt, UploadTransport } from '../types.js';
import { chooseTransport, defaultTransports } from '../upload/choose-transport.js';
import { Book } from './book.js';
import { errorOf } from './error-of.js';
import { browserNetwork, type Network } from './network.js';
import { StatusBoard } from './status-board.js';
import { Uploader } from './uploader.js';
import { isParked } from './verdict.js';

/** After a failed try to become the uploader. */
const CLAIM_RETRY_MS = 5_000;

/** What an outbox works with. Everything from `clock` on is for tests. */
export interface OutboxOptions {
  readonly store: OutboxStore;
  readonly client: ArchiveClient;
  /** Default: tus and whole files; the archive's capabilities choose. */
  readonly transports?: readonly UploadTransport[];
  /** Bytes of one chunk, 4 to 8 MiB. Default 5 MiB. */
  readonly chunkBytes?: number;
  /** `archive`: colour masters are kept there as evidence; `local`: they are erased with the batch. Default `archive`. */
  readonly masters?: 'archive' | 'local';
  /** Who is named in Provenance and as author. Default: `Anjuan capture` in Provenance, no author. */
  readonly submitter?: Submitter;
  readonly clock?: Clock;
  /** 0 up to, not including, 1. */
  readonly random?: () => number;
  /** Default: the claims of the store. */
  readonly locks?: Locks;
  readonly network?: Network;
  /** Makes a channel to the other tabs; `null`: none. */
  readonly channel?: ((name: string) => Channel) | null;
}

/**
 * Sends what a capture store holds: masters while scanning goes on, files and the submission when a batch is finished. One
 * tab at a time works; every tab sees how it goes. Closing it, or a crash, loses nothing: the next one goes on.
 */
export function createOutbox(options: OutboxOptions): Outbox {
  return new TabOutbox(options);
}

class TabOutbox implements Outbox {
  readonly #store: OutboxStore;
  readonly #scope = new Scope();
  readonly #book: Book;
  readonly #board: StatusBoard;
  readonly #uploader: Uploader;
  readonly #claims: Claims;
  readonly #clock: Clock;
  #started = false;

  constructor(options: OutboxOptions) {
    const { store, client, clock = systemClock, random = Math.random, masters = 'archive', submitter = {} } = options;
    const transports = options.transports ?? defaultTransports(options);
    this.#store = store;
    this.#clock = clock;
    this.#claims = options.locks ? lockClaims(options.locks) : store.claims;
    this.#book = new Book(store);
    this.#board = new StatusBoard({ channel: openChannel(options), onWake: () => this.#uploader.wake() });
    let chosen: UploadTransport | undefined;
    this.#uploader = new Uploader({
      shop: {
        store,
        client,
        clock,
        masters,
        submitter,
        transport: async (signal) => (chosen ??= await chooseTransport(client, transports, signal)),
      },
      book: this.#book,
      network: options.network ?? browserNetwork,
      random,
      onPhase: (report) => this.#board.lead(report),
    });
    this.#scope.defer(() => this.#board.close());
    this.#scope.defer(store.watch((event) => this.#book.mark(event) && void this.#follow()));
    void this.#book.load().then(
      () => this.#board.count(this.#book.totals),
      () => undefined,
    );
  }

  get status(): OutboxStatus {
    return this.#board.status;
  }

  start(): void {
    if (this.#started || this.#scope.disposed) return;
    this.#started = true;
    void this.#work().catch(() => undefined);
  }

  wake(): void {
    this.#uploader.wake();
    this.#board.askToWake();
  }

  watch(listener: (status: OutboxStatus) => void): () => void {
    return this.#board.watch(listener);
  }

  async finish(
    batchId: string,
    options: { readonly files?: readonly DocumentFile[]; readonly signal?: AbortSignal } = {},
  ): Promise<SubmissionReceipt> {
    const { files = [], signal } = options;
    throwIfAborted(signal);
    const before = await this.#store.storedBatch(batchId);
    if (before?.state === 'open') {
      // Whoever finishes again after a refusal wants it tried again.
      for (const { pageId, upload } of await this.#store.pages(batchId)) {
        if (!upload || !isParked(upload.errorCode)) continue;
        const { errorCode: _code, ...rest } = upload;
        await this.#store.noteUpload(pageId, { upload: rest });
      }
    }
    await this.#store.beginFinish(batchId, files);
    this.start();
    this.wake();
    return this.#outcome(batchId, signal);
  }

  close(): void {
    this.#scope.dispose();
  }

  async #work(): Promise<void> {
    const { signal } = this.#scope;
    const release = await this.#lead(signal);
    try {
      this.#board.takeLead();
      await this.#uploader.run(signal);
    } finally {
      release();
    }
  }

  /** Waits until this tab is the one that uploads. */
  async #lead(signal: AbortSignal): Promise<Release> {
    for (;;) {
      try {
        const release = await this.#claims.take(uploaderClaim(this.#store.name), { wait: true, signal });
        if (release) return release;
      } catch (error) {
        throwIfAborted(signal);
        // A store that fails for a moment must not end uploading until the page is loaded again.
        if (!AnjuanError.from(error).retryable) throw error;
      }
      await delay(this.#clock, CLAIM_RETRY_MS, signal);
    }
  }

  async #follow(): Promise<void> {
    this.#uploader.look();
    await this.#book.refresh().catch(() => undefined);
    if (!this.#scope.disposed) this.#board.count(this.#book.totals);
  }

  /** Waits until the batch is submitted or given back, by whichever tab. */
  #outcome(batchId: string, signal: AbortSignal | undefined): Promise<SubmissionReceipt> {
    return new Promise((resolve, reject) => {
      const ends = linkAbort(signal, this.#scope.signal);
      const settle = (finish: () => void): void => {
        stopWatching();
        stopAbort();
        ends.release();
        finish();
      };
      const look = async (): Promise<void> => {
        const batch = await this.#store.storedBatch(batchId);
        const { receipt } = batch ?? {};
        if (receipt) {
          await this.#store.markSeen(batchId).catch(() => undefined);
          settle(() => resolve(receipt));
        } else if (batch?.state !== 'finishing') settle(() => reject(errorOf(batch?.refusal ?? 'batch-not-found')));
      };
      const check = (): void => void look().catch((error: unknown) => settle(() => reject(AnjuanError.from(error))));
      const stopWatching = this.#store.watch((event) => {
        if (event.type === 'batch' && event.batchId === batchId) check();
      });
      const stopAbort = onAbort(ends.signal, () => queueMicrotask(() => settle(() => reject(abortError(ends.signal)))));
      check();
    });
  }
}

function openChannel({ channel, store }: OutboxOptions): Channel | undefined {
  const name = `${store.name}:outbox`;
  if (channel !== undefined) return channel?.(name);
  return typeof BroadcastChannel === 'function' ? new BroadcastChannel(name) : undefined;
}
