import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { AnjuanError, type RecordManifest } from '@anjuan/core';
import { createArchive } from '../archive.js';
import { fixedUser } from '../auth/principal.js';
import { plainPdf } from '../testing/plain-pdf.js';
import { sampleRecord } from '../testing/sample-record.js';
import { loadSnapshot } from './load-snapshot.js';
import { writeSnapshot } from './write-snapshot.js';

let dir = '';
before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'anjuan-snapshot-'));
  const record = sampleRecord();
  await mkdir(join(dir, 'records'));
  await writeFile(join(dir, 'records/record.json'), JSON.stringify(record));
  for (const { file, title } of record.documents) {
    await writeFile(join(dir, 'records', file), plainPdf([{ texts: [{ x: 72, y: 700, text: title }] }]));
  }
  await writeSnapshot({ dir: join(dir, 'records'), outDir: join(dir, 'out') });
});
after(() => rm(dir, { recursive: true, force: true }));

const fetched: string[] = [];
const fromDisk: typeof fetch = async (input) => {
  const { pathname } = new URL(String(input));
  fetched.push(pathname);
  const bytes = await readFile(join(dir, 'out', pathname)).catch(() => undefined);
  return bytes ? new Response(new Uint8Array(bytes)) : new Response('', { status: 404 });
};

describe('a snapshot in a page', () => {
  it('opens, shows and searches without a server, and reads bytes only at need', async () => {
    const parts = await loadSnapshot('http://page.invalid/', { fetch: fromDisk });
    assert.deepEqual(fetched, ['/snapshot.json']);
    const reader = fixedUser({ userId: 'pr-rec-1', name: 'x', roles: ['REC'], departments: [], purpose: 'RECORDMGT' });
    const archive = createArchive({ ...parts, auth: reader });
    const get = (path: string) => archive.handle(new Request(`http://page.invalid/fhir/${path}`));
    const manifest = (await (await get('List/stay-1/$record-manifest')).json()) as RecordManifest;
    assert.deepEqual(
      manifest.documents.map(({ state }) => state),
      ['ready', 'ready'],
    );
    assert.equal(fetched.length, 1);
    const picture = await get('DocumentReference/stay-1-front/_history/1/$page?index=0&width=1000');
    assert.equal(picture.headers.get('content-type'), 'image/jpeg');
    assert.ok((await picture.arrayBuffer()).byteLength > 1000);
    assert.equal(fetched.length, 2);
    const original = await get('DocumentReference/stay-1-front');
    const { content } = (await original.json()) as { content: { attachment: { url: string } }[] };
    const bytes = await get(content[0]?.attachment.url ?? '');
    assert.equal(await bytes.text().then((text) => text.slice(0, 5)), '%PDF-');
    const found = (await (await get(`List/stay-1/$search-text?q=${encodeURIComponent('病案首页')}`)).json()) as {
      total: number;
    };
    assert.equal(found.total, 1);
  });

  it('says when the folder is not there', async () => {
    await assert.rejects(loadSnapshot('http://page.invalid/none/', { fetch: fromDisk }), (error) =>
      AnjuanError.is(error, 'assets-missing'),
    );
  });
});
