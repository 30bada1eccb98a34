import assert from 'node:assert/strict';
import { beforeEach, describe, it } from 'node:test';
import type { RecordManifest } from '@anjuan/core';
import { PAGES_SIDECAR } from '../service/page-service.js';
import { fakePages } from '../testing/fake-pages.js';
import { auditor, cardiologist, clerk, neurologist, patientLin, system } from '../testing/people.js';
import { admit, brainStay, heartStay, sampleList } from '../testing/sample-hospital.js';
import { TestArchive } from '../testing/test-archive.js';

const page = {
  pageId: 'p1',
  widthPt: 595,
  heightPt: 842,
  rotationDeg: 0,
  kind: 'text',
  widthsPx: [160, 1000],
} as const;

describe('record manifest and pages', () => {
  let archive: TestArchive;
  let pages: ReturnType<typeof fakePages>;

  beforeEach(async () => {
    pages = fakePages();
    archive = new TestArchive({ pageService: pages });
    await admit(archive, heartStay, brainStay);
    await archive.store.transaction(async (tx) => {
      const ready = { state: 'ready', pages: [{ ...page, widthsPx: [...page.widthsPx] }] };
      await tx.putSidecar({ documentId: 'heart-front', versionId: '1', kind: PAGES_SIDECAR, body: ready });
      const failed = { state: 'failed', code: 'pdf-encrypted' };
      await tx.putSidecar({ documentId: 'heart-lab', versionId: '1', kind: PAGES_SIDECAR, body: failed });
    });
  });

  it('lists the documents in order with pages, failures and locks', async () => {
    const answer = await archive.as(cardiologist)('List/rec-heart/$record-manifest');
    assert.equal(answer.status, 200, answer.text);
    const manifest = answer.json as unknown as RecordManifest;
    assert.deepEqual(
      manifest.documents.map((entry) => `${entry.documentId} ${entry.state}`),
      ['heart-front ready', 'heart-lab broken', 'heart-hiv unmeasured', 'heart-vip locked'],
    );
    assert.deepEqual(manifest.documents[0]?.pages, [page]);
    assert.equal(manifest.status, 'archived');
    const { recordId, patientName, gender, recordNumber, visitNumber, department, mainDiagnosis } = manifest.summary;
    assert.deepEqual([recordId, patientName, gender, recordNumber], ['rec-heart', '林一辰', 'female', 'BA000101']);
    assert.deepEqual([visitNumber, department], [1, '心血管内科']);
    assert.equal(mainDiagnosis?.text, heartStay.diagnosis);
    const locked = manifest.documents[3];
    assert.deepEqual([locked?.title, locked?.category.code], ['病程记录', 'course']);
    assert.equal(answer.text.includes('干部保健'), false, 'a locked title never leaves');
  });

  it('is 404 for who may not know it and 403 for who may not read it', async () => {
    assert.equal((await archive.as(auditor)('List/rec-heart/$record-manifest')).status, 404);
    assert.equal((await archive.as(neurologist)('List/rec-heart/$record-manifest')).status, 403);
    assert.equal((await archive.as(patientLin)('List/rec-brain/$record-manifest')).status, 404);
    assert.equal((await archive.as(clerk)('List/none/$record-manifest')).status, 404);
  });

  it('has an ETag that changes with any member, its pages included', async () => {
    const go = archive.as(clerk);
    const path = 'List/rec-heart/$record-manifest';
    const etag = async (): Promise<string> => (await go(path)).headers.get('etag') ?? '';
    const first = await etag();
    assert.equal((await go(path, { headers: { 'if-none-match': first } })).status, 304);
    await archive.store.transaction((tx) =>
      tx.putSidecar({
        documentId: 'heart-hiv',
        versionId: '1',
        kind: PAGES_SIDECAR,
        body: { state: 'ready', pages: [] },
      }),
    );
    const second = await etag();
    assert.notEqual(second, first);
    const shorter = { ...sampleList(heartStay), entry: [{ item: { reference: 'DocumentReference/heart-lab' } }] };
    await archive.as(system)('List/rec-heart', { method: 'PUT', body: shorter, headers: { 'if-match': 'W/"1"' } });
    assert.notEqual(await etag(), second);
  });

  it('serves pages and text of readable documents only', async () => {
    const go = archive.as(cardiologist);
    const image = await go('DocumentReference/heart-front/_history/1/$page?index=1&width=480');
    assert.deepEqual([image.status, image.text], [200, 'heart-front/1/1/480']);
    assert.match(image.headers.get('cache-control') ?? '', /immutable/);
    assert.equal(image.headers.get('content-type'), 'image/jpeg');
    const etag = image.headers.get('etag') ?? '';
    const cached = await go('DocumentReference/heart-front/_history/1/$page?index=1&width=480', {
      headers: { 'if-none-match': etag },
    });
    assert.equal(cached.status, 304);
    assert.doesNotMatch(
      (await go('DocumentReference/heart-front/$page?index=1&width=480')).headers.get('cache-control') ?? '',
      /immutable/,
    );
    assert.equal((await go('DocumentReference/heart-front/$page-text?index=0')).json['text'], 'text of heart-front');
    const range = await go('DocumentReference/heart-front/$page-text?from=0&to=1');
    assert.equal((range.json['pages'] as unknown[]).length, 2);
    const refused: [string, number][] = [
      ['heart-front/$page?index=9&width=480', 404],
      ['heart-front/$page?index=1&width=481', 400],
      ['heart-front/$page?index=-1&width=480', 400],
      ['heart-front/$page-text?from=5&to=1', 400],
      ['heart-vip/$page?index=0&width=480', 403],
      ['heart-vip/$page-text?index=0', 403],
      ['brain-note/$page?index=0&width=480', 403],
    ];
    for (const [path, status] of refused) assert.equal((await go(`DocumentReference/${path}`)).status, status, path);
    assert.equal((await archive.as(neurologist)('DocumentReference/heart-hiv/$page?index=0&width=480')).status, 404);
  });

  it('searches text in readable documents only', async () => {
    const answer = await archive.as(cardiologist)('List/rec-heart/$search-text?q=abc');
    const hits = answer.json['hits'] as { documentId: string }[];
    assert.deepEqual(
      hits.map((hit) => hit.documentId),
      ['heart-front', 'heart-lab', 'heart-hiv'],
    );
    assert.equal((await archive.as(cardiologist)('List/rec-heart/$search-text?q=')).status, 400);
  });

  it('tells the page service about every new document version', () => {
    assert.deepEqual(pages.stored.map((subject) => subject.documentId).sort(), [
      ...['brain-front', 'brain-note', 'heart-front', 'heart-hiv', 'heart-lab', 'heart-vip'],
    ]);
  });

  it('without a page service the operations are 501 and the capability says so', async () => {
    const plain = new TestArchive();
    await admit(plain, heartStay);
    const go = plain.as(clerk);
    assert.equal((await go('List/rec-heart/$record-manifest')).status, 501);
    assert.match((await go('metadata')).text, /"url":"page-service","valueBoolean":false/);
    assert.match((await archive.as(clerk)('metadata')).text, /"url":"page-service","valueBoolean":true/);
  });
});
