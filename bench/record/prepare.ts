import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { PDFDocument } from 'pdf-lib';
import { generateBenchRecord, type BenchRecord } from '@anjuan/fixtures';
import { ingestFolder, openHouse } from '@anjuan/archive/node';
import { archiveDir, bundleDir, cacheDir, filesDir, peersDir, recordsDir, root } from './places.js';

export interface Prepared {
  readonly record: BenchRecord;
}

export const SEED = 1;

/** Installs the peers, generates the record, ingests it and makes every rendition that the archive would make over time. */
export async function prepare(): Promise<Prepared> {
  if (!existsSync(`${bundleDir}/anjuan.min.js`)) {
    execFileSync('npm', ['run', '--silent', 'build:bundle'], { cwd: root, stdio: 'inherit' });
  }
  if (!existsSync(peersDir)) {
    execFileSync('npm', ['ci', '--ignore-scripts', '--omit=optional', '--workspaces=false'], {
      cwd: `${peersDir}/..`,
      stdio: 'inherit',
    });
  }
  const done = `${cacheDir}/prepared.json`;
  if (existsSync(done)) return JSON.parse(readFileSync(done, 'utf8')) as Prepared;

  process.stderr.write('Generating the record and its pictures, once; this takes some minutes.\n');
  rmSync(cacheDir, { recursive: true, force: true });
  mkdirSync(filesDir, { recursive: true });
  const record = await generateBenchRecord({ outDir: recordsDir, seed: SEED });
  await layOutPeerFiles(record);
  await ingest(record);
  writeFileSync(done, JSON.stringify({ record }));
  return { record };
}

/** The peer takes PDF only, so a picture becomes a PDF of one page around the same bytes. */
async function layOutPeerFiles(record: BenchRecord): Promise<void> {
  renameSync(record.mergedFile, `${filesDir}/merged.pdf`);
  for (const { documentId, kind } of record.documents) {
    const source = `${recordsDir}/${record.recordId}/${documentId}`;
    if (kind !== 'jpeg') {
      copyFileSync(`${source}.pdf`, `${filesDir}/${documentId}.pdf`);
      continue;
    }
    const pdf = await PDFDocument.create();
    const image = await pdf.embedJpg(readFileSync(`${source}.jpg`));
    const width = 595.28;
    const height = (width / image.width) * image.height;
    pdf.addPage([width, height]).drawImage(image, { x: 0, y: 0, width, height });
    writeFileSync(`${filesDir}/${documentId}.pdf`, await pdf.save());
  }
}

async function ingest(record: BenchRecord): Promise<void> {
  const house = await openHouse({ dataDir: archiveDir, warmPages: 1000 });
  try {
    await ingestFolder({ archive: house.system, pages: house.pages, dir: recordsDir });
    for (const [done, { documentId, pages }] of record.documents.entries()) {
      if (done % 10 === 0)
        process.stderr.write(`pictures of ${String(done)} of ${String(record.documents.length)} documents\n`);
      for (let index = 0; index < pages; index += 1) {
        for (const width of [160, 480, 1000, 1600]) {
          const query = `index=${String(index)}&width=${String(width)}`;
          const url = `http://archive/fhir/DocumentReference/${documentId}/$page?${query}`;
          const answer = await house.system.handle(new Request(url));
          if (!answer.ok) throw new Error(`page ${String(index)} of ${documentId}: ${String(answer.status)}`);
          await answer.arrayBuffer();
        }
      }
    }
  } finally {
    await house.close();
  }
}
