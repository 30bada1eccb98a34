import { binarize, SAUVOLA_K, WINDOW_PX } from '../clean/binarize.js';
import { encodeJbig2 } from '../encode/jbig2.js';
import { toGray } from '../kernels/gray.js';
import type { Kernels } from '../kernels/kernels.js';
import type { GrayRaster, RgbaRaster } from '../picture/raster.js';
import type { PageColour, PageImage, PageOperation } from '../recipe/types.js';
import type { PictureCodec } from './picture-codec.js';

/** JPEG of pages: small differences of paper vanish, print stays crisp. */
export const PAGE_QUALITY = 0.75;

/** Stores a finished page as its colour asks. */
export async function encodePage(
  { kernels, codec }: { readonly kernels: Kernels; readonly codec: PictureCodec },
  page: RgbaRaster,
  { colour }: { readonly colour: PageColour; readonly despeckle: boolean },
): Promise<{ readonly image: PageImage; readonly operations: readonly PageOperation[] }> {
  const { widthPx, heightPx } = page;
  if (colour === 'bilevel' || colour === 'seal') {
    const bilevel = binarize(kernels, toGray(kernels, page));
    return {
      image: { codec: 'jbig2', data: encodeJbig2(kernels, bilevel), widthPx, heightPx },
      operations: [
        { kind: 'gray' },
        { kind: 'binarize', windowPx: WINDOW_PX, k: SAUVOLA_K },
        { kind: 'encode', codec: 'jbig2' },
      ],
    };
  }
  const picture = colour === 'gray' ? spread(toGray(kernels, page)) : page;
  const data = new Uint8Array(await (await codec.encodeJpeg(picture, PAGE_QUALITY)).arrayBuffer());
  return {
    // A canvas writes three components whatever it holds.
    image: { codec: 'jpeg', data, widthPx, heightPx, gray: false },
    operations: [...(colour === 'gray' ? [{ kind: 'gray' } as const] : []), { kind: 'encode', codec: 'jpeg' }],
  };
}

function spread({ widthPx, heightPx, data }: GrayRaster): RgbaRaster {
  const pixels = new Uint32Array(data.length);
  for (let i = 0; i < data.length; i += 1) pixels[i] = 0xff000000 | ((data[i] ?? 0) * 0x010101);
  return { widthPx, heightPx, data: new Uint8Array(pixels.buffer) };
}
