import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { AnjuanError } from '@anjuan/core';
import sharp from 'sharp';
import { MemoryBlobStore } from '../../blob/memory-blob-store.js';
import { MemoryStore } from '../../store/memory-store.js';
import { plainPdf, type PlainPage } from '../../testing/plain-pdf.js';
import { PagePool } from '../page-pool.js';
import { createPageService } from './create-page-service.js';

const pool = new PagePool({ size: 1 });
after(() => pool.close());

function setUp() {
  const store = new MemoryStore();
  const blobs = new MemoryBlobStore();
  let tasks = 0;
  const maker: Pick<PagePool, 'run'> = {
    run: (task, options) => {
      tasks += 1;
      return pool.run(task, options);
    },
  };
  const service = createPageService({ store, blobs, maker });
  const add = async (documentId: string, bytes: Uint8Array, mime = 'application/pdf') => ({
    documentId,
    versionId: '1',
    mime,
    blob: await blobs.put(bytes),
  });
  const pdf = (documentId: string, pages: readonly PlainPage[]) => add(documentId, plainPdf(pages));
  const withoutMaker = () => createPageService({ store, blobs });
  return { service, blobs, add, pdf, withoutMaker, taskCount: () => tasks };
}

/** Turns of the event loop until something holds. */
async function until(holds: () => boolean): Promise<void> {
  for (let turns = 0; !holds() && turns < 1000; turns += 1) await new Promise((resolve) => setImmediate(resolve));
}

const page = (...lines: string[]): PlainPage => ({
  texts: lines.map((text, index) => ({ x: 72, y: 700 - index * 14, text })),
});

