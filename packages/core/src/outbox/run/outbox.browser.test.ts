import { expect } from 'chai';
import { createArchiveClient } from '../../client/create-archive-client.js';
import { extensions } from '../../model/fhir-names.js';
import { base64OfHex, hashBlob } from '../digest/hash-blob.js';
import { openCaptureStore } from '../store/open-capture-store.js';
import type { OutboxStatus } from '../types.js';
import { createOutbox } from './create-outbox.js';

const baseUrl = 'https://archive.test/fhir';

interface TabWindow {
  readonly createArchiveClient: typeof createArchiveClient;
  readonly createOutbox: typeof createOutbox;
  readonly openCaptureStore: typeof openCaptureStore;
}

async function openTab(): Promise<{ readonly inner: TabWindow; kill(): void }> {
  const frame = document.createElement('iframe');
  frame.src = '/packages/core/test-support/capture-tab.html';
  await new Promise<void>((resolve) => {
    window.addEventListener('capture-tab-ready', () => resolve(), { once: true });
    document.body.append(frame);
  });
  return { inner: frame.contentWindow as unknown as TabWindow, kill: () => frame.remove() };
}

/** Takes uploads by tus; `hold` keeps answers back. */
class PageArchive {
  readonly files = new Map<string, { bytes: Blob; readonly sizeBytes: number }>();
  hold: (() => Promise<void>) | undefined;
  readonly handle = async (request: Request): Promise<Response> => {
    const path = new URL(request.url).pathname.replace('/fhir/', '');
    if (path === 'metadata') return Response.json(statement);
    if (request.method === 'OPTIONS') return new Response(null, { headers: { 'tus-checksum-algorithm': 'sha256' } });
    if (request.method === 'POST') {
      const id = `u${this.files.size + 1}`;
      this.files.set(id, { bytes: new Blob(), sizeBytes: Number(request.headers.get('upload-length')) });
      return new Response(null, { status: 201, headers: { location: `${baseUrl}/$upload/${id}` } });
    }
    const id = path.replace('$upload/', '');
    const file = this.files.get(id);
    if (!file) return new Response(null, { status: 404 });
    if (request.method === 'PATCH') {
      const part = await request.blob();
      await this.hold?.();
      file.bytes = new Blob([file.bytes, part]);
    }
    const headers = { 'upload-offset': String(file.bytes.size), 'upload-length': String(file.sizeBytes) };
    if (file.bytes.size < file.sizeBytes) return new Response(null, { headers });
    const digest = `sha-256=:${base64OfHex(await hashBlob(file.bytes))}:`;
    return new Response(null, { headers: { ...headers, 'content-location': `Binary/${id}`, 'repr-digest': digest } });
  };
}

const statement = {
  resourceType: 'CapabilityStatement',
  fhirVersion: '4.0.1',
  extension: [{ url: extensions.archiveCapabilities, extension: [{ url: 'upload', valueCode: 'tus' }] }],
};

describe('the outbox in a browser', () => {
  it('is taken over by another tab when the one that uploads is killed; both saw how it went', async () => {
    const name = `outbox-test-${Date.now()}`;
    const archive = new PageArchive();
    const tab = await openTab();
    const theirs = await tab.inner.openCaptureStore({ name, encrypt: true });
    const store = await openCaptureStore({ name, encrypt: true });
    const { batchId } = await store.createBatch();
    const texts = ['one', 'two', 'three', 'four'];
    for (const text of texts) await store.addPage({ batchId, pageId: text, master: new Blob([text]) });

    let answered = 0;
    archive.hold = () => ((answered += 1) <= 1 ? Promise.resolve() : new Promise(() => undefined));
    const transport = archive.handle;
    const first = tab.inner.createOutbox({
      store: theirs,
      client: tab.inner.createArchiveClient({ baseUrl, transport }),
    });
    const mine = createOutbox({ store, client: createArchiveClient({ baseUrl, transport }) });
    const seen: OutboxStatus[] = [];
    const status = (wanted: (status: OutboxStatus) => boolean): Promise<void> =>
      new Promise((resolve) => {
        const look = (now: OutboxStatus): void => {
          seen.push(now);
          if (wanted(now)) resolve();
        };
        mine.watch(look);
        look(mine.status);
      });
    first.start();
    await status(({ phase, uploadedPages }) => phase === 'uploading' && uploadedPages === 1);
    mine.start();
    archive.hold = undefined;
    tab.kill();
    await status(({ phase, uploadedPages }) => phase === 'idle' && uploadedPages === texts.length);
    expect((await store.pages(batchId)).map(({ state }) => state)).to.deep.equal(texts.map(() => 'acknowledged'));
    const named = (await store.pages(batchId)).map(({ upload }) => upload?.binary?.replace('Binary/', '') ?? '');
    const stored = await Promise.all(named.map((id) => archive.files.get(id)?.bytes.text()));
    expect(stored).to.deep.equal(texts);
    mine.close();
    store.close();
    indexedDB.deleteDatabase(name);
  });
});
