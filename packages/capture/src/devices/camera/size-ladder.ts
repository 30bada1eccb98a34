import type { CameraCapabilities } from './media-devices.js';

/**
 * Widths to ask for, large to small, when the largest mode does not start.
 * @source usual modes of document cameras of 20 to 2 megapixels
 */
export const LADDER_WIDTHS = [5120, 4656, 4208, 3840, 3264, 2592, 2048, 1920] as const;

/** A width that no camera has: the browser then takes the largest mode, whatever its shape. */
const LARGEST = 9999;

/** Constraints of one attempt. */
export interface LadderRung {
  readonly widthPx: number;
  readonly constraints: MediaTrackConstraints;
}

/** What this browser turned out not to accept. */
export interface LadderOptions {
  readonly deviceId?: string;
  readonly capabilities?: CameraCapabilities;
  /** Constraint names to leave out. */
  readonly without?: ReadonlySet<string>;
}

/**
 * Attempts from the largest mode down. `resizeMode: none` forbids the browser to crop or scale a native mode (asking 3840x2160
 * of a 3264x2448 camera otherwise cuts the page); a frame rate of 1 lets slow full-size MJPEG modes in.
 */
export function sizeLadder(options: LadderOptions = {}): readonly LadderRung[] {
  const max = options.capabilities?.width?.max ?? Infinity;
  const smaller = LADDER_WIDTHS.filter((widthPx) => widthPx < max);
  return [LARGEST, ...smaller].map((widthPx) => ({ widthPx, constraints: constraintsOf(widthPx, options) }));
}

function constraintsOf(widthPx: number, { deviceId, without }: LadderOptions): MediaTrackConstraints {
  const heightPx = widthPx === LARGEST ? LARGEST : Math.round((widthPx * 3) / 4);
  const all: Record<string, unknown> = {
    ...(deviceId !== undefined && { deviceId: { exact: deviceId } }),
    width: { ideal: widthPx },
    height: { ideal: heightPx },
    resizeMode: { exact: 'none' },
    frameRate: { min: 1 },
  };
  for (const name of without ?? []) delete all[name];
  return all;
}
