import { expect } from 'chai';
import { AnjuanError } from '../../errors/anjuan-error.js';
import type { StoreEvent } from '../types.js';
import { openCaptureStore, type CaptureStoreOptions } from './open-capture-store.js';
import type { OutboxStore } from './outbox-store.js';

type OpenStore = typeof openCaptureStore;
interface Tab {
  readonly open: OpenStore;
  /** The browser ends the tab, whatever it was doing. */
  kill(): void;
}

let name = '';
let count = 0;
const opened: OutboxStore[] = [];
const tabs: Tab[] = [];

beforeEach(() => {
  name = `capture-test-${Date.now()}-${(count += 1)}`;
});
afterEach(() => {
  for (const store of opened.splice(0)) store.close();
  for (const tab of tabs.splice(0)) tab.kill();
  indexedDB.deleteDatabase(name);
});

async function open(options: CaptureStoreOptions = {}): Promise<OutboxStore> {
  const store = await openCaptureStore({ name, ...options });
  opened.push(store);
  return store;
}

async function openTab(): Promise<Tab> {
  const frame = document.createElement('iframe');
  frame.src = '/packages/core/test-support/capture-tab.html';
  await new Promise<void>((resolve) => {
    window.addEventListener('capture-tab-ready', () => resolve(), { once: true });
    document.body.append(frame);
  });
  const inner = frame.contentWindow as unknown as { openCaptureStore: OpenStore };
  const tab = { open: inner.openCaptureStore, kill: () => frame.remove() };
  tabs.push(tab);
  return tab;
}

const jpeg = (text: string): Blob => new Blob([text], { type: 'image/jpeg' });
const bytes = (size: number): Blob => new Blob([crypto.getRandomValues(new Uint8Array(size))], { type: 'image/jpeg' });

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'none';
  } catch (error) {
    return AnjuanError.from(error).code;
  }
}

/** Everything in one object store, read past our own code. */
function rows(store: string): Promise<Record<string, unknown>[]> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name);
    request.onerror = () => reject(new Error('cannot open'));
    request.onsuccess = () => {
      const all = request.result.transaction(store).objectStore(store).getAll();
      all.onsuccess = () => {
        request.result.close();
        resolve(all.result as Record<string, unknown>[]);
      };
    };
  });
}

/** Breaks one write to an object store of that name. */
async function breaking(
  store: string,
  fault: (target: IDBObjectStore) => void,
  work: () => Promise<void>,
): Promise<void> {
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...given: Parameters<typeof put>) {
    if (this.name === store) fault(this);
    return put.apply(this, given);
  };
  try {
    await work();
  } finally {
    IDBObjectStore.prototype.put = put;
  }
}

