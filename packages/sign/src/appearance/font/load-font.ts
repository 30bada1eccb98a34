import type { SignatureFont } from './signature-font.js';

/** Where the font of visible signatures lies under `assetsUrl`. A copy of the file in the npm package @embedpdf/fonts-sc. */
export const SIGNATURE_FONT_PATH = 'sign/fonts/NotoSansHans-Regular.otf';

/**
 * Loads the font of visible signatures and seals from `<assetsUrl>sign/fonts/...`; once per address, 8.4 MB, cached by the browser.
 * Errors: `assets-missing`, `aborted`.
 */
export async function loadSignatureFont(options: {
  /** Folder of the SDK's assets, with a slash at the end. */
  readonly assetsUrl: string;
  /** Default `globalThis.fetch`. */
  readonly fetch?: typeof globalThis.fetch;
  readonly signal?: AbortSignal;
}): Promise<SignatureFont> {
  throw new Error(options.assetsUrl);
}
