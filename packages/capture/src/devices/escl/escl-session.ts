import { abortError, AnjuanError, linkAbort, throwIfAborted, type LinkedAbort } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import type { CapturedPicture, FrameDevice, FrameSession } from '../frame-source.js';
import { SessionEnd } from '../vendor/shared/session-end.js';
import type { EsclHttpOptions } from './escl-http.js';
import { scanPages } from './scan-job.js';
import type { EsclJobSettings } from './scan-settings.js';

/** What a session is made of. */
export interface EsclSessionOptions {
  readonly http: EsclHttpOptions;
  readonly device: FrameDevice;
  readonly baseUrl: string;
  readonly settings: EsclJobSettings;
  /** Ends the session when the way to the scanner is lost. */
  readonly life: LinkedAbort;
  /** Gives back what the way to the scanner holds; called once. */
  readonly release?: () => void;
}

/** A session with a scanner: one capture is one job, all pages of the feeder. */
export function openEsclSession({ http, device, baseUrl, settings, life, release }: EsclSessionOptions): FrameSession {
  const end = new SessionEnd();
  const over = (reason?: AnjuanError): void => {
    if (!end.end(reason)) return;
    life.abort(reason ?? captureError('device-lost', { details: { closed: true } }));
    release?.();
  };
  life.signal.addEventListener('abort', () => over(abortError(life.signal)), { once: true });

  async function* capture(signal: AbortSignal | undefined): AsyncGenerator<CapturedPicture> {
    throwIfAborted(signal);
    end.assertOpen();
    const linked = linkAbort(signal, life.signal);
    try {
      const pages = scanPages({ http, baseUrl, settings, signal: linked.signal });
      for await (const bytes of pages) yield { kind: 'bytes', bytes, dpi: settings.dpi };
    } catch (error) {
      throw linked.signal.aborted ? abortError(linked.signal) : AnjuanError.from(error);
    } finally {
      linked.release();
    }
  }

  const toPx = (length: number): number => Math.round((length * settings.dpi) / 300);
  return {
    device,
    widthPx: toPx(settings.width),
    heightPx: toPx(settings.height),
    warnings: [],
    controls: [],
    preview: { kind: 'none' },
    capture: (options = {}) => capture(options.signal),
    setControl: () => Promise.reject(captureError('feature-missing')),
    ended: end.ended,
    close: () => over(),
  };
}
