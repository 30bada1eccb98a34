import type { FrameWarning } from '../frame-source.js';
import type { CameraCapabilities, CameraSettings } from './media-devices.js';

/** What the camera really does, as far as can be seen. */
export interface CameraMode {
  readonly settings: CameraSettings;
  readonly capabilities: CameraCapabilities;
  /** Size of the first frame that came. */
  readonly frame: { readonly widthPx: number; readonly heightPx: number };
  /** A larger mode was refused. */
  readonly reduced: boolean;
}

/** Below this the operator waits for each picture. */
const SLOW_FPS = 2;

/**
 * Warnings of a started camera. `cropped`: the browser cuts or scales a native mode, so that page edges may be missing;
 * `low-resolution`: the camera could do clearly more in both directions; `slow`: less than 2 frames a second.
 */
export function verifyMode({ settings, capabilities, frame, reduced }: CameraMode): readonly FrameWarning[] {
  const { widthPx, heightPx } = frame;
  const warn = (kind: FrameWarning['kind']): FrameWarning => ({ kind, widthPx, heightPx });
  const warnings: FrameWarning[] = [];
  // The largest width and the largest height may belong to two modes, so one of them is enough.
  const share = Math.max(
    widthPx / (capabilities.width?.max ?? widthPx),
    heightPx / (capabilities.height?.max ?? heightPx),
  );
  if (isCropped(settings, frame)) warnings.push(warn('cropped'));
  else if (reduced || share < 0.9) warnings.push(warn('low-resolution'));
  if (settings.frameRate !== undefined && settings.frameRate < SLOW_FPS) warnings.push(warn('slow'));
  return warnings;
}

function isCropped(settings: CameraSettings, { widthPx, heightPx }: CameraMode['frame']): boolean {
  if (settings.resizeMode !== undefined && settings.resizeMode !== 'none') return true;
  const wide = settings.width ?? widthPx;
  const high = settings.height ?? heightPx;
  // A camera on its side delivers the turned size.
  const same = (widthPx === wide && heightPx === high) || (widthPx === high && heightPx === wide);
  return !same && widthPx * heightPx < wide * high;
}
