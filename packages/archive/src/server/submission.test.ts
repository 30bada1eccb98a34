import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { codeSystems, type RecordManifest } from '@anjuan/core';
import { sharedKeyBytes } from '../auth/jwt-auth.js';
import { documentResource } from '../ingest/resources/document.js';
import {
  departmentResource,
  encounterResource,
  patientResource,
  practitionerResource,
} from '../ingest/resources/people.js';
import { recordResource } from '../ingest/resources/record.js';
import { plainPdf } from '../testing/plain-pdf.js';
import { sampleRecord } from '../testing/sample-record.js';
import { signDevToken } from './dev-login.js';
import { createHttpApp } from './http-app.js';
import { listen, type Listening } from './listen.js';
import { openHouse, type House } from './open-house.js';

const key = sharedKeyBytes('a key for tests, long enough for HS256');
const integration = { id: 'his', nameZh: '集成平台', nameEn: 'ESB', roles: ['SYS'], departments: [], subject: 'his' };
let dir = '';
let house: House;
let listening: Listening;
let token = '';

before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'anjuan-http-'));
  house = await openHouse({ dataDir: dir, auth: { keys: { sharedKey: key } } });
  const app = createHttpApp({ archive: house.archive });
  listening = await listen({ fetch: (request) => app.fetch(request), hostname: '127.0.0.1', port: 0 });
  token = await signDevToken(integration, { key });
});
after(async () => {
  await listening.close();
  await house.close();
  await rm(dir, { recursive: true, force: true });
});

function send(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, ...Object.fromEntries(new Headers(init.headers)) };
  return fetch(`http://127.0.0.1:${String(listening.port)}/fhir${path}`, { ...init, headers });
}

describe('a submission over HTTP (ITI-65)', () => {
  it('gets pages, pictures and text without anybody asking', async () => {
    const bytes = plainPdf([{ texts: [{ x: 72, y: 700, text: '急性心肌梗死' }] }, { rotate: 90 }]);
    const record = sampleRecord();
    const [document] = record.documents;
    assert.ok(document);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const sha1 = createHash('sha1').update(bytes).digest('base64');
    const reference = documentResource(record, document, {
      sizeBytes: bytes.byteLength,
      sha256,
      sha1,
      binaryId: 'b-1',
    });
    const submissionSet = {
      resourceType: 'List',
      id: 'submission-1',
      status: 'current',
      mode: 'working',
      code: { coding: [{ system: codeSystems.mhdListTypes, code: 'submissionset' }] },
      subject: { reference: 'Patient/pt-1' },
      date: '2026-03-09T12:00:00+08:00',
      entry: [{ item: { reference: `DocumentReference/${document.documentId}` } }],
    };
    const resources = [
      patientResource(record),
      practitionerResource(record.stay.attending),
      departmentResource(record),
      encounterResource(record),
      {
        resourceType: 'Binary',
        id: 'b-1',
        contentType: 'application/pdf',
        data: Buffer.from(bytes).toString('base64'),
      },
      reference,
      recordResource({ ...record, documents: [document] }),
      submissionSet,
    ];
    const entry = resources.map((resource) => {
      const url = `${resource.resourceType}/${resource.id ?? ''}`;
      return { fullUrl: `http://127.0.0.1/fhir/${url}`, resource, request: { method: 'PUT', url } };
    });
    const answer = await send('', {
      method: 'POST',
      headers: { 'content-type': 'application/fhir+json' },
      body: JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry }),
    });
    assert.equal(answer.status, 200, await answer.clone().text());
    await house.pages.idle();

    const manifest = (await (await send('/List/stay-1/$record-manifest')).json()) as RecordManifest;
    const [shown] = manifest.documents;
    assert.ok(shown?.state === 'ready');
    assert.deepEqual(
      shown.pages.map(({ rotationDeg, widthsPx }) => [rotationDeg, widthsPx]),
      [
        [0, [160, 480, 1000, 1600, 2400]],
        [90, [160, 480, 1000, 1600, 2400]],
      ],
    );
    assert.equal(shown.digest, sha256);

    const page = `/DocumentReference/${document.documentId}/_history/${shown.versionId}`;
    const first = await send(`${page}/$page?index=0&width=1000`);
    assert.equal(first.headers.get('content-type'), 'image/jpeg');
    assert.match(first.headers.get('cache-control') ?? '', /immutable/);
    const etag = first.headers.get('etag') ?? '';
    assert.match(etag, /^"/, 'a strong validator');
    const again = await send(`${page}/$page?index=0&width=1000`, { headers: { 'if-none-match': etag } });
    assert.equal(again.status, 304);
    const other = await send(`${page}/$page?index=0&width=480`);
    assert.notEqual(other.headers.get('etag'), etag);

    const text = (await (await send(`${page}/$page-text?index=0`)).json()) as { text: string };
    assert.equal(text.text, '急性心肌梗死');
    const hits = (await (await send(`/List/stay-1/$search-text?q=${encodeURIComponent('心肌梗死')}`)).json()) as {
      total: number;
    };
    assert.equal(hits.total, 1);
  });
});