describe('page service', () => {
  it('says what a file holds, or why it cannot be shown', async () => {
    const { service, add, pdf } = setUp();
    const good = await service.prepare(await pdf('good', [page('甲'), { rotate: 90 }]));
    assert.ok(good?.state === 'ready');
    assert.deepEqual(
      good.pages.map(({ pageId, rotationDeg, kind, widthsPx }) => ({ pageId, rotationDeg, kind, widthsPx })),
      [
        { pageId: 'good.0', rotationDeg: 0, kind: 'text', widthsPx: [160, 480, 1000, 1600, 2400] },
        { pageId: 'good.1', rotationDeg: 90, kind: 'text', widthsPx: [160, 480, 1000, 1600, 2400] },
      ],
    );
    const png = await sharp({ create: { width: 30, height: 30, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    const cases: readonly [string, Uint8Array, string, string][] = [
      ['empty', new Uint8Array(), 'application/pdf', 'document-empty'],
      ['cut', plainPdf([page('甲')]).slice(0, 700), 'application/pdf', 'pdf-malformed'],
      ['wrong', png, 'application/pdf', 'document-unsupported'],
      ['text', new TextEncoder().encode('hello'), 'text/plain', 'document-unsupported'],
    ];
    for (const [id, bytes, mime, code] of cases) {
      assert.deepEqual(await service.prepare(await add(id, bytes, mime)), { state: 'failed', code }, id);
    }
  });

  it('keeps the pages of a file whose text hangs or crashes the engine, and does not try for ever', async () => {
    const store = new MemoryStore();
    const blobs = new MemoryBlobStore();
    let tries = 0;
    const maker: Pick<PagePool, 'run'> = {
      run: (task, options) => {
        if (task.kind !== 'text') return pool.run(task, options);
        tries += 1;
        return Promise.reject(new AnjuanError('render-failed'));
      },
    };
    const service = createPageService({ store, blobs, maker });
    const bytes = plainPdf(Array.from({ length: 100 }, () => page('甲')));
    const subject = { documentId: 'bad', versionId: '1', mime: 'application/pdf', blob: await blobs.put(bytes) };
    const pages = await service.prepare(subject);
    assert.ok(pages?.state === 'ready' && pages.pages.length === 100);
    assert.equal(tries, 2);
    assert.equal((await service.pageText(subject, { pageIndex: 99 })).source, 'none');
  });

  it('offers no rendition that nobody could hold', async () => {
    const { service, pdf } = setUp();
    const roll = await service.prepare(
      await pdf('roll', [{ mediaBox: [0, 0, 100, 14400] }, { mediaBox: [0, 0, 1, 14400] }]),
    );
    assert.ok(roll?.state === 'ready');
    assert.deepEqual(
      roll.pages.map(({ widthsPx }) => widthsPx),
      [[160], []],
    );
  });

  it('makes a page picture once, for however many ask at once', async () => {
    const { service, pdf, taskCount } = setUp();
    const subject = await pdf('a', [page('甲')]);
    await service.prepare(subject);
    const before = taskCount();
    const wanted = [1000, 480, 160, 1000].map((widthPx) => service.pageImage(subject, { pageIndex: 0, widthPx }));
    const [first, , , again] = await Promise.all(wanted);
    assert.equal(taskCount() - before, 1);
    assert.deepEqual(first, again);
    assert.deepEqual(await service.pageImage(subject, { pageIndex: 0, widthPx: 1000 }), first);
    assert.equal(taskCount() - before, 1);
  });

  it('draws nothing for readers who have scrolled on, and keeps what was drawn for one who stayed', async () => {
    const { service, pdf, taskCount } = setUp();
    const subject = await pdf('long', [page('甲'), page('乙'), page('丙')]);
    await service.prepare(subject);
    const before = taskCount();
    const gone = new AbortController();
    const ask = (pageIndex: number, signal?: AbortSignal) =>
      service.pageImage(subject, { pageIndex, widthPx: 1000, ...(signal && { signal }) });
    const shown = ask(0);
    const left = [ask(1, gone.signal), ask(2, gone.signal)].map((asked) => asked.catch((error: unknown) => error));
    const stays = ask(2);
    await until(() => taskCount() - before === 3);
    gone.abort();
    for (const error of await Promise.all(left)) assert.ok(AnjuanError.is(error, 'aborted'));
    await Promise.all([shown, stays]);
    await ask(0);
    await ask(2);
    assert.equal(taskCount() - before, 3, 'what was drawn is kept');
    await ask(1);
    assert.equal(taskCount() - before, 4, 'what nobody waited for was not drawn');
  });

  it('does not call a document broken because its bytes cannot be read today', async () => {
    const { service, pdf, blobs } = setUp();
    const subject = await pdf('offline', [page('甲')]);
    const bytes = await blobs.bytes(subject.blob.sha256);
    await blobs.delete(subject.blob.sha256);
    await assert.rejects(service.prepare(subject), { code: 'integrity-mismatch' });
    await blobs.put(bytes ?? new Uint8Array());
    assert.equal((await service.prepare(subject))?.state, 'ready');
  });

  it('serves in a browser what an ingest made, and nothing else', async () => {
    const { service, pdf, withoutMaker } = setUp();
    const subject = await pdf('a', [page('甲'), page('乙')]);
    await service.warm(subject, 1);
    const browser = withoutMaker();
    assert.ok((await browser.pageImage(subject, { pageIndex: 0, widthPx: 1000 })).byteLength > 1000);
    assert.equal((await browser.pageText(subject, { pageIndex: 1 })).text, '乙');
    const missing = await browser.pageImage(subject, { pageIndex: 1, widthPx: 1000 }).catch((error: unknown) => error);
    assert.ok(AnjuanError.is(missing, 'page-not-found'));
  });

  it('finds across half and full width, case, traditional characters and line ends', async () => {
    const { service, pdf } = setUp();
    const subjects = [
      await pdf('one', [page('出院诊断：急性心肌', '梗死，ＷＢＣ 12.3'), page('醫囑：藥物治療')]),
      await pdf('two', [page('无关内容')]),
      await pdf('three', [page('心肌梗死后')]),
    ];
    const find = (query: string, limit = 10) => service.searchText(subjects, { query, limit });
    const wrapped = await find('心肌梗死');
    assert.deepEqual(
      wrapped.hits.map(({ documentId, pageIndex, rects }) => [documentId, pageIndex, rects.length]),
      [
        ['one', 0, 2],
        ['three', 0, 1],
      ],
    );
    assert.match(wrapped.hits[0]?.snippet ?? '', /急性心肌 梗死/);
    assert.equal((await find('wbc')).total, 1);
    assert.equal((await find('药物治疗')).hits[0]?.pageIndex, 1);
    assert.equal((await find('  ')).total, 0);
    const limited = await find('梗死', 1);
    assert.deepEqual([limited.hits.length, limited.total], [1, 2]);
    const rect = (await find('急性')).hits[0]?.rects[0];
    assert.ok(rect && Math.abs(rect.x - (72 + 5 * 12)) < 1.5 && Math.abs(rect.width - 24) < 1.5);
  });

  it('prepares what was stored over HTTP in the background', async () => {
    const { service, pdf, withoutMaker } = setUp();
    const subject = await pdf('late', [page('甲')]);
    service.onDocumentStored(subject);
    await service.idle();
    assert.ok((await withoutMaker().pageImage(subject, { pageIndex: 0, widthPx: 480 })).byteLength > 0);
  });
});
