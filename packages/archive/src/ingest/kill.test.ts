import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'node:test';
import { openHouse } from '../server/open-house.js';
import { plainPdf } from '../testing/plain-pdf.js';
import { sampleDocument, sampleRecord } from '../testing/sample-record.js';
import { ArchiveWriter } from './archive-writer.js';

const DOCUMENTS = 12;
const KILLS = 4;
const bin = fileURLToPath(new URL('../bin.ts', import.meta.url));
let dir = '';

before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'anjuan-kill-'));
  for (const recordId of ['stay-1', 'stay-2']) {
    const folder = join(dir, 'records', recordId);
    await mkdir(folder, { recursive: true });
    const documents = Array.from({ length: DOCUMENTS }, (_, index) => sampleDocument(`${recordId}-${String(index)}`));
    await writeFile(join(folder, 'record.json'), JSON.stringify(sampleRecord({ recordId, documents })));
    for (const { documentId, file } of documents) {
      await writeFile(join(folder, file), plainPdf([{ texts: [{ x: 72, y: 700, text: documentId }] }, {}]));
    }
  }
});
after(() => rm(dir, { recursive: true, force: true }));

/** Runs the command in a process of its own and kills it at the n-th progress line, if any. */
function ingest(data: string, killAtLine?: number): Promise<{ killed: boolean; code: number | null; output: string }> {
  return new Promise((resolve) => {
    const args = [...process.execArgv.filter((arg) => !arg.startsWith('--test')), bin];
    const child = spawn(process.execPath, [...args, 'ingest', join(dir, 'records'), '--data', data]);
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (killAtLine !== undefined && output.split('\n').length > killAtLine) child.kill('SIGKILL');
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('close', (code, signal) => resolve({ killed: signal === 'SIGKILL', code, output }));
  });
}

/** Everything a reader can see, without times. */
async function content(data: string): Promise<unknown> {
  const house = await openHouse({ dataDir: data });
  try {
    const writer = new ArchiveWriter(house.system);
    const found: unknown[] = [];
    for (const type of [
      'Patient',
      'Encounter',
      'Practitioner',
      'Organization',
      'List',
      'DocumentReference',
      'Provenance',
    ]) {
      const resources = await writer.search(`${type}?_count=200`);
      found.push(
        ...resources.map(({ meta: _meta, ...rest }) => JSON.stringify({ ...rest, recorded: '', occurredDateTime: '' })),
      );
    }
    for (const recordId of ['stay-1', 'stay-2']) {
      const url = `http://archive.invalid/fhir/List/${recordId}/$record-manifest`;
      const manifest = (await (await house.system.handle(new Request(url))).json()) as { documents: unknown };
      found.push(JSON.stringify(manifest.documents));
    }
    return found.sort();
  } finally {
    await house.close();
  }
}

describe('a killed ingest', () => {
  it('ends with the same result when it is run again', async () => {
    const clean = join(dir, 'clean');
    const first = await ingest(clean);
    assert.equal(first.code, 0, first.output);
    const torn = join(dir, 'torn');
    let kills = 0;
    for (let attempt = 0; attempt < KILLS; attempt += 1) {
      // Later and later in the run: line 1 comes before any write, the others between documents.
      const { killed } = await ingest(torn, 1 + attempt * 2);
      kills += killed ? 1 : 0;
    }
    assert.ok(kills >= 2, 'the runs were really cut');
    // What a kill left is a whole archive: a copy opens.
    await cp(torn, join(dir, 'copy'), { recursive: true });
    const last = await ingest(torn);
    assert.equal(last.code, 0, last.output);
    assert.deepEqual(await content(torn), await content(clean));
  });
});
