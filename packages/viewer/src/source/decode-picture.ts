import { AnjuanError } from '@anjuan/core';

/** Decodes off the main thread. Errors: `document-empty`, `image-malformed`, `aborted`. */
export async function decodePicture(blob: Blob, signal: AbortSignal): Promise<ImageBitmap> {
  if (blob.size === 0) throw new AnjuanError('document-empty');
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(blob);
  } catch (cause) {
    throw new AnjuanError(signal.aborted ? 'aborted' : 'image-malformed', { cause });
  }
  if (signal.aborted) {
    bitmap.close();
    throw new AnjuanError('aborted');
  }
  return bitmap;
}