describe('the capture store in a browser', () => {
  for (const encrypt of [false, true]) {
    it(`keeps pages of megabytes over a new start, byte for byte (encrypt: ${encrypt})`, async () => {
      const first = await open({ encrypt });
      const { batchId } = await first.createBatch();
      const master = bytes(65_536);
      const large = new Blob(
        Array.from({ length: 40 }, () => master),
        { type: 'image/jpeg' },
      );
      const page = await first.addPage({ batchId, pageId: 'p', master: large });
      first.close();
      const again = await open({ encrypt });
      const back = await again.bytes('p', 'master');
      expect(back?.size).to.equal(large.size);
      expect((await again.page('p'))?.master.sha256).to.equal(page.master.sha256);
      const [row] = await rows('contents');
      const stored = new Uint8Array(await (row?.['blob'] as Blob).arrayBuffer());
      const plain = new Uint8Array(await large.arrayBuffer());
      expect(stored.slice(20, 60).join() === plain.slice(20, 60).join()).to.equal(!encrypt);
    });
  }

  it('notices bytes that changed on the disk', async () => {
    for (const encrypt of [false, true]) {
      const store = await open({ encrypt });
      const { batchId } = await store.createBatch();
      const pageId = `p-${encrypt}`;
      await store.addPage({ batchId, pageId, master: jpeg('the true bytes') });
      await new Promise<void>((resolve) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => {
          const tx = request.result.transaction('contents', 'readwrite');
          const contents = tx.objectStore('contents');
          const read = contents.get([pageId, 'master']);
          read.onsuccess = () => contents.put({ ...(read.result as object), blob: new Blob(['other bytes, other d']) });
          tx.oncomplete = () => {
            request.result.close();
            resolve();
          };
        };
      });
      expect(await codeOf(store.bytes(pageId, 'master'))).to.equal('integrity-mismatch');
    }
  });

  it('keeps no name of an imported file', async () => {
    const store = await open();
    const { batchId } = await store.createBatch();
    await store.addPage({ batchId, pageId: 'p', master: new File(['x'], '张三 病历.jpg', { type: 'image/jpeg' }) });
    const [row] = await rows('contents');
    expect(row?.['blob']).not.to.be.instanceOf(File);
  });

  it('writes a page whole or not at all, wherever the transaction breaks, and goes on after', async () => {
    for (const fault of [
      (target: IDBObjectStore) => target.transaction.abort(),
      () => {
        throw new DOMException('disk', 'UnknownError');
      },
    ]) {
      for (const at of ['batches', 'totals', 'contents']) {
        const store = await open();
        const { batchId } = await store.createBatch();
        const page = { batchId, pageId: crypto.randomUUID(), master: jpeg('x') };
        await breaking(at, fault, async () => {
          expect(await codeOf(store.addPage(page)), at).to.equal('storage-failed');
        });
        expect(await store.pages(batchId)).to.deep.equal([]);
        expect((await rows('contents')).filter((row) => row['batchId'] === batchId)).to.deep.equal([]);
        expect((await store.addPage(page)).seq).to.equal(1);
      }
    }
  });

  it('says that storage is full when the browser refuses to write, and keeps what it had', async () => {
    const store = await open();
    const { batchId } = await store.createBatch();
    await store.addPage({ batchId, pageId: 'p', master: jpeg('x') });
    const full = (): never => {
      throw new DOMException('no room', 'QuotaExceededError');
    };
    await breaking('contents', full, async () => {
      expect(await codeOf(store.addPage({ batchId, pageId: 'q', master: jpeg('y') }))).to.equal('storage-full');
    });
    expect((await store.batch(batchId))?.documents[0]?.pageIds).to.deep.equal(['p']);
    expect((await store.addPage({ batchId, pageId: 'q', master: jpeg('y') })).seq).to.equal(2);
  });

  it('tells other tabs what changed, by ids', async () => {
    const [mine, other] = [await open(), await open()];
    const heard: StoreEvent[] = [];
    const { batchId } = await mine.createBatch();
    const told = new Promise<void>((resolve) => {
      other.watch((event) => {
        heard.push(event);
        if (event.type === 'page') resolve();
      });
    });
    await mine.addPage({ batchId, pageId: 'p', master: jpeg('x'), data: { secret: 'not for the channel' } });
    await told;
    expect(heard).to.deep.include({ type: 'page', batchId, pageId: 'p' });
    expect(JSON.stringify(heard)).not.to.include('secret');
  });

  it('numbers pages of two real tabs without gaps, and gives the batch to one of them', async () => {
    const mine = await open();
    const tab = await openTab();
    const theirs = await tab.open({ name });
    const { batchId } = await mine.createBatch();
    const adds = Array.from({ length: 30 }, (_, index) =>
      (index % 2 ? mine : theirs).addPage({ batchId, pageId: `p${index}`, master: jpeg(`${index}`) }),
    );
    const seqs = (await Promise.all(adds)).map(({ seq }) => seq).sort((a, b) => a - b);
    expect(seqs).to.deep.equal(Array.from({ length: 30 }, (_, index) => index + 1));
    await theirs.lead(batchId);
    expect(await codeOf(mine.lead(batchId))).to.equal('batch-in-use');
    tab.kill();
    let code = await codeOf(mine.lead(batchId));
    // The browser frees the lock of a dead tab a moment later.
    while (code === 'batch-in-use') code = await codeOf(mine.lead(batchId));
    expect(code).to.equal('none');
  });

  it('gives the batch to the next tab also where there are no Web Locks', async () => {
    const mine = await open({ locks: null });
    const tab = await openTab();
    const theirs = await tab.open({ name, locks: null });
    const { batchId } = await mine.createBatch();
    await theirs.lead(batchId);
    expect(await codeOf(mine.lead(batchId))).to.equal('batch-in-use');
    tab.kill();
    expect(await codeOf(mine.lead(batchId))).to.equal('none');
  });

  it('has every confirmed page, and only whole pages, after a tab was killed in the middle of adding', async () => {
    const tab = await openTab();
    const theirs = await tab.open({ name });
    const { batchId } = await theirs.createBatch();
    const confirmed: string[] = [];
    const adding = Array.from({ length: 40 }, (_, index) =>
      theirs
        .addPage({ batchId, pageId: `p${index}`, master: bytes(50_000) })
        .then(({ pageId }) => confirmed.push(pageId)),
    );
    await adding[9];
    tab.kill();
    const before = [...confirmed];
    const mine = await open();
    const pages = await mine.pages(batchId);
    const ids = pages.map(({ pageId }) => pageId);
    expect(ids).to.include.members(before);
    expect((await mine.batch(batchId))?.documents[0]?.pageIds).to.deep.equal(ids);
    expect(pages.map(({ seq }) => seq)).to.deep.equal(pages.map((_, index) => index + 1));
    for (const pageId of ids) expect((await mine.bytes(pageId, 'master'))?.size).to.equal(50_000);
    expect((await rows('contents')).length).to.equal(pages.length);
  });

  it('wipes bytes and key for every tab', async () => {
    const [mine, other] = [await open({ encrypt: true }), await open({ encrypt: true })];
    const { batchId } = await mine.createBatch();
    await mine.addPage({ batchId, pageId: 'p', master: jpeg('x') });
    await other.wipe();
    for (const store of ['batches', 'pages', 'contents', 'keys']) expect(await rows(store), store).to.deep.equal([]);
    const next = await mine.createBatch();
    await mine.addPage({ batchId: next.batchId, pageId: 'q', master: jpeg('after') });
    expect(await (await other.bytes('q', 'master'))?.text()).to.equal('after');
  });

  it('gives way to a newer release in another tab', async () => {
    const store = await open();
    const { batchId } = await store.createBatch();
    const close = new Promise<void>((resolve) => {
      const newer = indexedDB.open(name, 99);
      newer.onerror = () => resolve();
      newer.onsuccess = () => {
        newer.result.close();
        resolve();
      };
    });
    await close;
    // A newer release took the database over: this one must not write any more, and says so.
    expect(await codeOf(store.batch(batchId))).to.equal('storage-failed');
  });

  it('asks the browser once to keep the pages, and reports the room', async () => {
    let asked = 0;
    const storage = {
      estimate: () => Promise.resolve({ usage: 10, quota: 1000 }),
      persisted: () => Promise.resolve(false),
      persist: () => Promise.resolve((asked += 1) > 0),
    };
    const store = await open({ storage });
    const { batchId } = await store.createBatch();
    for (const pageId of ['p', 'q']) await store.addPage({ batchId, pageId, master: jpeg(pageId) });
    expect(asked).to.equal(1);
    expect((await (await open({ name: `${name}-real` })).room()).quotaBytes).to.be.greaterThan(0);
    indexedDB.deleteDatabase(`${name}-real`);
  });
});
