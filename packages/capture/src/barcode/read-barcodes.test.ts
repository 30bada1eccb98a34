import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import { prepareZXingModule, writeBarcode, type WriteInputBarcodeFormat } from 'zxing-wasm/writer';
import type { RgbaRaster } from '../picture/raster.js';
import { readBarcode, readBarcodes } from './read-barcodes.js';

const wasmOf = (name: 'reader' | 'writer'): ArrayBuffer => {
  const path = createRequire(import.meta.url).resolve(`zxing-wasm/${name}/zxing_${name}.wasm`);
  return new Uint8Array(readFileSync(path)).buffer;
};
const options = { assetsUrl: 'http://assets.invalid/', wasmBinary: wasmOf('reader') };
prepareZXingModule({ overrides: { wasmBinary: wasmOf('writer') } });

async function printed(text: string, format: WriteInputBarcodeFormat): Promise<Blob> {
  const { image, error } = await writeBarcode(text, { format, scale: 4 });
  assert.ok(image, error);
  return image;
}

/** White paper with a black square. */
function paper(widthPx: number, heightPx: number): RgbaRaster {
  const data = new Uint8ClampedArray(widthPx * heightPx * 4).fill(255);
  for (let y = 20; y < 40; y += 1) data.fill(0, (y * widthPx + 20) * 4, (y * widthPx + 40) * 4);
  return { widthPx, heightPx, data };
}

describe('barcodes in pictures', () => {
  const texts: Record<string, string> = {
    Code128: 'ZY0001234',
    Code39: 'WRIST-99',
    ITF: '12345678',
    QRCode: '腕带 990001',
    DataMatrix: 'SPECIMEN 7',
    PDF417: '住院号 990001',
    Aztec: 'AZ 1',
  };
  for (const [format, text] of Object.entries(texts)) {
    test(format, async () => {
      const [found, ...rest] = await readBarcodes(await printed(text, format as WriteInputBarcodeFormat), options);
      assert.deepEqual(rest, []);
      assert.deepEqual({ format: found?.format, text: found?.text }, { format, text });
      const [topLeft, , bottomRight] = found?.quad ?? [];
      assert.ok(topLeft && bottomRight && topLeft.x < bottomRight.x && topLeft.y <= bottomRight.y, 'a place');
    });
  }

  test('symbologies that were not asked for are left alone', async () => {
    const picture = await printed('ZY0001234', 'Code128');
    assert.deepEqual(await readBarcodes(picture, { ...options, formats: ['QRCode'] }), []);
  });

  test('a page without barcode is an empty list, or an error where one is needed', async () => {
    assert.deepEqual(await readBarcodes(paper(300, 200), options), []);
    await assert.rejects(readBarcode(paper(300, 200), options), { code: 'barcode-not-found' });
  });

  for (const [name, bytes] of Object.entries({
    'a damaged JPEG': [0xff, 0xd8, 0xff, 0xe0, 1, 2, 3],
    'a damaged PNG': [0x89, 0x50, 0x4e, 0x47, 9],
    'an empty file': [],
  })) {
    test(`${name} is malformed`, () =>
      assert.rejects(readBarcodes(new Blob([Uint8Array.from(bytes)]), options), { code: 'image-malformed' }));
  }

  test('an abort is silent', () =>
    assert.rejects(readBarcodes(paper(60, 60), { ...options, signal: AbortSignal.abort() }), { code: 'aborted' }));
});

describe('the reader itself', () => {
  test('is never taken from anywhere but assetsUrl; a missing file is told, and loading is tried again', async () => {
    const asked: string[] = [];
    const realFetch = globalThis.fetch;
    let status = 404;
    globalThis.fetch = (async (url: string) => {
      asked.push(String(url));
      return new Response(status === 200 ? wasmOf('reader') : null, { status });
    }) as typeof fetch;
    try {
      const assetsUrl = 'http://host.invalid/assets/';
      await assert.rejects(readBarcodes(paper(60, 60), { assetsUrl }), { code: 'assets-missing' });
      status = 200;
      assert.deepEqual(await readBarcodes(paper(60, 60), { assetsUrl }), []);
      assert.deepEqual([...new Set(asked)], ['http://host.invalid/assets/capture/zxing_reader.wasm']);
    } finally {
      globalThis.fetch = realFetch;
    }
  });

  test('where WebAssembly is forbidden the browser is named as the reason', async () => {
    const real = globalThis.WebAssembly;
    Reflect.deleteProperty(globalThis, 'WebAssembly');
    try {
      const failed = readBarcodes(paper(60, 60), { assetsUrl: 'http://other.invalid/' });
      await assert.rejects(failed, { code: 'feature-missing' });
    } finally {
      globalThis.WebAssembly = real;
    }
  });
});
