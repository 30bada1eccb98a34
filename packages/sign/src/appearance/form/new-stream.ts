import { joinBytes } from '../../bytes/byte-source.js';
import { pdfDict, pdfName, type NewStream, type PdfObject } from '../../pdf/objects.js';

async function through(bytes: Uint8Array, transform: GenericTransformStream, maxBytes: number): Promise<Uint8Array> {
  const writer = (transform.writable as WritableStream<Uint8Array>).getWriter();
  const writing = writer.write(bytes).then(() => writer.close());
  writing.catch(() => undefined);
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  const reader = (transform.readable as ReadableStream<Uint8Array>).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    sizeBytes += value.byteLength;
    if (sizeBytes > maxBytes) {
      await reader.cancel().catch(() => undefined);
      throw new RangeError('more data than announced');
    }
  }
  await writing;
  return joinBytes(pieces);
}

/** Undoes zlib compression; throws when the data are damaged or larger than `maxBytes`. */
export function inflate(bytes: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  return through(bytes, new DecompressionStream('deflate'), maxBytes);
}

/** A stream compressed with Flate. */
export async function newStream(entries: Readonly<Record<string, PdfObject>>, bytes: Uint8Array): Promise<NewStream> {
  const packed = await through(bytes, new CompressionStream('deflate'), Infinity);
  return { type: 'new-stream', dict: pdfDict({ ...entries, Filter: pdfName('FlateDecode') }), bytes: packed };
}
