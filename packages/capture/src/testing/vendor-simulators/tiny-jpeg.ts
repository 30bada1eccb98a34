/** Makes the pictures of a simulator; `tag` counts them. */
export type PictureMaker = (picture: {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly tag: number;
}) => Uint8Array<ArrayBuffer>;

/** A JPEG that is whole in structure and has this size, without image data. `tag` tells pictures apart. */
export function tinyJpeg({ widthPx = 2592, heightPx = 1944, tag = 0 } = {}): Uint8Array<ArrayBuffer> {
  const comment = [...String(tag)].map((char) => char.charCodeAt(0));
  return Uint8Array.from([
    ...[0xff, 0xd8],
    ...[0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 1, 0x01, 0x2c, 0x01, 0x2c, 0, 0],
    ...[0xff, 0xfe, 0, 2 + comment.length, ...comment],
    ...[0xff, 0xc0, 0, 11, 8, heightPx >> 8, heightPx & 0xff, widthPx >> 8, widthPx & 0xff, 1, 1, 0x11, 0],
    ...[0xff, 0xd9],
  ]);
}

/** Base64 of bytes. */
export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
