import { expect } from 'chai';
import { encode } from 'uqr';
import { readBarcodes } from './read-barcodes.js';

const assetsUrl = new URL('/assets/', document.baseURI).href;

/** A QR code as a picture file of this type. */
async function picture(text: string, type: string): Promise<Blob> {
  const { size, data } = encode(text, { border: 4 });
  const canvas = new OffscreenCanvas(size * 6, size * 6);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillStyle = 'white';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = 'black';
  data.forEach((row, y) => row.forEach((black, x) => black && context.fillRect(x * 6, y * 6, 6, 6)));
  return canvas.convertToBlob({ type, quality: 0.9 });
}

describe('barcodes in the browser', () => {
  for (const type of ['image/jpeg', 'image/png', 'image/webp']) {
    it(`reads ${type} with the reader of the assets folder`, async () => {
      const blob = await picture('ANJ 住院 990001', type);
      expect(blob.type).to.equal(type);
      const codes = await readBarcodes(blob, { assetsUrl });
      expect(codes.map(({ format, text }) => ({ format, text }))).to.deep.equal([
        { format: 'QRCode', text: 'ANJ 住院 990001' },
      ]);
    });
  }

  it('a file that is no picture is malformed', async () => {
    const failed = readBarcodes(new Blob(['no picture']), { assetsUrl });
    const code = await failed.then(
      () => 'none',
      (error: { code: string }) => error.code,
    );
    expect(code).to.equal('image-malformed');
  });

  it('everything comes from the assets folder', () => {
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
    expect(loaded).to.include(`${assetsUrl}capture/zxing_reader.wasm`);
    expect(loaded.filter((name) => !name.startsWith(location.origin))).to.deep.equal([]);
  });
});
