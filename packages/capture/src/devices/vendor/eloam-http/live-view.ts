import { abortError, AnjuanError, delay, onAbort, type Clock } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import { pictureFromBytes, type ServicePicture } from '../shared/base64-picture.js';
import { httpResponse } from '../shared/http-call.js';
import { protocolError } from '../shared/json.js';
import type { HttpServiceOptions } from '../shared/options.js';
import { MjpegParser } from './mjpeg.js';

/** Where the live view comes from and who gets it. */
export interface LiveViewOptions {
  readonly url: string;
  readonly signal: AbortSignal;
  readonly onFrame: (frame: ServicePicture) => void;
}

/** Reads frames until the service or the signal ends it; always throws in the end: `device-lost`, `aborted` and the like. */
export async function readLiveView(
  options: HttpServiceOptions,
  { url, signal, onFrame }: LiveViewOptions,
): Promise<never> {
  const response = await httpResponse(options, { method: 'GET', url, signal });
  if (!response.body) throw protocolError('mjpeg-body');
  const parser = new MjpegParser(response.headers.get('content-type') ?? '');
  const reader = response.body.getReader();
  const leave = (): void => void reader.cancel().catch(() => undefined);
  const stop = onAbort(signal, leave);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) throw captureError('device-lost');
      for (const frame of parser.push(value)) showFrame(frame, onFrame);
    }
  } catch (cause) {
    if (signal.aborted) throw abortError(signal);
    throw AnjuanError.is(cause) ? cause : captureError('device-lost', { cause });
  } finally {
    stop();
    // The error that ends the view is the one that counts.
    leave();
  }
}

/** What keeps a live view going. */
export interface KeepLiveViewOptions extends LiveViewOptions {
  readonly clock: Clock;
  /** False once the lens or the service is gone. */
  readonly stillThere: () => Promise<boolean>;
}

/** Milliseconds before a broken view is asked for again. */
const RECONNECT_MS = 500;

/**
 * Reads frames and begins again when only the stream broke. Throws what ended the last stream: the device is gone, or a stream
 * brought no frame at all.
 */
export async function keepLiveView(
  options: HttpServiceOptions,
  { clock, stillThere, ...view }: KeepLiveViewOptions,
): Promise<never> {
  for (;;) {
    let frames = 0;
    const onFrame = (frame: ServicePicture): void => {
      frames += 1;
      view.onFrame(frame);
    };
    const error = await readLiveView(options, { ...view, onFrame }).catch((reason: unknown) =>
      AnjuanError.from(reason),
    );
    if (view.signal.aborted || frames === 0 || !(await stillThere())) throw error;
    await delay(clock, RECONNECT_MS, view.signal);
  }
}

/** A frame that is no picture is skipped: the next one is due in a moment. */
function showFrame(bytes: Uint8Array<ArrayBuffer>, onFrame: (frame: ServicePicture) => void): void {
  let frame: ServicePicture;
  try {
    frame = pictureFromBytes(bytes);
  } catch {
    return;
  }
  onFrame(frame);
}
