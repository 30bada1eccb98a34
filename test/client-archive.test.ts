// The client against the reference archive, with and without page service: the same record, told by two ways.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it, test } from 'node:test';
import { createArchiveClient, type ArchiveClient, type RecordQuery, type RecordSummary } from '@anjuan/core';
import { transportSuite } from '@anjuan/core/testing';
import {
  createArchive,
  createPageService,
  fixedUser,
  MemoryBlobStore,
  MemoryStore,
  type Archive,
} from '@anjuan/archive';
import { ingestFolder, PagePool } from '@anjuan/archive/node';

const baseUrl = 'https://archive.test/fhir';
const dir = new URL('../fixtures/records/small', import.meta.url).pathname;
const single = { recordId: 'small-single', file: `${dir}/small-single/small-single-lab.pdf` };

const store = new MemoryStore();
const blobs = new MemoryBlobStore();
const maker = new PagePool({ size: 1 });
const pages = createPageService({ store, blobs, maker, warmPages: 0 });
const clerk = fixedUser({ userId: 'clerk', name: 'clerk', roles: ['REC'], departments: [] });
const ways = {
  'with page service': createArchive({ store, blobs, auth: clerk, pageService: pages }),
  'plain FHIR': createArchive({ store, blobs, auth: clerk }),
};

function connect(archive: Archive): ArchiveClient {
  return createArchiveClient({ baseUrl, transport: (request) => archive.handle(request) });
}

async function find(client: ArchiveClient, query: RecordQuery): Promise<string[]> {
  const found: RecordSummary[] = [];
  for await (const summary of client.records.search(query)) found.push(summary);
  return found.map(({ recordId }) => recordId);
}

before(async () => {
  const system = fixedUser({ userId: 'ingest', name: 'ingest', roles: ['SYS'], departments: [] });
  await ingestFolder({ dir, archive: createArchive({ store, blobs, auth: system, pageService: pages }), pages });
});
after(() => maker.close());

for (const [way, archive] of Object.entries(ways)) {
  describe(`client and archive, ${way}`, () => {
    const client = connect(archive);

    test('every record of the folder opens, in the order of its record.json', async () => {
      for (const recordId of ['small-mixed', 'small-single', 'small-empty']) {
        const folder = JSON.parse(await readFile(`${dir}/${recordId}/record.json`, 'utf8')) as {
          patient: { name: string };
          stay: { recordNumber: string };
          documents: { documentId: string }[];
        };
        const record = await client.records.open(recordId);
        assert.equal(record.summary.patientName, folder.patient.name);
        assert.equal(record.summary.recordNumber, folder.stay.recordNumber);
        assert.deepEqual(
          record.documents.map(({ documentId }) => documentId),
          folder.documents.map(({ documentId }) => documentId),
        );
      }
    });

    test('the bytes are the file, whole and in parts, by the digest of the manifest', async () => {
      const file = await readFile(single.file);
      const [document] = (await client.records.open(single.recordId)).documents;
      assert.ok(document);
      assert.equal(document.digest, createHash('sha256').update(file).digest('hex'));
      const blob = await client.documents.bytes(document, { digest: document.digest });
      assert.deepEqual(Buffer.from(await blob.arrayBuffer()), file);
      const source = await client.documents.openBytes(document);
      assert.deepEqual([source.sizeBytes, source.ranges], [file.length, true]);
      const part = await source.read({ start: 100, end: 5000 });
      assert.deepEqual(Buffer.from(part), file.subarray(100, 5000));
      assert.equal((await client.documents.versions(document.documentId)).length, 1);
    });

    test('a record is found by whatever a person knows of it', async () => {
      const { summary } = await client.records.open('small-mixed');
      const { patientName, recordNumber = '', inpatientNumber = '', department = '', dischargedOn = '' } = summary;
      const day = dischargedOn.slice(0, 10);
      for (const query of [
        { name: patientName.slice(0, 2) },
        { recordNumber },
        { inpatientNumber },
        { department, patientId: summary.patientId },
        { text: patientName },
        { text: recordNumber },
        { dischargedFrom: day, dischargedTo: day, recordNumber },
      ]) {
        assert.deepEqual(await find(client, query), ['small-mixed'], Object.keys(query).join());
      }
      // Other stays have the same diagnosis; without a front page yet, they are found by their index cards.
      const stays = ['small-broken', 'small-consent', 'small-empty', 'small-mixed', 'small-single'];
      for (const diagnosis of [summary.mainDiagnosis?.text ?? 'none', summary.mainDiagnosis?.code ?? 'none']) {
        assert.deepEqual((await find(client, { diagnosis })).sort(), stays);
      }
      assert.deepEqual(await find(client, { dischargedTo: '1990-01-01' }), []);
      assert.deepEqual(await find(client, { recordNumber: 'no such number' }), []);
    });

    test('an unknown record is not found', async () => {
      await assert.rejects(client.records.open('no-such-record'), { code: 'record-not-found' });
    });
  });
}

describe('client and page service', () => {
  const client = connect(ways['with page service']);

  test('a second open is answered with 304', async () => {
    const statuses: number[] = [];
    const watched = createArchiveClient({
      baseUrl,
      transport: async (request) => {
        const response = await ways['with page service'].handle(request);
        if (request.url.includes('manifest')) statuses.push(response.status);
        return response;
      },
    });
    assert.equal(await watched.records.open('small-mixed'), await watched.records.open('small-mixed'));
    assert.deepEqual(statuses, [200, 304]);
  });

  test('a page comes as a picture and as text; one too many is not found', async () => {
    const [document] = (await client.records.open(single.recordId)).documents;
    assert.ok(document?.state === 'ready');
    assert.equal((await client.documents.pageImage(document, { pageIndex: 0, widthPx: 480 })).type, 'image/jpeg');
    assert.match((await client.documents.pageText(document, { pageIndex: 0 })).text, /尿/);
    const beyond = { pageIndex: document.pages.length, widthPx: 480 };
    await assert.rejects(client.documents.pageImage(document, beyond), { code: 'page-not-found' });
  });

  test('without page service a page picture is a missing capability', async () => {
    const plain = connect(ways['plain FHIR']);
    const [document] = (await plain.records.open(single.recordId)).documents;
    assert.ok(document);
    const page = { pageIndex: 0, widthPx: 480 };
    await assert.rejects(plain.documents.pageImage(document, page), { code: 'capability-missing' });
  });
});

transportSuite(
  { describe: (name, body) => void describe(name, body), it: (name, body) => void it(name, body) },
  async () => {
    const [document] = (await connect(ways['plain FHIR']).records.open(single.recordId)).documents;
    return {
      transport: (request) => ways['with page service'].handle(request),
      baseUrl,
      jsonPath: 'metadata',
      bytesPath: document?.url ?? '',
      bytes: new Uint8Array(await readFile(single.file)),
      missingPath: 'Patient/nobody',
    };
  },
);
