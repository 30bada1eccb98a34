import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, describe, it } from 'node:test';
import { extensions, identifierSystems, type RecordManifest } from '@anjuan/core';
import { createArchive } from '../archive.js';
import { fixedUser, type Principal } from '../auth/principal.js';
import { MemoryBlobStore } from '../blob/memory-blob-store.js';
import { objectsAt, stringAt, stringsAt } from '../fhir/json.js';
import type { RecordFolder } from '../folder-format.js';
import { PagePool } from '../pages/page-pool.js';
import { createPageService } from '../pages/service/create-page-service.js';
import { systemAccount } from '../server/system-account.js';
import { MemoryStore } from '../store/memory-store.js';
import { plainPdf } from '../testing/plain-pdf.js';
import { user } from '../testing/people.js';
import { sampleDocument, sampleRecord } from '../testing/sample-record.js';
import { ArchiveWriter } from './archive-writer.js';
import { ingestFolder } from './ingest-folder.js';
import type { IngestEvent } from './progress.js';

const maker = new PagePool({ size: 1 });
after(() => maker.close());
const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

const pdf = (text: string) => plainPdf([{ texts: [{ x: 72, y: 700, text }] }]);

async function setUp(record: RecordFolder = sampleRecord()) {
  const dir = await mkdtemp(join(tmpdir(), 'anjuan-ingest-'));
  folders.push(dir);
  const folder = join(dir, record.recordId);
  await mkdir(folder);
  const write = (name: string, content: string | Uint8Array) => writeFile(join(folder, name), content);
  await write('record.json', JSON.stringify(record));
  for (const document of record.documents) await write(document.file, pdf(document.title));
  const [store, blobs] = [new MemoryStore(), new MemoryBlobStore()];
  const pages = createPageService({ store, blobs, maker });
  const archive = createArchive({ store, blobs, pageService: pages, auth: fixedUser(systemAccount) });
  const writer = new ArchiveWriter(archive);
  const run = async () => {
    const events: IngestEvent[] = [];
    const summary = await ingestFolder({ dir, archive, pages, onEvent: (event) => events.push(event) });
    return { summary, events };
  };
  const manifest = async (recordId = record.recordId, principal: Principal = systemAccount) => {
    const url = `http://archive.invalid/fhir/List/${recordId}/$record-manifest`;
    const asked = createArchive({ store, blobs, pageService: pages, auth: fixedUser(principal) });
    const response = await asked.handle(new Request(url));
    assert.equal(response.status, 200);
    return (await response.json()) as RecordManifest;
  };
  return { dir, folder, write, writer, run, manifest };
}

