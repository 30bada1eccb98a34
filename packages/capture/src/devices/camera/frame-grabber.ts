import { Scope, abortError, onAbort } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';

/** How light a frame is, 0 to 255. */
export interface FrameLight {
  readonly mean: number;
  readonly max: number;
}

/** Takes whole frames out of a running stream; tests inject one without a browser. */
export interface FrameGrabber {
  /** The next frame that the camera makes, in full size. Whoever gets it closes it. */
  grab(stream: MediaStream, options: { readonly signal: AbortSignal }): Promise<ImageBitmap | VideoFrame>;
  light(frame: ImageBitmap | VideoFrame): FrameLight;
}

interface TrackProcessor {
  readonly readable: ReadableStream<VideoFrame>;
}
type TrackProcessorClass = new (init: { track: MediaStreamTrack }) => TrackProcessor;

/**
 * Frames by MediaStreamTrackProcessor, else by a video element. Never `takePhoto`: it restarts the camera, and took 5 s and a
 * PNG of 6.5 MB where a frame takes 0.2 s.
 */
export function browserFrameGrabber(): FrameGrabber {
  return {
    grab: (stream, { signal }) => {
      const [track] = stream.getVideoTracks();
      const processor = (globalThis as { MediaStreamTrackProcessor?: TrackProcessorClass }).MediaStreamTrackProcessor;
      if (!track || track.readyState === 'ended') return Promise.reject(captureError('camera-lost'));
      return processor ? grabByProcessor(new processor({ track }), signal) : grabByVideo(stream, signal);
    },
    light: measureLight,
  };
}

async function grabByProcessor({ readable }: TrackProcessor, signal: AbortSignal): Promise<VideoFrame> {
  const reader = readable.getReader();
  const stop = onAbort(signal, () => void reader.cancel().catch(() => undefined));
  try {
    const { value } = await reader.read();
    if (signal.aborted) {
      value?.close();
      throw abortError(signal);
    }
    if (!value) throw captureError('camera-lost');
    return value;
  } finally {
    stop();
    await reader.cancel().catch(() => undefined);
  }
}

async function grabByVideo(stream: MediaStream, signal: AbortSignal): Promise<ImageBitmap> {
  const scope = new Scope();
  try {
    const video = document.createElement('video');
    scope.defer(() => {
      video.pause();
      video.srcObject = null;
    });
    video.muted = true;
    video.playsInline = true;
    video.srcObject = stream;
    await new Promise<void>((resolve, reject) => {
      scope.defer(onAbort(signal, () => reject(abortError(signal))));
      const shown = (): void => resolve();
      // Without frame callbacks (before Chromium 83) the first data are the first frame.
      if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(shown);
      else scope.listen(video as EventTarget, 'loadeddata', shown);
      video.play().catch(reject);
    });
    return await createImageBitmap(video);
  } finally {
    scope.dispose();
  }
}

const SAMPLE_PX = 32;

function measureLight(frame: ImageBitmap | VideoFrame): FrameLight {
  const context = new OffscreenCanvas(SAMPLE_PX, SAMPLE_PX).getContext('2d', { willReadFrequently: true });
  if (!context) return { mean: 255, max: 255 };
  context.drawImage(frame, 0, 0, SAMPLE_PX, SAMPLE_PX);
  const { data } = context.getImageData(0, 0, SAMPLE_PX, SAMPLE_PX);
  let sum = 0;
  let max = 0;
  for (let at = 0; at < data.length; at += 4) {
    const level = Math.max(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0);
    sum += level;
    max = Math.max(max, level);
  }
  return { mean: sum / (SAMPLE_PX * SAMPLE_PX), max };
}
