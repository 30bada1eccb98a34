import { abortError, AnjuanError, delay, linkAbort, throwIfAborted, untilAborted, type Clock } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import type { IdCard, IdCardReader } from '../../id-card-reader.js';

/** Milliseconds that a read waits for a card unless told otherwise. */
export const READ_TIMEOUT_MS = 30_000;
/** Milliseconds between two questions. */
export const POLL_MS = 400;

/** How one question to a service goes. */
export interface PollingReaderOptions {
  readonly name: string;
  readonly clock: Clock;
  /** One look at the reader: the card, or nothing while none lies there. `remainingMs`: how long the service may wait for one. */
  readonly look: (look: { readonly signal: AbortSignal; readonly remainingMs: number }) => Promise<IdCard | undefined>;
  /** True where the service itself waits in silence for a card, so that silence means no card. Default false. */
  readonly silentWait?: boolean;
}

/** A reader that asks again and again. Reads follow one another, because these services take one at a time. */
export function createPollingReader({ name, clock, look, silentWait }: PollingReaderOptions): IdCardReader {
  const life = linkAbort();
  let turn: Promise<unknown> = Promise.resolve();
  /** Number of the card that was read and has not left yet; never leaves this closure. */
  let lying: string | undefined;

  const wait = async (signal: AbortSignal, timeoutMs: number): Promise<IdCard> => {
    const deadlineMs = clock.now() + timeoutMs;
    const linked = linkAbort(signal, life.signal);
    let answered = silentWait === true;
    let seen = false;
    const cancel = clock.after(timeoutMs, () =>
      linked.abort(captureError(answered ? 'reader-no-card' : 'device-timeout')),
    );
    try {
      for (;;) {
        throwIfAborted(linked.signal);
        const remainingMs = Math.max(1, deadlineMs - clock.now());
        const card = await untilAborted(look({ signal: linked.signal, remainingMs }), linked.signal);
        answered = true;
        seen ||= card !== undefined;
        if (card && card.number !== lying) {
          lying = card.number;
          return card;
        }
        if (!card) lying = undefined;
        card?.photo?.close();
        await delay(clock, POLL_MS, linked.signal);
      }
    } catch (error) {
      // A service that is silent without a card tells by its silence that the last one left.
      if (silentWait && !seen && clock.now() >= deadlineMs) lying = undefined;
      throw linked.signal.aborted ? abortError(linked.signal) : AnjuanError.from(error);
    } finally {
      cancel();
      linked.release();
    }
  };

  return {
    name,
    read: async ({ signal, timeoutMs } = {}) => {
      throwIfAborted(signal);
      throwIfAborted(life.signal);
      const linked = linkAbort(signal, life.signal);
      const before = turn;
      let done = (): void => undefined;
      turn = new Promise<void>((resolve) => (done = resolve));
      try {
        await untilAborted(before, linked.signal);
        return await wait(linked.signal, timeoutMs ?? READ_TIMEOUT_MS);
      } finally {
        linked.release();
        void before.then(done);
      }
    },
    close: () => {
      lying = undefined;
      life.abort(captureError('device-lost', { details: { closed: true } }));
      return Promise.resolve();
    },
  };
}
