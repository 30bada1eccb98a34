import assert from 'node:assert/strict';
import { test } from 'node:test';
import { captureError } from '@anjuan/core/outbox';
import { MemoryStore } from '../element/testing/memory-store.js';
import { modePreset } from './modes.js';
import { readPageData } from './page-data.js';
import { SessionHarness } from './testing/session-harness.js';

const RECORD = { recordId: 'stay-1' };

const statusOf = ({ session }: SessionHarness): string => session.state.status;

async function opened(store?: MemoryStore): Promise<SessionHarness> {
  const harness = new SessionHarness(store);
  await harness.session.open(RECORD);
  assert.equal(statusOf(harness), 'open');
  return harness;
}

test('the shutter confirms only when the page is durable', async () => {
  const harness = await opened();
  let release = (): void => undefined;
  harness.store.durable = new Promise((resolve) => (release = resolve));
  const shot = harness.shoot('a');
  await new Promise((resolve) => setTimeout(resolve, 0));
  assert.equal(harness.facts.length, 0);
  release();
  await shot;
  assert.equal(harness.facts[0]?.type, 'page-captured');
});

test('a page that cannot be stored is no page, and the next one is', async () => {
  const harness = await opened();
  harness.store.failNextAdd = captureError('storage-full');
  await assert.rejects(harness.shoot('a'), { code: 'storage-full' });
  await harness.shoot('b');
  assert.deepEqual(await harness.texts(), [['b']]);
});

test('a page that cannot be worked on stays, and works again later', async () => {
  const harness = await opened();
  harness.pipeline.failNext = captureError('pipeline-failed');
  const pageId = await harness.shoot('a');
  assert.equal(harness.session.tray.pages[0]?.mark, 'failed');
  assert.equal(harness.errors[0]?.code, 'pipeline-failed');
  await harness.session.edits?.retry(pageId);
  await harness.session.settled();
  assert.equal(harness.session.tray.pages[0]?.mark, 'good');
});

test('both sides of a card are one page; the second card is another', async () => {
  const harness = await opened();
  for (const side of ['front', 'back', 'front 2']) await harness.shoot(side, 'id-card');
  const { pages } = harness.session.tray;
  assert.deepEqual(
    pages.map(({ waitsForBack, partIds }) => [waitsForBack, partIds.length]),
    [
      [false, 1],
      [true, 0],
    ],
  );
  assert.equal(pages[0]?.data.made?.dpi, 2, 'two sides were put on the sheet');
});

test('a retaken front keeps its back, and so does the first front when that is taken back', async () => {
  const harness = await opened();
  const front = await harness.shoot('front', 'id-card');
  const back = await harness.shoot('back', 'id-card');
  const first = await harness.shoot('sharper front', 'id-card', { kind: 'retake', pageId: front });
  await harness.shoot('sharpest front', 'id-card', { kind: 'retake', pageId: first });
  const sheet = (): unknown => harness.session.tray.pages.map(({ partIds, waitsForBack }) => [partIds, waitsForBack]);
  assert.deepEqual(sheet(), [[[back], false]]);
  assert.equal(harness.session.tray.pages[0]?.data.made?.dpi, 2, 'two sides were put on the sheet');
  await harness.session.undo();
  await harness.session.undo();
  assert.deepEqual(sheet(), [[[back], false]]);
  assert.equal(harness.session.tray.pages[0]?.pageId, front);
});

test('a spread becomes two pages with the same master, which are no duplicates', async () => {
  const harness = await opened();
  const half = [
    { x: 0, y: 0 },
    { x: 9, y: 0 },
    { x: 9, y: 9 },
    { x: 0, y: 9 },
  ] as const;
  harness.pipeline.quads = [half, half];
  await harness.shoot('spread', 'book');
  assert.deepEqual(await harness.texts(), [['spread', 'spread']]);
  assert.deepEqual(
    harness.session.tray.pages.map(({ mark }) => mark),
    ['good', 'good'],
  );
});

