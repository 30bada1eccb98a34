import type { FrameSession } from '../../devices/frame-source.js';
import {
  autoCaptureStart,
  rearmAutoCapture,
  stepAutoCapture,
  type AutoCaptureMemory,
  type AutoCaptureState,
} from '../../auto-capture/index.js';
import type { DetectMode, FrameAnalysis, PipelineWorker } from '../../worker/protocol.js';
import type { LiveLayer } from './live-layer.js';
import { PreviewLoop } from './preview-loop.js';

/** What the live view works with. */
export interface LiveViewParts {
  readonly pipeline: () => Promise<PipelineWorker>;
  readonly layer: LiveLayer;
  readonly root: () => ParentNode;
  /** Auto capture may fire now. */
  readonly auto: () => boolean;
  /** Several papers in one shot. */
  readonly many: () => boolean;
  /** The moment has come; true when a page was captured. */
  readonly fire: () => Promise<boolean>;
  readonly changed: () => void;
}

/** Found pages over the live picture, the steady ring, and the moment of auto capture. */
export class LiveView {
  readonly #parts: LiveViewParts;
  readonly #loop: PreviewLoop;
  #auto: AutoCaptureMemory = autoCaptureStart;
  #analysis: FrameAnalysis | undefined;
  #hint: AutoCaptureState['status'] = 'searching';
  #session: FrameSession | undefined;
  #detect: DetectMode = 'free-hand';

  constructor(parts: LiveViewParts) {
    this.#parts = parts;
    this.#loop = new PreviewLoop({
      pipeline: parts.pipeline,
      surface: () => this.surface,
      detect: () => this.#detect,
      onFrame: (analysis) => this.#accept(analysis),
      // The live picture goes on without outlines; capture by hand works as before.
      onFailure: () => this.#clear(),
    });
  }

  get surface(): HTMLVideoElement | HTMLCanvasElement | undefined {
    return this.#parts.root().querySelector<HTMLVideoElement | HTMLCanvasElement>('[data-widget="live"]') ?? undefined;
  }

  /** How pages are looked for. */
  get detect(): DetectMode {
    return this.#detect;
  }

  /** Remembers the desk as it is now, without paper; false while there is no picture. */
  async calibrate(): Promise<boolean> {
    const { surface } = this;
    if (!surface) return false;
    const pipeline = await this.#parts.pipeline();
    await pipeline.calibrateMat(await createImageBitmap(surface));
    this.#detect = 'mat';
    this.resetAuto();
    this.#parts.changed();
    return true;
  }

  forgetMat(): void {
    this.#detect = 'free-hand';
    this.#parts.changed();
  }

  /** What the operator should do for auto capture. */
  get hint(): AutoCaptureState['status'] {
    return this.#hint;
  }

  follow(session: FrameSession | undefined): void {
    if (session === this.#session) return;
    this.#session = session;
    // Another device sees another desk.
    this.#detect = 'free-hand';
    this.resetAuto();
    this.#loop.follow(session);
    if (!session) this.#clear();
  }

  resetAuto(): void {
    this.#auto = rearmAutoCapture(this.#auto);
    this.#hint = 'searching';
  }

  /** The page in view is durable: auto capture waits for another one. */
  confirm(): void {
    const { before } = this.#auto;
    if (before && this.#auto.shot !== before) this.#auto = { ...this.#auto, shot: before, lifted: false };
  }

  #accept(analysis: FrameAnalysis): void {
    this.#analysis = analysis;
    const auto = this.#parts.auto();
    const layout = this.#parts.many() ? 'many' : 'single';
    if (auto) this.#auto = stepAutoCapture(this.#auto, analysis, performance.now(), { layout });
    this.#paint(auto);
    const hint = auto ? this.#auto.state.status : 'searching';
    if (hint !== this.#hint) {
      this.#hint = hint;
      this.#parts.changed();
    }
    if (auto && hint === 'shoot') void this.#fire();
  }

  async #fire(): Promise<void> {
    if (!(await this.#parts.fire())) this.#auto = rearmAutoCapture(this.#auto);
  }

  #paint(auto: boolean): void {
    const { surface } = this;
    const size = !surface
      ? { widthPx: 1, heightPx: 1 }
      : surface instanceof HTMLVideoElement
        ? { widthPx: surface.videoWidth, heightPx: surface.videoHeight }
        : { widthPx: surface.width, heightPx: surface.height };
    this.#parts.layer.paint(this.#analysis?.pages ?? [], size, auto ? this.#auto.state : undefined);
  }

  #clear(): void {
    this.#analysis = undefined;
    this.#paint(false);
  }
}
