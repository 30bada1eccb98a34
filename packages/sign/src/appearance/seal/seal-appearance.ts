import type { FormAppearance } from '../appearance.js';
import type { SignatureFont } from '../font/signature-font.js';
import { FormCanvas } from '../form/form-canvas.js';
import { drawTestMark } from '../test-mark.js';
import { paintSeal } from './paint-seal.js';
import type { Seal } from './seal.js';

/** A seal as a Form XObject of its own size; text under it stays readable (blend mode Multiply, allowed by PDF/A-2). Errors: `invalid-argument`. */
export async function sealAppearance(options: {
  readonly seal: Seal;
  /** Lets what is under the seal shine through. Default true. */
  readonly multiply?: boolean;
  /** Marks the seal of a test key visibly; needs `font`. Default false. */
  readonly testMark?: boolean;
  readonly font?: SignatureFont;
}): Promise<FormAppearance> {
  const { seal, font } = options;
  const canvas = new FormCanvas();
  if (options.multiply ?? true) canvas.blend({ mode: 'Multiply' });
  paintSeal(canvas, seal);
  if (options.testMark) drawTestMark(canvas, font, seal);
  return canvas.finish(seal.widthMm, seal.heightMm);
}
