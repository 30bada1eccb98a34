import { delay, type AnjuanError, type Clock } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import type { PtpCamera } from './ptp-camera.js';
import { PtpEvent } from './ptp-codes.js';
import { paramsOf, type PtpContainer } from './ptp-container.js';

/** Milliseconds between two looks for pictures. */
const LOOK_MS = 250;
/** Milliseconds after which handles are compared, for cameras whose events get lost or never come. */
const COMPARE_AFTER_MS = 2_000;
/** Milliseconds until a shot counts as failed. */
const SHOT_TIMEOUT_MS = 30_000;
/** Milliseconds that a picture may come behind the event that says the shot is complete. */
const GRACE_MS = 1_000;

/** Collects the events of one shot. */
export class PtpShot {
  readonly #handles: number[] = [];
  #complete = false;
  #failed: AnjuanError | undefined;

  /** Takes an event of the camera. */
  take(event: PtpContainer): void {
    const [handle = 0] = paramsOf(event);
    if (event.code === PtpEvent.ObjectAdded && handle !== 0 && !this.#handles.includes(handle))
      this.#handles.push(handle);
    if (event.code === PtpEvent.CaptureComplete) this.#complete = true;
    if (event.code === PtpEvent.StoreFull)
      this.#failed = captureError('service-failed', { details: { event: event.code } });
  }

  /**
   * Handles of the new pictures, in the order they came. Events get lost, come in any order or never, so nothing ends before the
   * camera's own list was compared with `before`.
   */
  async *newHandles(
    camera: PtpCamera,
    {
      before,
      clock,
      signal,
    }: { readonly before: readonly number[]; readonly clock: Clock; readonly signal: AbortSignal },
  ): AsyncGenerator<number> {
    const startMs = clock.now();
    const given = new Set(before);
    const fresh = (handles: readonly number[]): readonly number[] => handles.filter((handle) => !given.has(handle));
    let completeMs: number | undefined;
    let comparedMs = startMs;
    for (;;) {
      for (let [handle] = fresh(this.#handles); handle !== undefined; [handle] = fresh(this.#handles)) {
        given.add(handle);
        yield handle;
      }
      const nowMs = clock.now();
      if (this.#failed) throw this.#failed;
      if (this.#complete) completeMs ??= nowMs;
      if (completeMs !== undefined || nowMs - comparedMs >= COMPARE_AFTER_MS) {
        comparedMs = nowMs;
        const missed = fresh(await camera.handles(signal));
        for (const handle of missed) {
          given.add(handle);
          yield handle;
        }
        // Without an event of the end, a list that grows no more is the end.
        if (given.size > before.length && (completeMs !== undefined || missed.length === 0)) return;
        if (completeMs !== undefined && nowMs - completeMs >= GRACE_MS) {
          throw captureError('device-protocol', { details: { part: 'ptp-no-object' } });
        }
      }
      if (nowMs - startMs >= SHOT_TIMEOUT_MS)
        throw captureError('device-timeout', { details: { timeoutMs: SHOT_TIMEOUT_MS } });
      await delay(clock, LOOK_MS, signal);
    }
  }
}
