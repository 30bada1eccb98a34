import { AnjuanError, Scope, linkAbort, throwIfAborted, untilAborted, type Clock } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import type {
  CapturedPicture,
  FrameCaptureOptions,
  FrameControl,
  FrameDevice,
  FramePreview,
  FrameSession,
  FrameWarning,
} from '../frame-source.js';
import { cameraControls, setCameraControl } from './camera-controls.js';
import type { FrameGrabber } from './frame-grabber.js';
import { capabilitiesOf, settingsOf } from './media-devices.js';
import { stopStream, type OpenedStream } from './open-stream.js';
import { verifyMode } from './verify-mode.js';

/** A frame is black when even its lightest sample is darker than this, 0 to 255; video black is 16. */
const BLACK_LEVEL = 24;
/** Black frames in a row before it is a fault: lamps and automatic exposure need their time. */
const BLACK_FRAMES = 12;
const FRAME_TIMEOUT_MS = 10_000;

/** What a session needs besides the stream. */
export interface CameraSessionParts {
  readonly device: FrameDevice;
  readonly opened: OpenedStream;
  readonly grabber: FrameGrabber;
  readonly clock: Clock;
  /** Told once, when the session is over. */
  readonly onClose: () => void;
}

/** An opened camera. */
export class CameraSession implements FrameSession {
  readonly device: FrameDevice;
  readonly preview: FramePreview;
  readonly ended: Promise<AnjuanError | undefined>;
  widthPx = 0;
  heightPx = 0;
  warnings: readonly FrameWarning[] = [];
  readonly #parts: CameraSessionParts;
  readonly #scope = new Scope();
  readonly #over = linkAbort();
  #settle: (reason: AnjuanError | undefined) => void = () => undefined;

  constructor(parts: CameraSessionParts) {
    const { stream, track } = parts.opened;
    this.#parts = parts;
    this.device = parts.device;
    this.preview = { kind: 'media-stream', stream };
    this.ended = new Promise((resolve) => (this.#settle = resolve));
    this.#scope.defer(parts.onClose);
    this.#scope.defer(() => stopStream(stream));
    this.#scope.listen(track, 'ended', () => this.lose());
  }

  /** Waits for the first frame and compares it with what the camera promised. */
  async verify(signal: AbortSignal | undefined): Promise<void> {
    const { opened } = this.#parts;
    if (opened.track.readyState === 'ended') this.lose();
    const frame = await this.#grab(signal);
    this.widthPx = 'displayWidth' in frame ? frame.displayWidth : frame.width;
    this.heightPx = 'displayHeight' in frame ? frame.displayHeight : frame.height;
    frame.close();
    this.warnings = verifyMode({
      settings: settingsOf(opened.track),
      capabilities: capabilitiesOf(opened.track),
      frame: { widthPx: this.widthPx, heightPx: this.heightPx },
      reduced: opened.reduced,
    });
  }

  get controls(): readonly FrameControl[] {
    return this.#scope.disposed ? [] : cameraControls(this.#parts.opened.track);
  }

  async setControl(name: FrameControl['name'], value: number | boolean): Promise<void> {
    throwIfAborted(this.#over.signal);
    await setCameraControl(this.#parts.opened.track, name, value);
  }

  async *capture({ signal }: FrameCaptureOptions = {}): AsyncGenerator<CapturedPicture> {
    for (let black = 0; black < BLACK_FRAMES; black += 1) {
      const bitmap = await this.#grab(signal);
      const { max } = this.#parts.grabber.light(bitmap);
      if (max >= BLACK_LEVEL) {
        yield { kind: 'bitmap', bitmap };
        return;
      }
      bitmap.close();
    }
    throw captureError('camera-dark', { details: { frames: BLACK_FRAMES } });
  }

  /** The camera went away by itself. */
  lose(): void {
    this.#finish(captureError('camera-lost'));
  }

  close(): void {
    this.#finish(undefined);
  }

  #finish(reason: AnjuanError | undefined): void {
    if (this.#scope.disposed) return;
    this.#settle(reason);
    this.#over.abort(reason ?? new AnjuanError('aborted'));
    this.#scope.dispose();
  }

  /** The next whole frame; ends with the session, with the caller's signal, or after 10 s without any. */
  async #grab(signal: AbortSignal | undefined): Promise<ImageBitmap | VideoFrame> {
    const { clock, grabber, opened } = this.#parts;
    const either = linkAbort(this.#over.signal, signal);
    const cancelTimer = clock.after(FRAME_TIMEOUT_MS, () => either.abort(captureError('device-timeout')));
    try {
      throwIfAborted(either.signal);
      const grabbing = grabber.grab(opened.stream, { signal: either.signal });
      // A frame that comes after the end has no owner.
      grabbing.then(
        (late) => either.signal.aborted && late.close(),
        () => undefined,
      );
      return await untilAborted(grabbing, either.signal);
    } finally {
      cancelTimer();
      either.release();
    }
  }
}
