import { AnjuanError } from '@anjuan/core';
import type { SignatureFont } from './signature-font.js';

/** Where the font of visible signatures lies under `assetsUrl`. A copy of the file in the npm package @embedpdf/fonts-sc. */
export const SIGNATURE_FONT_PATH = 'sign/fonts/NotoSansHans-Regular.otf';

const loaded = new Map<string, SignatureFont>();

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
  const url = options.assetsUrl + SIGNATURE_FONT_PATH;
  const known = loaded.get(url);
  if (known) return known;
  const { signal } = options;
  try {
    const response = await (options.fetch ?? globalThis.fetch)(url, signal ? { signal } : {});
    if (!response.ok) throw new AnjuanError('assets-missing', { details: { status: response.status } });
    const font = await openSignatureFont(new Uint8Array(await response.arrayBuffer()));
    loaded.set(url, font);
    return font;
  } catch (error) {
    if (signal?.aborted) throw new AnjuanError('aborted', { cause: error });
    if (error instanceof AnjuanError && error.code === 'assets-missing') throw error;
    throw new AnjuanError('assets-missing', { details: { asset: SIGNATURE_FONT_PATH }, cause: error });
  }
}

/** Opens an OpenType font with CFF outlines (OTF) of your own. Errors: `invalid-argument` with details.reason. */
export async function openSignatureFont(bytes: Uint8Array): Promise<SignatureFont> {
  return (await import('./open-font.js')).openFont(bytes);
}
