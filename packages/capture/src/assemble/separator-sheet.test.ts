import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { readBarcodes } from '../barcode/read-barcodes.js';
import { findSeparator, type Separator } from '../separator/payload.js';
import { coverSheetPdf, separatorSheetPdf, type SheetsRequest } from './separator-sheet.js';

const reader = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
const wasm = readFileSync(reader);
const options = { assetsUrl: 'http://assets.invalid/', wasmBinary: new Uint8Array(wasm).buffer };

function hasPoppler(): boolean {
  try {
    execFileSync('pdftoppm', ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Pages of a PDF as pictures, as a scanner at this resolution would see them. */
function scanned(pdf: Uint8Array, dpi: number): Blob[] {
  const folder = mkdtempSync(join(tmpdir(), 'sheet-'));
  try {
    writeFileSync(join(folder, 'sheet.pdf'), pdf);
    const output = execFileSync('pdftoppm', [
      '-r',
      String(dpi),
      '-gray',
      '-jpeg',
      join(folder, 'sheet.pdf'),
      join(folder, 'page'),
    ]);
    assert.equal(output.length, 0);
    return [1, 2, 3, 4].flatMap((page) => {
      try {
        return [new Blob([readFileSync(join(folder, `page-${page}.jpg`))])];
      } catch {
        return [];
      }
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const createdOn = '2026-01-05T08:00:00Z';
const request = (...sheets: SheetsRequest['sheets']): SheetsRequest => ({ sheets, createdOn });

describe('printed sheets', { skip: hasPoppler() ? false : 'pdftoppm is not installed' }, () => {
  for (const dpi of [100, 200]) {
    test(`scanned at ${dpi} dpi they say what was printed`, async () => {
      const separator: Separator = { type: 'document', encounter: 'ZY990001', category: 'C0013', seq: 42 };
      const { type: _type, ...sheet } = separator;
      const [page] = scanned(
        await separatorSheetPdf(request({ ...sheet, title: 'Lab reports', lines: ['Ward 9'] })),
        dpi,
      );
      assert.ok(page);
      const codes = await readBarcodes(page, options);
      assert.equal(codes.length, 5, 'a code in each corner and one in the middle');
      for (const code of codes) assert.deepEqual(findSeparator([code]), separator);
    });
  }

  test('a cover of the longest possible content, on A5, with Chinese text', async () => {
    const sheet = { encounter: '住院'.repeat(32), category: 'C'.repeat(32), seq: 99_999_999 };
    const pdf = await coverSheetPdf({ ...request({ ...sheet, title: '住院病案封面页' }), paper: 'a5' });
    const [page] = scanned(pdf, 300);
    assert.ok(page);
    assert.deepEqual(findSeparator(await readBarcodes(page, options)), { type: 'cover', ...sheet });
  });

  test('for duplex scanning the back says the same', async () => {
    const pages = scanned(await separatorSheetPdf({ ...request({ category: 'C1' }), sides: 'both' }), 100);
    assert.equal(pages.length, 2);
    for (const page of pages) assert.equal(findSeparator(await readBarcodes(page, options))?.category, 'C1');
  });
});

describe('requests', () => {
  test('equal requests give equal files', async () => {
    const same = request({ category: 'C0013', title: '检验报告' });
    assert.deepEqual(await separatorSheetPdf(same), await separatorSheetPdf(same));
  });

  test('impossible content is refused before anything is printed', async () => {
    const wrong: SheetsRequest[] = [
      request(),
      { sheets: [{}], createdOn: 'yesterday' },
      request({ category: 'a b' }),
      request(...Array.from({ length: 1_001 }, () => ({}))),
    ];
    for (const one of wrong) await assert.rejects(separatorSheetPdf(one), { code: 'invalid-argument' });
    const broken = request({ titleImage: new Uint8Array(10) });
    await assert.rejects(separatorSheetPdf(broken), { code: 'image-malformed' });
  });
});
