import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { DiskBlobStore } from '../blob/disk-blob-store.js';
import { stringsAt } from '../fhir/json.js';
import { SqliteStore } from '../store/sqlite/sqlite-store.js';
import { system } from './people.js';
import { TestArchive } from './test-archive.js';

/** Writes documents with their bytes for ever and reports each acknowledged one; its parent kills it at random. */
const [directory = '', run = ''] = process.argv.slice(2);
const store = await SqliteStore.open({ path: join(directory, 'archive.sqlite') });
const blobs = await DiskBlobStore.open({ directory: join(directory, 'blobs') });
const go = new TestArchive({ store, blobs }).as(system);

for (let n = 0; ; n += 1) {
  const text = `bytes ${run} ${n} ${'x'.repeat((n * 977) % 50_000)}`;
  const bytes = 'urn:uuid:00000000-0000-4000-8000-000000000001';
  const entry = [
    {
      resource: {
        resourceType: 'DocumentReference',
        status: 'current',
        identifier: [{ system: 'urn:kill', value: `${run}-${n}` }],
        content: [{ attachment: { url: bytes } }],
      },
      request: { method: 'POST', url: 'DocumentReference' },
    },
    {
      fullUrl: bytes,
      resource: { resourceType: 'Binary', contentType: 'text/plain', data: btoa(text) },
      request: { method: 'POST', url: 'Binary' },
    },
  ];
  const answer = await go('', { body: { resourceType: 'Bundle', type: 'transaction', entry } });
  if (answer.status !== 200) throw new Error(answer.text);
  const [document = ''] = stringsAt(answer.json, 'entry.response.location');
  // One synchronous write a line: what the parent reads was acknowledged.
  writeSync(1, `${run}-${n} ${document.split('/')[1] ?? ''} ${text.length}\n`);
}
