import { abortError, AnjuanError, onAbort } from '@anjuan/core';
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
