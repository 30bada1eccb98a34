import { AnjuanError, linkAbort, systemClock, throwIfAborted, type Clock } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import type { CardPhotoDecoder, IdCard, IdCardReader } from '../id-card-reader.js';
import { readCardReply } from './card/read-card-reply.js';
import { holdLock, type LockRequester } from './hold-lock.js';
import { SamSession } from './sam/sam-session.js';
import type { SamTransport } from './transport/sam-transport.js';

/** Settings of a reader with a SAM_V module. */
export interface SamReaderOptions {
  readonly transport: SamTransport;
  /** Decodes the photo; without it cards come without photo and the photo's bytes are overwritten unread. */
  readonly photoDecoder?: CardPhotoDecoder;
  /** Ask for the address written later onto the card (追加住址). Default `read`. */
  readonly appendedAddress?: 'read' | 'skip';
  /** Milliseconds between two looks for a card, 200 to 300 is usual. Default 250. */
  readonly pollMs?: number;
  /** Default: the clock of the machine. */
  readonly clock?: Clock;
  /** Keeps two tabs off one reader. Default `navigator.locks`; `none` switches it off. */
  readonly locks?: LockRequester | 'none';
}

/** A reader that can also tell the number of its security module. */
export interface SamReader extends IdCardReader {
  /** Number of the module as printed on some readers. Errors: those of `read`. */
  samId(options?: { readonly signal?: AbortSignal }): Promise<string>;
}

const DEFAULT_TIMEOUT_MS = 30_000;

/**
 * An identity card reader that speaks SAM_V over WebHID, WebUSB or a serial line. The line opens on the first read,
 * which may show the browser's device chooser, so the first read belongs into a user gesture. Default timeout of a
 * read: 30,000 ms. After a lost line the next read opens it again.
 * Errors of read besides those of the line: `reader-no-card`, `reader-failed`, `reader-unusable`, `card-unsupported`,
 * `device-timeout`, `device-protocol`, `device-busy` (another tab, or a read that still runs), `client-closed`, `aborted`.
 */
export function createSamReader(options: SamReaderOptions): SamReader {
  return new OpenedOnDemand(options);
}

class OpenedOnDemand implements SamReader {
  readonly #options: SamReaderOptions;
  readonly #session: SamSession;
  readonly #clock: Clock;
  #release: (() => void) | undefined;
  #closed = false;
  #running: { readonly abort: () => void; readonly ended: Promise<unknown> } | undefined;

  constructor(options: SamReaderOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#session = new SamSession(options);
  }

  get name(): string {
    return this.#options.transport.name;
  }

  read({ signal, timeoutMs = DEFAULT_TIMEOUT_MS }: Parameters<IdCardReader['read']>[0] = {}): Promise<IdCard> {
    return this.#run(signal, timeoutMs, async (inner) => {
      const reply = await this.#session.readCard(inner);
      return readCardReply(reply, {
        photoDecoder: this.#options.photoDecoder,
        appendedAddress: () =>
          this.#options.appendedAddress === 'skip'
            ? Promise.resolve(undefined)
            : this.#session.readAppendedAddress(inner),
      });
    });
  }

  samId({ signal }: { readonly signal?: AbortSignal } = {}): Promise<string> {
    return this.#run(signal, DEFAULT_TIMEOUT_MS, (inner) => this.#session.samId(inner));
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#running?.abort();
    await this.#running?.ended.catch(() => undefined);
    await this.#closeLine();
  }

  /** One call at a time; the deadline counts from when the line stands, so that a chooser may stay open. */
  async #run<T>(
    signal: AbortSignal | undefined,
    timeoutMs: number,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    throwIfAborted(signal);
    if (this.#closed) throw new AnjuanError('client-closed');
    if (this.#running) throw captureError('device-busy', { details: { reason: 'a read is running' } });
    const link = linkAbort(signal);
    const ended = this.#work(link, timeoutMs, work);
    this.#running = { abort: () => link.abort(new AnjuanError('aborted')), ended };
    try {
      return await ended;
    } finally {
      this.#running = undefined;
      link.release();
    }
  }

  async #work<T>(
    link: ReturnType<typeof linkAbort>,
    timeoutMs: number,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    await this.#openLine(link.signal);
    const cancel = this.#clock.after(timeoutMs, () => link.abort(captureError('reader-no-card')));
    try {
      return await work(link.signal);
    } finally {
      cancel();
      if (this.#session.lost) await this.#closeLine();
    }
  }

  async #openLine(signal: AbortSignal): Promise<void> {
    if (this.#release && !this.#session.lost) return;
    if (this.#release) await this.#closeLine();
    this.#release = await holdLock(this.#options.transport.lockName, this.#options.locks);
    try {
      await this.#session.open(signal);
    } catch (error) {
      await this.#closeLine();
      throw error;
    }
  }

  async #closeLine(): Promise<void> {
    const release = this.#release;
    this.#release = undefined;
    await this.#session.close();
    release?.();
  }
}
