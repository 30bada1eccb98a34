import { abortError, AnjuanError, linkAbort, throwIfAborted, untilAborted } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import type { CapturedPicture, FrameDevice, FrameSession } from '../../frame-source.js';
import type { ServicePicture } from './base64-picture.js';
import { LatestFrames, type DecodeFrame } from './latest-frames.js';
import { SessionEnd } from './session-end.js';

/** What a session of a service is made of. */
export interface ServiceSessionOptions {
  readonly device: FrameDevice;
  readonly decodeFrame?: DecodeFrame | undefined;
  /** Takes one picture, or several papers of one shot. */
  readonly shoot: (signal: AbortSignal) => Promise<readonly ServicePicture[]>;
  /** Gives the device back; called once. */
  readonly release: () => void;
}

/** A session with a live view of pushed frames. */
export class ServiceSession implements FrameSession {
  readonly device: FrameDevice;
  readonly warnings = [] as const;
  readonly controls = [] as const;
  readonly preview: FrameSession['preview'];
  readonly ended: Promise<AnjuanError | undefined>;
  readonly #options: ServiceSessionOptions;
  readonly #view: LatestFrames;
  readonly #end = new SessionEnd();
  readonly #life = linkAbort();
  #widthPx = 0;
  #heightPx = 0;

  constructor(options: ServiceSessionOptions) {
    this.#options = options;
    this.device = options.device;
    this.#view = new LatestFrames(options.decodeFrame);
    this.preview = { kind: 'frames', frames: this.#view.frames };
    this.ended = this.#end.ended;
  }

  get widthPx(): number {
    return this.#widthPx;
  }

  get heightPx(): number {
    return this.#heightPx;
  }

  /** Aborted when the session is over. */
  get signal(): AbortSignal {
    return this.#life.signal;
  }

  /** The size that pictures have as far as is known. */
  setSize({ widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number }): void {
    this.#widthPx = widthPx;
    this.#heightPx = heightPx;
  }

  /** A frame of the live view. */
  show(frame: () => Blob): void {
    this.#view.push(frame);
  }

  async *capture({ signal }: { readonly signal?: AbortSignal } = {}): AsyncGenerator<CapturedPicture> {
    throwIfAborted(signal);
    this.#end.assertOpen();
    const linked = linkAbort(signal, this.#life.signal);
    try {
      for (const picture of await untilAborted(this.#options.shoot(linked.signal), linked.signal)) {
        this.setSize(picture);
        yield { kind: 'bytes', bytes: picture.bytes };
      }
    } catch (error) {
      throw linked.signal.aborted ? abortError(linked.signal) : AnjuanError.from(error);
    } finally {
      linked.release();
    }
  }

  setControl(): Promise<void> {
    return Promise.reject(captureError('feature-missing'));
  }

  /** Ends because of the device. */
  lose(reason: AnjuanError): void {
    this.#over(reason);
  }

  close(): void {
    this.#over(undefined);
  }

  #over(reason: AnjuanError | undefined): void {
    if (!this.#end.end(reason)) return;
    this.#view.end();
    this.#life.abort(reason ?? captureError('device-lost', { details: { closed: true } }));
    this.#options.release();
  }
}