describe('ingest', () => {
  it('makes a record that opens, with its index card', async () => {
    const { run, writer, manifest } = await setUp();
    const { summary } = await run();
    assert.deepEqual(summary, { records: 1, documents: 2, pages: 2, broken: 0, skipped: 0, failed: 0 });
    const opened = await manifest();
    assert.deepEqual(
      opened.documents.map(({ documentId, state, pages }) => [documentId, state, pages.length]),
      [
        ['stay-1-front', 'ready', 1],
        ['stay-1-admission', 'ready', 1],
      ],
    );
    assert.deepEqual([opened.status, opened.summary.patientName], ['archived', '林一晨']);
    const card = (await writer.read('DocumentReference', 'stay-1-front'))?.resource;
    assert.deepEqual(stringsAt(card, 'identifier.system'), [
      identifierSystems.recordNumber,
      identifierSystems.inpatientNumber,
    ]);
    assert.equal(stringAt(card, 'context.event.text'), '急性心肌梗死');
    assert.equal(stringAt(card, 'context.period.start'), '2026-03-02T09:00:00+08:00');
    assert.equal(stringAt(card, 'context.practiceSetting.text'), '心内科');
    assert.equal(stringAt(card, 'context.encounter.reference'), 'Encounter/enc-stay-1');
  });

  it('tells everybody who may open a record whose it is', async () => {
    const { run, manifest } = await setUp();
    await run();
    const readers: Principal[] = [
      user('DOC', { userId: 'pr-1' }),
      ...['DOC', 'HEAD', 'NUR'].map((role) => user(role, { departments: ['cardiology'] })),
      ...['REC', 'COD', 'QC1', 'QC2', 'MED'].map((role) => user(role)),
      user('PAT', { patientId: 'pt-1' }),
    ];
    for (const reader of readers) {
      const { patientName, gender, birthDate } = (await manifest('stay-1', reader)).summary;
      assert.deepEqual([patientName, gender, birthDate], ['林一晨', 'female', '1961-02-03'], reader.name);
    }
  });

  it('says which documents the source system has signed, and nothing where it does not say', async () => {
    const documents = [
      sampleDocument('signed', { signed: true }),
      sampleDocument('unsigned', { signed: false }),
      sampleDocument('silent'),
      sampleDocument('damaged', { signed: true }),
      sampleDocument('guarded', { signed: true, labels: ['CEL'] }),
    ];
    const { run, write, manifest } = await setUp(sampleRecord({ documents }));
    await write('damaged.pdf', '');
    await run();
    const treating = user('DOC', { departments: ['cardiology'] });
    const told = (await manifest('stay-1', treating)).documents.map(({ state, signed }) => [state, signed]);
    assert.deepEqual(told, [
      ['ready', true],
      ['ready', false],
      ['ready', undefined],
      ['broken', true],
      ['locked', undefined],
    ]);
  });

  it('keeps broken files with their error state and reads on', async () => {
    const documents = ['good', 'cut', 'empty', 'wrong', 'gone', 'last'].map((id) => sampleDocument(id));
    const { run, write, folder, manifest, writer } = await setUp(sampleRecord({ documents }));
    await write('cut.pdf', pdf('x').slice(0, 800));
    await write('empty.pdf', '');
    await write('wrong.pdf', 'plain text, not a PDF');
    await rm(join(folder, 'gone.pdf'));
    const { summary } = await run();
    assert.deepEqual([summary.documents, summary.broken, summary.failed], [6, 4, 0]);
    const states = (await manifest()).documents.map((entry) => (entry.state === 'broken' ? entry.code : entry.state));
    assert.deepEqual(states, [
      'ready',
      'pdf-malformed',
      'document-empty',
      'document-unsupported',
      'document-empty',
      'ready',
    ]);
    const cut = (await writer.read('DocumentReference', 'cut'))?.resource;
    const error = objectsAt(cut, 'extension').find(({ url }) => url === extensions.ingestError);
    assert.equal(stringAt(error, 'valueCode'), 'pdf-malformed');
    assert.ok(stringAt(cut, 'content.attachment.url')?.startsWith('Binary/'), 'the bytes are kept');
  });

  it('skips a broken record.json, says why, and stores the others', async () => {
    const { run, dir } = await setUp();
    await mkdir(join(dir, 'broken'));
    await writeFile(join(dir, 'broken/record.json'), JSON.stringify({ ...sampleRecord(), recordId: 'Bad Id' }));
    await mkdir(join(dir, 'cut'));
    await writeFile(join(dir, 'cut/record.json'), '{"format":');
    const { summary, events } = await run();
    assert.deepEqual([summary.records, summary.skipped], [1, 2]);
    const skipped = events.filter((event) => event.type === 'skipped');
    assert.deepEqual(
      skipped.map(({ place }) => place),
      ['broken', 'cut'],
    );
    assert.match(skipped[0]?.problems[0] ?? '', /recordId must be an id/);
  });

  it('writes nothing the second time, and only what changed the third time', async () => {
    const { run, write, writer, manifest } = await setUp();
    await run();
    const before = await manifest();
    const again = await run();
    assert.ok(again.events.every((event) => event.type !== 'document' || event.state === 'same'));
    assert.equal((await manifest()).version, before.version);
    assert.equal((await writer.read('List', 'stay-1'))?.versionId, '1');
    await write('stay-1-admission.pdf', pdf('修改后的入院记录'));
    await run();
    const changed = await manifest();
    assert.deepEqual(
      changed.documents.map(({ versionId }) => versionId),
      ['1', '2'],
    );
    assert.notEqual(changed.version, before.version);
  });

  it('makes a stay findable before its front page is written, and lets the front page take over', async () => {
    const ward = sampleRecord({ status: 'working', documents: [sampleDocument('stay-1-admission')] });
    const { run, write, writer, manifest } = await setUp(ward);
    const found = async () => {
      const cards = await writer.search('DocumentReference?type=C0032&status=current&identifier=ZY0000001');
      return cards.map(({ id }) => id);
    };
    await run();
    assert.deepEqual(await found(), ['card-stay-1']);
    const open = await manifest();
    assert.deepEqual(
      open.documents.map(({ documentId }) => documentId),
      ['stay-1-admission'],
      'the card is none of the papers',
    );
    assert.equal(open.summary.department, '心内科');
    await write('stay-1-front.pdf', pdf('首页'));
    await write('record.json', JSON.stringify(sampleRecord()));
    await run();
    assert.deepEqual(await found(), ['stay-1-front']);
  });

  it('stores a stay without documents', async () => {
    const { run, manifest } = await setUp(sampleRecord({ documents: [] }));
    assert.equal((await run()).summary.records, 1);
    const empty = await manifest();
    assert.deepEqual([empty.documents, empty.summary.patientName], [[], '林一晨']);
  });
});