test('a separator sheet starts a document of its type and is no page; sheets in a row make none empty', async () => {
  const harness = await opened();
  const sheet = (text: string): void => {
    harness.pipeline.barcodes = text === '' ? [] : [{ format: 'QRCode', text, quad: [p, p, p, p] }];
  };
  const p = { x: 0, y: 0 };
  await harness.shoot('a', 'batch');
  for (const type of ['C0026', 'C0027']) {
    sheet(`TYPE ${type}`);
    await harness.shoot(`sheet ${type}`, 'batch');
  }
  sheet('');
  await harness.shoot('b', 'batch');
  assert.deepEqual(await harness.texts(), [['a'], ['b']]);
  assert.deepEqual(
    harness.session.tray.documents.map(({ typeCode }) => typeCode),
    [undefined, 'C0027'],
  );
});

test('the same page twice is warned of, and kept when the operator says so', async () => {
  const harness = await opened();
  await harness.shoot('same');
  const twice = await harness.shoot('same');
  assert.equal(harness.session.tray.pages[1]?.mark, 'warn');
  await harness.session.edits?.keep(twice);
  assert.equal(harness.session.tray.pages[1]?.mark, 'kept');
});

test('insert, retake, move, split and delete, and every one of them back', async () => {
  const harness = await opened();
  const { session } = harness;
  const [a, b, c] = [await harness.shoot('a'), await harness.shoot('b'), await harness.shoot('c')];
  await harness.shoot('a2', 'document', { kind: 'insert', before: b });
  assert.deepEqual(await harness.texts(), [['a', 'a2', 'b', 'c']]);
  await session.edits?.moveBy(c, -1);
  assert.deepEqual(await harness.texts(), [['a', 'a2', 'c', 'b']]);
  await session.edits?.split(c);
  assert.deepEqual(await harness.texts(), [
    ['a', 'a2'],
    ['c', 'b'],
  ]);
  await session.edits?.moveBy(c, -1);
  assert.deepEqual(await harness.texts(), [['a', 'a2', 'c'], ['b']]);
  await session.edits?.remove(a);
  assert.deepEqual(await harness.texts(), [['a2', 'c'], ['b']]);
  await harness.shoot('b again', 'document', { kind: 'retake', pageId: b });
  assert.deepEqual(await harness.texts(), [['a2', 'c'], ['b again']]);
  const kinds: (string | undefined)[] = [];
  for (let step = await session.undo(); step; step = await session.undo()) kinds.push(step.kind);
  assert.deepEqual(kinds, ['replace', 'delete', 'move', 'split', 'move']);
  assert.deepEqual(await harness.texts(), [['a', 'a2', 'b', 'c']]);
});

test('taking a delete back keeps what was captured since', async () => {
  const harness = await opened();
  const a = await harness.shoot('a');
  await harness.session.edits?.remove(a);
  await harness.shoot('b');
  await harness.session.undo();
  assert.deepEqual(await harness.texts(), [['a', 'b']]);
});

test('turning works on the page anew, from its master', async () => {
  const harness = await opened();
  const a = await harness.shoot('a');
  await harness.session.edits?.turn(a, 90);
  await harness.session.edits?.turn(a, 90);
  await harness.session.settled();
  assert.equal(harness.pipeline.processed.at(-1)?.rotationDeg, 180);
});

test('a turn asked for at the very end of the work on a page is not lost', async () => {
  const harness = await opened();
  const { session, store } = harness;
  const pageId = await harness.shoot();
  await session.edits?.turn(pageId, 90);
  const { updatePage } = store;
  let second: Promise<unknown> | undefined;
  // The result of the first turn is on its way into the store when the second turn is asked for.
  store.updatePage = async (id, change) => {
    if (change.output && !second) second = session.edits?.turn(pageId, 90);
    return updatePage.call(store, id, change);
  };
  await session.settled();
  await second;
  await session.settled();
  assert.equal(harness.pipeline.processed.at(-1)?.rotationDeg, 180);
});

