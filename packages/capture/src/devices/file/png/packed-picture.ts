/** Pixels as PNG keeps them: rows padded to whole bytes, most significant bit first; one channel: 0 is black. */
export interface PackedPicture {
  readonly widthPx: number;
  readonly heightPx: number;
  /** 1 only with one channel. */
  readonly bits: 1 | 8;
  readonly channels: 1 | 3;
  readonly data: Uint8Array;
}

/**
 * How stored rows and columns lie on the page: 1 upright, 2 mirrored, 3 turned by 180, 4 mirrored and turned by 180, 5 to 8 the
 * same with rows and columns swapped (6: turn by 90 clockwise to read, 8: by 270). @source TIFF 6.0 tag 274, Exif 4.6.4
 */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** Bytes of one row. */
export function rowBytesOf({ widthPx, bits, channels }: Omit<PackedPicture, 'data'>): number {
  return Math.ceil((widthPx * bits * channels) / 8);
}

/** The picture as it is to be read. */
export function upright(picture: PackedPicture, orientation: Orientation): PackedPicture {
  if (orientation === 1) return picture;
  const { widthPx, heightPx, channels, data } = picture.bits === 1 ? expandBits(picture) : picture;
  const swaps = orientation >= 5;
  const width = swaps ? heightPx : widthPx;
  const height = swaps ? widthPx : heightPx;
  const turned = new Uint8Array(width * height * channels);
  const fromRight = [2, 3, 7, 8].includes(orientation);
  const fromBottom = [3, 4, 6, 7].includes(orientation);
  for (let y = 0, to = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, to += channels) {
      const column = swaps ? y : x;
      const row = swaps ? x : y;
      const sourceX = fromRight ? widthPx - 1 - column : column;
      const sourceY = fromBottom ? heightPx - 1 - row : row;
      const from = (sourceY * widthPx + sourceX) * channels;
      for (let channel = 0; channel < channels; channel += 1) turned[to + channel] = data[from + channel] ?? 0;
    }
  }
  const wide = { widthPx: width, heightPx: height, bits: 8, channels, data: turned } as const;
  return picture.bits === 1 ? packBits(wide) : wide;
}

function expandBits({ widthPx, heightPx, data }: PackedPicture): PackedPicture {
  const rowBytes = Math.ceil(widthPx / 8);
  const gray = new Uint8Array(widthPx * heightPx);
  for (let y = 0, to = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1, to += 1)
      gray[to] = ((data[y * rowBytes + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1 ? 255 : 0;
  }
  return { widthPx, heightPx, bits: 8, channels: 1, data: gray };
}

function packBits({ widthPx, heightPx, data }: PackedPicture): PackedPicture {
  const rowBytes = Math.ceil(widthPx / 8);
  const packed = new Uint8Array(rowBytes * heightPx);
  for (let y = 0, from = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1, from += 1) {
      if (data[from] !== 0)
        packed[y * rowBytes + (x >> 3)] = (packed[y * rowBytes + (x >> 3)] ?? 0) | (0x80 >> (x & 7));
    }
  }
  return { widthPx, heightPx, bits: 1, channels: 1, data: packed };
}
