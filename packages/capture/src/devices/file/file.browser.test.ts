import { expect } from 'chai';
import { encodeCcittG4 } from '../../encode/index.js';
import { writeTiff } from '../../testing/tiff-writer.js';
import { withOrientation } from './exif-orientation.js';
import { createFileSource } from './file-source.js';
import { fileInput, filesFrom } from './picked-files.js';

/** Gray levels of a decoded picture, and its size. */
async function decoded(
  file: Blob,
): Promise<{ width: number; height: number; level: (x: number, y: number) => number }> {
  const bitmap = await createImageBitmap(file);
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  context?.drawImage(bitmap, 0, 0);
  bitmap.close();
  const data = context?.getImageData(0, 0, width, height).data;
  return { width, height, level: (x, y) => data?.[(y * width + x) * 4] ?? -1 };
}

/** The left upper quarter is black. */
async function markedJpeg(): Promise<Uint8Array> {
  const canvas = new OffscreenCanvas(64, 32);
  const context = canvas.getContext('2d');
  if (context) context.fillStyle = 'white';
  context?.fillRect(0, 0, 64, 32);
  if (context) context.fillStyle = 'black';
  context?.fillRect(0, 0, 32, 16);
  const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 });
  return new Uint8Array(await blob.arrayBuffer());
}

describe('files in the browser', () => {
  it('makes pictures of fax pages that the browser shows: black on white, in order', async () => {
    const rowBytes = 8;
    const data = new Uint8Array(rowBytes * 32);
    data.fill(0xff, 0, rowBytes * 16);
    const strip = encodeCcittG4({ kind: 'script' }, { widthPx: 64, heightPx: 32, rowBytes, data });
    const tags = { 256: [64], 257: [32], 258: [1], 259: [4], 262: [0], 277: [1], 278: [32] };
    const file = new File(
      [
        writeTiff([
          { tags, strips: [strip] },
          { tags: { ...tags, 274: [3] }, strips: [strip] },
        ]),
      ],
      'a.tif',
    );
    const source = createFileSource();
    const [device] = source.add([file]);
    const session = await source.open(device?.deviceId ?? '');
    const levels: number[][] = [];
    for await (const picture of session.capture()) {
      if (picture.kind !== 'bytes') throw new Error('bytes were expected');
      const { width, height, level } = await decoded(picture.bytes);
      expect([width, height]).to.deep.equal([64, 32]);
      levels.push([level(5, 5), level(5, 28)]);
    }
    session.close();
    expect(levels).to.deep.equal([
      [0, 255],
      [255, 0],
    ]);
  });

  it('turns a JPEG without touching its pixels, in a way the browser follows', async () => {
    const jpeg = await markedJpeg();
    const corners = async (orientation: 1 | 3 | 6 | 8): Promise<readonly boolean[]> => {
      const { width, height, level } = await decoded(new Blob([withOrientation(jpeg, orientation)]));
      expect(width > height).to.equal(orientation === 1 || orientation === 3);
      const [right, bottom] = [width - 4, height - 4];
      return [level(3, 3), level(right, 3), level(right, bottom), level(3, bottom)].map((value) => value < 60);
    };
    expect(await corners(1)).to.deep.equal([true, false, false, false]);
    expect(await corners(6), 'turned by 90 clockwise').to.deep.equal([false, true, false, false]);
    expect(await corners(3)).to.deep.equal([false, false, true, false]);
    expect(await corners(8)).to.deep.equal([false, false, false, true]);
  });

  it('takes the files of a real drop and of a real input', async () => {
    const transfer = new DataTransfer();
    transfer.items.add('some text', 'text/plain');
    transfer.items.add(new File(['a'], 'a.jpg', { type: 'image/jpeg' }));
    transfer.items.add(new File(['bb'], 'b.pdf', { type: 'application/pdf' }));
    expect(filesFrom(transfer).map((file) => file.name)).to.deep.equal(['a.jpg', 'b.pdf']);
    const input = Object.assign(document.createElement('input'), { type: 'file', ...fileInput({ from: 'files' }) });
    input.files = transfer.files;
    expect(filesFrom(input.files).length).to.equal(2);
    expect(filesFrom(new ClipboardEvent('paste').clipboardData)).to.deep.equal([]);
  });
});