test('unfinished work is found after a restart, and goes on', async () => {
  const store = new MemoryStore();
  const before = await opened(store);
  await before.shoot('a');
  before.session.close();
  const after = new SessionHarness(store);
  await after.session.open(RECORD);
  const { state } = after.session;
  assert.equal(state.status === 'found' && state.found.pageCount, 1);
  await after.session.resume();
  await after.shoot('b');
  assert.deepEqual(await after.texts(), [['a', 'b']]);
});

test('what was found can be left for later or thrown away', async () => {
  const store = new MemoryStore();
  const before = await opened(store);
  await before.shoot('a');
  before.session.close();
  const after = new SessionHarness(store);
  await after.session.open(RECORD);
  await after.session.putOff();
  assert.equal(after.session.state.status, 'open');
  assert.deepEqual(await after.texts(), [[]]);
  after.session.close();
  const later = new SessionHarness(store);
  await later.session.open(RECORD);
  assert.equal(later.session.state.status, 'found');
  await later.session.discard();
  assert.equal(later.session.state.status, 'open');
  assert.equal((await store.batches()).length, 1);
});

test('a batch that another tab works on is not touched', async () => {
  const leads = new Set<string>();
  const store = new MemoryStore({ leads });
  const one = await opened(store);
  await one.shoot('a');
  const two = new SessionHarness(store);
  await two.session.open(RECORD);
  assert.equal(two.session.state.status, 'in-use');
  await two.session.startNew();
  assert.equal(two.session.state.status, 'open');
  assert.notEqual(two.session.batchId, one.session.batchId);
});

test('work of a killed tab is done again after the restart', async () => {
  const store = new MemoryStore();
  const before = await opened(store);
  before.pipeline.free = new Promise(() => undefined);
  void before.session.take(
    { kind: 'bytes', bytes: new Blob(['a']) },
    { mode: 'document', colour: modePreset('document').colour, aim: { kind: 'append' } },
  );
  await new Promise((resolve) => setTimeout(resolve, 5));
  store.leads.clear();
  const after = new SessionHarness(store);
  await after.session.open(RECORD);
  await after.session.resume();
  await after.session.settled();
  assert.equal(after.session.tray.pages[0]?.mark, 'good');
});

test('submitting needs a type for each document, assembles them in order and ends with the receipt', async () => {
  const harness = await opened();
  const { session } = harness;
  await harness.shoot('a');
  const b = await harness.shoot('b');
  await session.edits?.split(b);
  await session.submit();
  assert.equal(statusOf(harness), 'open');
  assert.equal(harness.errors[0]?.code, 'batch-incomplete');
  const [first, second] = session.tray.documents;
  await session.edits?.describe(first?.documentId ?? '', { typeCode: 'C0026' });
  await session.edits?.describe(second?.documentId ?? '', { typeCode: 'C0032', title: 'own title' });
  await session.submit();
  assert.deepEqual(
    harness.pipeline.assembled.map(({ title, pages }) => [title, pages.length]),
    [
      ['type C0026', 1],
      ['own title', 1],
    ],
  );
  const { state } = session;
  assert.equal(state.status === 'submitted' && state.receipt.documents.length, 2);
  assert.equal(harness.facts.at(-1)?.type, 'batch-submitted');
});

test('a refused submission reopens the batch with all its pages', async () => {
  const harness = await opened();
  await harness.shoot('a', 'consent');
  harness.outbox.online = Promise.reject(captureError('upload-refused'));
  await harness.session.submit();
  assert.equal(harness.session.state.status, 'open');
  assert.equal(harness.errors[0]?.code, 'upload-refused');
  assert.deepEqual(await harness.texts(), [['a']]);
});

test('a page carries nothing but its recipe and what the worker found', async () => {
  const harness = await opened();
  const pageId = await harness.shoot('a');
  const page = await harness.store.page(pageId);
  assert.ok(page);
  assert.deepEqual(Object.keys(page.data), ['capture']);
  assert.equal(readPageData(page).work, 'done');
});
