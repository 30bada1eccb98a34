import type { Quad } from '../../../packages/capture/src/picture/quad.js';

export const matNames = ['white', 'green', 'black', 'wood', 'felt', 'cloth'] as const;
/** What lies under the paper. `white`: white laminate, brightness of the paper. */
export type MatName = (typeof matNames)[number];

export type FormName = 'consent' | 'lab' | 'orders' | 'sheet' | 'receipt' | 'card' | 'letter' | 'certificate' | 'blank';

/** A paper on the desk; places in millimetres from the middle of the desk, turned clockwise. */
export interface Paper {
  readonly form: FormName;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly xMm: number;
  readonly yMm: number;
  readonly turnDeg: number;
  /** Colour of the empty paper. */
  readonly tint: readonly [number, number, number];
  /** How far long edges bow, share of the height; the corners stay. */
  readonly curl: number;
  /** Darkness of the contact shadow, 0 to 1. */
  readonly lift: number;
  /** `page`: must be found; `under`: lies below another one, may be found. */
  readonly role: 'page' | 'under';
  /** Text of its own; papers without share a few texts. */
  readonly variant?: number;
}

export interface Light {
  /** Change of brightness across the frame, per half width and half height. */
  readonly slope: readonly [number, number];
  readonly tint: readonly [number, number, number];
  readonly gain: number;
  /** A soft shadow: share of light lost on one side of a line through the frame. */
  readonly shadow?: { readonly angleDeg: number; readonly at: number; readonly softPx: number; readonly dark: number };
  readonly glare?: { readonly x: number; readonly y: number; readonly sizePx: number; readonly strength: number };
}

export interface Camera {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly heightMm: number;
  readonly tiltDeg: number;
  readonly tiltTowardsDeg: number;
  readonly rollDeg: number;
  /** Focal length in shares of the longer side. */
  readonly focal: number;
  /** Place looked at, millimetres. */
  readonly xMm: number;
  readonly yMm: number;
}

export interface Hand {
  /** Tip of the thumb or finger and where the arm leaves to, pixels. */
  readonly tip: readonly [number, number];
  readonly root: readonly [number, number];
  readonly widthPx: number;
}

export interface Scene {
  readonly id: string;
  readonly kind: 'free-hand' | 'mat' | 'corner' | 'empty' | 'quality';
  /** What makes it hard, for the report. */
  readonly traits: readonly string[];
  readonly seed: number;
  readonly mat: MatName;
  /** Scenes of one desk have the same camera, mat and light; `empty` ones show it without paper. */
  readonly desk?: string;
  readonly camera: Camera;
  readonly papers: readonly Paper[];
  readonly light: Light;
  readonly hands: readonly Hand[];
  readonly blurPx: number;
  readonly noise: number;
  readonly moire: number;
}

export interface ScenePaperTruth {
  readonly role: Paper['role'];
  readonly quad: Quad;
  readonly widthMm: number;
  readonly heightMm: number;
}
