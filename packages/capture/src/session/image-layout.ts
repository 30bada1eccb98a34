import type { PageImage } from '../recipe/types.js';

/** A part of the output bytes of a page. */
interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** What is needed to read a `PageImage` back from the one blob that the store keeps of it. */
export type ImageLayout =
  | {
      readonly codec: 'jpeg';
      readonly widthPx: number;
      readonly heightPx: number;
      readonly gray: boolean;
    }
  | { readonly codec: 'jbig2' | 'ccitt-g4'; readonly widthPx: number; readonly heightPx: number }
  | {
      readonly codec: 'mrc';
      readonly widthPx: number;
      readonly heightPx: number;
      readonly stencil: ByteRange;
      readonly background: ByteRange & { readonly widthPx: number; readonly heightPx: number };
      readonly inks: readonly (ByteRange & { readonly rgb: readonly [number, number, number] })[];
    };

/** One blob and its layout. */
export interface PackedImage {
  readonly blob: Blob;
  readonly layout: ImageLayout;
}

const bytesOf = (data: Uint8Array): Uint8Array<ArrayBuffer> => data as Uint8Array<ArrayBuffer>;

/** Puts all parts of an image into one blob. */
export function packImage(image: PageImage): PackedImage {
  const { widthPx, heightPx } = image;
  if (image.codec === 'jpeg') {
    const blob = new Blob([bytesOf(image.data)], { type: 'image/jpeg' });
    return { blob, layout: { codec: 'jpeg', widthPx, heightPx, gray: image.gray } };
  }
  if (image.codec !== 'mrc') {
    const blob = new Blob([bytesOf(image.data)], { type: 'application/octet-stream' });
    return { blob, layout: { codec: image.codec, widthPx, heightPx } };
  }
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const add = (data: Uint8Array): ByteRange => {
    parts.push(bytesOf(data));
    size += data.length;
    return { start: size - data.length, end: size };
  };
  const { background } = image;
  const layout: ImageLayout = {
    codec: 'mrc',
    widthPx,
    heightPx,
    stencil: add(image.stencil),
    background: { ...add(background.data), widthPx: background.widthPx, heightPx: background.heightPx },
    inks: image.inks.map(({ stencil, rgb }) => ({ ...add(stencil), rgb })),
  };
  return { blob: new Blob(parts, { type: 'application/octet-stream' }), layout };
}

/** The image back from its blob. */
export async function unpackImage({ blob, layout }: PackedImage): Promise<PageImage> {
  const data = new Uint8Array(await blob.arrayBuffer());
  if (layout.codec !== 'mrc') return { ...layout, data };
  const { widthPx, heightPx, background } = layout;
  return {
    codec: 'mrc',
    widthPx,
    heightPx,
    stencil: data.slice(layout.stencil.start, layout.stencil.end),
    background: {
      data: data.slice(background.start, background.end),
      widthPx: background.widthPx,
      heightPx: background.heightPx,
    },
    inks: layout.inks.map(({ start, end, rgb }) => ({ stencil: data.slice(start, end), rgb })),
  };
}
