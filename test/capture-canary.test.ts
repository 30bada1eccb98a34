// Law 7 for store and outbox: titles and card texts reach the archive, and no error, log, metric, event or key.
import 'fake-indexeddb/auto';
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import { inspect } from 'node:util';
import { IDBFactory } from 'fake-indexeddb';
import { createSamReader, parseCardText, parseSeparator } from '@anjuan/capture';
import { SamSimulator, samTestCards, SamWire, textBlock, type SamFault } from '@anjuan/capture/testing';
import { AnjuanError, createArchiveClient, type ArchiveClient } from '@anjuan/core';
import { createOutbox, openCaptureStore, type Outbox, type OutboxStore } from '@anjuan/core/outbox';
import { createArchive, MemoryBlobStore, MemoryStore } from '@anjuan/archive';
import { admit, clerk, heartStay, TestArchive } from '@anjuan/archive/testing';
import { canary, leaks, type Sink } from './support/canary.js';

const methods = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const;
const title = `${canary.name} ${canary.text}`;

describe('law 7: store and outbox keep patient data out of everything but the submission', () => {
  let sinks: Sink[] = [];
  let sent: string[] = [];
  /** Answers writes in place of the archive. */
  let refuse: ((request: Request) => number | undefined) | undefined;
  let client: ArchiveClient;
  let store: OutboxStore;
  let outbox: Outbox;
  let database: IDBFactory;

  beforeEach(async () => {
    sinks = [];
    sent = [];
    refuse = undefined;
    for (const name of methods) {
      mock.method(console, name, (...args: unknown[]) =>
        sinks.push({ where: `console.${name}`, text: args.map((arg) => inspect(arg, { depth: 8 })).join(' ') }),
      );
    }
    const stores = { store: new MemoryStore(), blobs: new MemoryBlobStore() };
    await admit(new TestArchive(stores), { ...heartStay, status: 'working' });
    const real = createArchive({ ...stores, auth: { authenticate: () => Promise.resolve(clerk) } });
    client = createArchiveClient({
      baseUrl: 'http://archive.test/fhir',
      telemetry: (event) => sinks.push({ where: 'telemetry', text: JSON.stringify(event) }),
      onWarning: (warning) => sinks.push({ where: 'warning', text: JSON.stringify(warning) }),
      transport: async (request) => {
        sinks.push({ where: 'address', text: decodeURI(request.url) });
        sinks.push({ where: 'headers', text: JSON.stringify([...request.headers]) });
        const status = refuse?.(request);
        if (status !== undefined) return quoting(status);
        if (request.method === 'POST') sent.push(await request.clone().text());
        return real.handle(request);
      },
    });
    database = new IDBFactory();
    store = await openCaptureStore({ indexedDB: database, locks: null, storage: null, channel: null });
    store.watch((event) => sinks.push({ where: 'store event', text: JSON.stringify(event) }));
    outbox = createOutbox({ store, client, channel: null });
    outbox.watch((status) => sinks.push({ where: 'outbox status', text: inspect(status, { depth: 8 }) }));
  });
  afterEach(() => {
    outbox.close();
    client.close();
    store.close();
    mock.restoreAll();
  });

  function keep(where: string, error: unknown): void {
    assert.ok(AnjuanError.is(error), 'only AnjuanErrors come out');
    const { message, stack, details } = error;
    sinks.push({ where, text: JSON.stringify([error.toJSON(), message, stack, details]) });
    sinks.push({ where: `${where}, printed`, text: inspect(error, { depth: 8 }) });
  }

  async function finish(): Promise<unknown> {
    const { batchId } = await store.createBatch({ target: { recordId: heartStay.recordId } });
    const master = new Blob([title], { type: 'image/jpeg' });
    await store.addPage({ batchId, pageId: crypto.randomUUID(), master, data: { note: title } });
    const { documents } = await store.updateBatch(batchId, (batch) => ({
      ...batch,
      documents: batch.documents.map((document) => ({ ...document, typeCode: 'C0026', title })),
    }));
    const files = documents.map(({ documentId }) => ({
      documentId,
      file: new Blob([`%PDF-1.7 ${title}`], { type: 'application/pdf' }),
    }));
    return outbox.finish(batchId, { files, signal: AbortSignal.timeout(15_000) });
  }

  /** Names and keys of everything in the database. */
  async function keys(): Promise<Sink[]> {
    const names = await database.databases();
    const opened = await asked(database.open('anjuan-capture'));
    const stores = [...opened.objectStoreNames];
    const reading = opened.transaction(stores);
    const found = await Promise.all(stores.map((name) => asked(reading.objectStore(name).getAllKeys())));
    opened.close();
    const text = JSON.stringify([names, stores, found]);
    assert.ok(found.flat().length > 0, 'there are keys');
    return [{ where: 'keys of the database', text }];
  }

  test('a submission carries the title to the archive and nowhere else', async () => {
    const receipt = await finish();
    assert.ok(sent.join(' ').includes(canary.name), 'the canary went to the archive');
    assert.ok(
      sinks.some(({ where }) => where === 'telemetry'),
      'telemetry was heard',
    );
    assert.ok(
      sinks.some(({ where }) => where === 'store event'),
      'the store told',
    );
    sinks.push({ where: 'receipt', text: JSON.stringify(receipt) });
    assert.deepEqual(leaks([...sinks, ...(await keys())]), []);
  });

  for (const status of [403, 413, 415, 422]) {
    test(`an upload or submission refused with ${status} and the patient's name ends without it`, async () => {
      refuse = (request) => (request.method === 'POST' ? status : undefined);
      await assert.rejects(finish(), (error) => {
        keep(`refusal ${status}`, error);
        return true;
      });
      assert.deepEqual(leaks([...sinks, ...(await keys())]), []);
    });
  }

  test('a card that cannot be used, and a broken one, say nothing of the person', async () => {
    const fields = [
      [0, 30, canary.name],
      [36, 16, '19809999'],
      [52, 70, canary.text],
      [122, 36, canary.residentId],
      [188, 16, canary.text],
      [204, 16, 'x'],
    ] as const;
    assert.throws(
      () => parseCardText(textBlock(fields)),
      (error) => {
        keep('impossible card', error);
        return true;
      },
    );
    const module = new SamSimulator();
    module.placeCard({ ...samTestCards.resident, text: textBlock(fields) });
    const status = (): SamFault => ({ kind: 'status', status: 0x41 });
    module.spoil('read', ...Array.from({ length: 8 }, status));
    const reader = createSamReader({ transport: new SamWire(module), locks: 'none' });
    await assert.rejects(reader.read({ timeoutMs: 2_000 }), (error) => {
      keep('broken card', error);
      return true;
    });
    await reader.close();
    assert.deepEqual(leaks(sinks), []);
  });

  test('a wristband is no separator, and what is said of it does not quote it', () => {
    for (const text of [canary.recordNumber, `ANJ:1:D:${canary.name}::1:0000`]) {
      sinks.push({ where: 'reading of a barcode', text: JSON.stringify(parseSeparator(text)) });
    }
    assert.deepEqual(leaks(sinks), []);
  });
});

function quoting(status: number): Response {
  const diagnostics = `${canary.name} ${canary.residentId}: ${canary.text}`;
  const issue = [{ severity: 'error', code: 'processing', diagnostics, details: { text: canary.name } }];
  const headers = { 'content-type': 'application/fhir+json' };
  return new Response(JSON.stringify({ resourceType: 'OperationOutcome', issue }), { status, headers });
}

function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'));
  });
}
