import type { IdCard } from '../../id-card-reader.js';
import { pictureFromBase64 } from '../shared/base64-picture.js';

/** Options of readers whose service decodes the photo of the card. */
export interface CardPhotoOptions {
  /** Makes the photo visible. Default `createImageBitmap`; without one the card comes without photo. */
  readonly decodePhoto?: (bytes: Blob) => Promise<ImageBitmap>;
}

/** The card with its photo when the service sent one that can be shown; a photo is never a reason to fail. */
export async function withPhoto(card: IdCard, base64: string, options: CardPhotoOptions): Promise<IdCard> {
  const decode =
    options.decodePhoto ??
    (globalThis as { createImageBitmap?: (bytes: Blob) => Promise<ImageBitmap> }).createImageBitmap;
  if (base64 === '' || !decode) return card;
  try {
    return { ...card, photo: await decode(pictureFromBase64(base64).bytes) };
  } catch {
    return card;
  }
}
