import { AnjuanError, Scope } from '@anjuan/core';
import type { FrameSession } from '../../devices/frame-source.js';
import type { DetectMode, FrameAnalysis, PipelineWorker } from '../../worker/protocol.js';

/** Enough to find a page in; a larger picture only costs time. */
const ANALYSED_WIDTH_PX = 1280;
/** Pause between two looks: about ten a second, so that hands stay smooth and the computer stays cool. */
const PAUSE_MS = 70;
const HIDDEN_PAUSE_MS = 500;

/** What the loop needs of its surroundings. */
export interface PreviewParts {
  readonly pipeline: () => Promise<PipelineWorker>;
  /** The element that shows the live picture now. */
  readonly surface: () => HTMLVideoElement | HTMLCanvasElement | undefined;
  readonly detect: () => DetectMode;
  readonly onFrame: (analysis: FrameAnalysis) => void;
  /** Called once when looking at frames fails for good; the picture itself goes on. */
  readonly onFailure: (error: AnjuanError) => void;
}

/** Looks at the live picture again and again while a device is open. */
export class PreviewLoop {
  readonly #parts: PreviewParts;
  #scope = new Scope();
  #session: FrameSession | undefined;

  constructor(parts: PreviewParts) {
    this.#parts = parts;
    this.#scope.dispose();
  }

  /** Follows this session; undefined ends the loop. */
  follow(session: FrameSession | undefined): void {
    if (session === this.#session) return;
    this.#scope.dispose();
    this.#session = session;
    if (!session || session.preview.kind === 'none') return;
    this.#scope = new Scope();
    if (session.preview.kind === 'frames') void this.#paint(session.preview.frames, this.#scope);
    void this.#look(this.#scope);
  }

  async #look(scope: Scope): Promise<void> {
    let failures = 0;
    while (!scope.disposed) {
      const surface = this.#parts.surface();
      const visible = document.visibilityState === 'visible';
      if (surface && visible && isShowing(surface)) {
        try {
          const analysis = await this.#analyse(surface);
          failures = 0;
          if (!scope.disposed) this.#parts.onFrame(analysis);
        } catch (cause) {
          failures += AnjuanError.is(cause, 'aborted') ? 0 : 1;
          // Between two pictures there may be nothing to look at; many times in a row, the worker is gone.
          if (failures >= 5 && !scope.disposed) {
            if (AnjuanError.is(cause)) this.#parts.onFailure(cause);
            return;
          }
        }
      }
      await pause(scope, visible ? PAUSE_MS : HIDDEN_PAUSE_MS);
    }
  }

  async #analyse(surface: HTMLVideoElement | HTMLCanvasElement): Promise<FrameAnalysis> {
    const pipeline = await this.#parts.pipeline();
    return pipeline.analyseFrame(await frameOf(surface), { mode: this.#parts.detect() });
  }

  /** Devices without a media stream hand out bitmaps; they are painted and closed here. */
  async #paint(frames: ReadableStream<ImageBitmap>, scope: Scope): Promise<void> {
    const reader = frames.getReader();
    scope.defer(() => void reader.cancel().catch(() => undefined));
    try {
      for (let next = await reader.read(); !next.done && !scope.disposed; next = await reader.read()) {
        // The first picture may come before its place on the screen.
        for (let tries = 0; !this.#parts.surface() && !scope.disposed && tries < 50; tries += 1) await pause(scope, 20);
        const canvas = this.#parts.surface();
        if (canvas instanceof HTMLCanvasElement) paintOn(canvas, next.value);
        next.value.close();
      }
    } catch {
      // The session tells by `ended` why its pictures stopped.
    }
  }
}

/**
 * The picture as it is now. A frame of a video moves to the worker as it is; making a bitmap of it, where browsers lack
 * that, converts and shrinks all its pixels here first (80 ms for 1920 x 1440 without a graphics card).
 */
async function frameOf(surface: HTMLVideoElement | HTMLCanvasElement): Promise<ImageBitmap | VideoFrame> {
  if (surface instanceof HTMLVideoElement && 'VideoFrame' in globalThis) return new VideoFrame(surface);
  const widthPx = surface instanceof HTMLVideoElement ? surface.videoWidth : surface.width;
  const resize = widthPx > ANALYSED_WIDTH_PX ? { resizeWidth: ANALYSED_WIDTH_PX } : {};
  return createImageBitmap(surface, { ...resize, resizeQuality: 'low' });
}

function isShowing(surface: HTMLVideoElement | HTMLCanvasElement): boolean {
  return surface instanceof HTMLVideoElement ? surface.readyState >= 2 && surface.videoWidth > 0 : surface.width > 1;
}

function paintOn(canvas: HTMLCanvasElement, bitmap: ImageBitmap): void {
  if (canvas.width !== bitmap.width || canvas.height !== bitmap.height) {
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
  }
  canvas.getContext('2d', { alpha: false })?.drawImage(bitmap, 0, 0);
}

function pause(scope: Scope, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    if (scope.disposed) return resolve();
    const stop = scope.defer(resolve);
    scope.timeout(() => stop(), delayMs);
  });
}
