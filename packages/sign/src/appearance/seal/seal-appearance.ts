import type { FormAppearance } from '../appearance.js';
import type { SignatureFont } from '../font/signature-font.js';
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
  throw new Error(options.seal.kind);
}
