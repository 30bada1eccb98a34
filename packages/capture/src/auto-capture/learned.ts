/** What auto-capture learned of this camera and these papers. */
export interface Learned {
  /** Least motion between two frames: the noise of the camera. */
  readonly noise?: number;
  /** Usual sharpness of pages that were shot. */
  readonly sharpness?: number;
}

/** A still picture of a good camera changes by less than this, mean level a frame. */
const LEAST_LIMIT = 3;
/** More than this is no noise. */
const MOST_NOISE = 6;

/** The least motion seen lately; it rises slowly, so that a change of light is learned, too. */
export function learnMotion(learned: Learned, motion: number): Learned {
  return { ...learned, noise: Math.min(motion, (learned.noise ?? 1) * 1.02, MOST_NOISE) };
}

/** Above this something moves. */
export function motionLimit({ noise = 0 }: Learned): number {
  return Math.max(LEAST_LIMIT, 2 * noise + 1);
}

/** A slow mean over pages, as full pages are sharper than nearly empty ones. */
export function learnSharpness(learned: Learned, sharpness: number): Learned {
  return {
    ...learned,
    sharpness: learned.sharpness === undefined ? sharpness : 0.7 * learned.sharpness + 0.3 * sharpness,
  };
}
