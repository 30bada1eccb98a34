import { delay, type Clock } from '../../lifecycle/clock.js';
import { throwIfAborted } from '../../lifecycle/abort.js';
import type { Channel } from '../store/store-events.js';
import { newRequestId } from '../../transport/request-id.js';
import type { ClaimOptions, Claims, Release } from './claims.js';

/** Longer without an answer, and the holder's tab is gone. */
const ANSWER_MS = 1_000;
/** How often a waiting tab looks whether the claim is free. */
const LOOK_MS = 3_000;

/** Where the name of the holder is kept. */
export interface ClaimBook {
  /** Writes `holder` down unless somebody other than `gone` holds the claim; gives who holds it now. */
  enter(name: string, entry: { readonly holder: string; readonly gone?: string }): Promise<string>;
  /** Strikes it out, if `holder` still holds it. */
  leave(name: string, holder: string): Promise<void>;
}

export interface AskedClaimsOptions {
  readonly book: ClaimBook;
  readonly channel: Channel | undefined;
  readonly clock: Clock;
}

/**
 * Claims where the browser has no Web Locks, as on plain http. The holder's name stands in the database; who wants the
 * claim asks by BroadcastChannel whether the holder still lives, and takes it when nobody answers for a second. No time
 * of day is compared, so a clock that jumps does no harm. A tab that the browser froze may lose its claim this way; nothing
 * is lost then, because numbering happens inside the transaction and acknowledgements are repeatable.
 */
export class AskedClaims implements Claims {
  readonly #options: AskedClaimsOptions;
  readonly #held = new Map<string, string>();
  readonly #waiting = new Map<string, () => void>();
  readonly #hear = (message: Event): void => this.#answer((message as MessageEvent<unknown>).data);

  constructor(options: AskedClaimsOptions) {
    this.#options = options;
    options.channel?.addEventListener('message', this.#hear);
  }

  async take(name: string, { wait = false, signal }: ClaimOptions = {}): Promise<Release | undefined> {
    const never = new AbortController().signal;
    for (;;) {
      throwIfAborted(signal);
      const release = await this.#try(name);
      if (release || !wait) return release;
      await delay(this.#options.clock, LOOK_MS, signal ?? never);
    }
  }

  close(): void {
    for (const [name, holder] of this.#held) void this.#options.book.leave(name, holder).catch(() => undefined);
    this.#held.clear();
    this.#options.channel?.removeEventListener('message', this.#hear);
    this.#options.channel?.close();
  }

  async #try(name: string): Promise<Release | undefined> {
    const { book } = this.#options;
    const holder = newRequestId();
    let current = await book.enter(name, { holder });
    if (current !== holder && !(await this.#lives(current)))
      current = await book.enter(name, { holder, gone: current });
    if (current !== holder) return undefined;
    this.#held.set(name, holder);
    return () => {
      if (this.#held.get(name) !== holder) return;
      this.#held.delete(name);
      void book.leave(name, holder).catch(() => undefined);
    };
  }

  async #lives(holder: string): Promise<boolean> {
    if ([...this.#held.values()].includes(holder)) return true;
    const { channel, clock } = this.#options;
    if (!channel) return false;
    return new Promise((resolve) => {
      const settle = (lives: boolean): void => {
        this.#waiting.delete(holder);
        cancel();
        resolve(lives);
      };
      const cancel = clock.after(ANSWER_MS, () => settle(false));
      this.#waiting.set(holder, () => settle(true));
      channel.postMessage({ ask: holder });
    });
  }

  #answer(data: unknown): void {
    const { ask, alive } = (data ?? {}) as { readonly ask?: unknown; readonly alive?: unknown };
    if (typeof ask === 'string' && [...this.#held.values()].includes(ask)) {
      this.#options.channel?.postMessage({ alive: ask });
    }
    if (typeof alive === 'string') this.#waiting.get(alive)?.();
  }
}
