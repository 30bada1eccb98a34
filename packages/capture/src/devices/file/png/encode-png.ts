import { crc32 } from './crc32.js';
import { rowBytesOf, type PackedPicture } from './packed-picture.js';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const METRE_IN_INCHES = 39.3700787;
const FILTER_NONE = 0;
const FILTER_UP = 2;

/**
 * A PNG without loss, packed by the browser's own deflate. Bilevel rows are packed as they are, others against the row above.
 * @source W3C PNG 9, 11.2
 */
export async function encodePng(picture: PackedPicture, options: { readonly dpi?: number } = {}): Promise<Blob> {
  const { widthPx, heightPx, bits, channels } = picture;
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, widthPx);
  header.setUint32(4, heightPx);
  header.setUint8(8, bits);
  header.setUint8(9, channels === 3 ? 2 : 0);
  const parts = [SIGNATURE, chunk('IHDR', new Uint8Array(header.buffer))];
  if (options.dpi !== undefined) parts.push(resolutionChunk(options.dpi));
  parts.push(chunk('IDAT', await deflated(picture)), chunk('IEND', new Uint8Array(0)));
  return new Blob(parts, { type: 'image/png' });
}

async function deflated(picture: PackedPicture): Promise<Uint8Array<ArrayBuffer>> {
  const rows = new ReadableStream<Uint8Array<ArrayBuffer>>(rowSource(picture));
  const packed = rows.pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

/** Filtered rows in pieces of some hundred kilobytes, so that no second copy of the picture is made. */
function rowSource(picture: PackedPicture): UnderlyingDefaultSource<Uint8Array<ArrayBuffer>> {
  const rowBytes = rowBytesOf(picture);
  const { data, heightPx, bits } = picture;
  const rowsAtOnce = Math.max(1, Math.floor(262_144 / (rowBytes + 1)));
  let y = 0;
  return {
    pull(controller) {
      const count = Math.min(rowsAtOnce, heightPx - y);
      const piece = new Uint8Array(count * (rowBytes + 1));
      for (let index = 0; index < count; index += 1, y += 1) {
        const to = index * (rowBytes + 1);
        const from = y * rowBytes;
        const filter = bits === 1 || y === 0 ? FILTER_NONE : FILTER_UP;
        piece[to] = filter;
        if (filter === FILTER_NONE) piece.set(data.subarray(from, from + rowBytes), to + 1);
        else
          for (let x = 0; x < rowBytes; x += 1)
            piece[to + 1 + x] = (data[from + x] ?? 0) - (data[from - rowBytes + x] ?? 0);
      }
      controller.enqueue(piece);
      if (y >= heightPx) controller.close();
    },
  };
}

function resolutionChunk(dpi: number): Uint8Array<ArrayBuffer> {
  const data = new DataView(new ArrayBuffer(9));
  const perMetre = Math.round(dpi * METRE_IN_INCHES);
  data.setUint32(0, perMetre);
  data.setUint32(4, perMetre);
  data.setUint8(8, 1);
  return chunk('pHYs', new Uint8Array(data.buffer));
}

function chunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let index = 0; index < 4; index += 1) bytes[4 + index] = type.charCodeAt(index);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}
