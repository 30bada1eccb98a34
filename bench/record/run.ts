/** `npm run bench:record -- --json FILE [--repeats N]`: the record viewer beside pdf.js, interleaved, on a shaped line. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { seededRandom } from '../lib/random.js';
import { Shaper } from '../lib/shaper.js';
import { summarize } from '../lib/statistics.js';
import { armNames, type ArmName, type PageGoal } from './arms.js';
import { measure, type RunPlan, type RunResult } from './measure.js';
import { prepare, SEED } from './prepare.js';

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    repeats: { type: 'string', default: '5' },
    arms: { type: 'string', default: armNames.join(',') },
  },
});
const arms = armNames.filter((arm) => values.arms.split(',').includes(arm));
const WARM_ROUNDS = 40;
const MAX_FAILED_RUNS = 5;
const repeats = Number(values.repeats);
const line = { roundTripMs: 10, bitsPerSecond: 100e6 };

const { record } = await prepare();
const server = fork(fileURLToPath(new URL('serve.ts', import.meta.url)), { execArgv: process.execArgv });
const [{ port, token }] = (await once(server, 'message')) as [{ port: number; token: string }];
const shaper = new Shaper({ ...line, route: () => port });
const origin = `http://127.0.0.1:${String(await shaper.listen())}`;

await warmUp();
const failedRuns: Record<ArmName, number> = { 'anjuan-r': 0, 'anjuan-p': 0, pdfjs: 0 };
const results: Record<ArmName, RunResult[]> = { 'anjuan-r': [], 'anjuan-p': [], pdfjs: [] };
try {
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    const goals = goalsOf(repeat);
    const order = repeat % 2 === 0 ? arms : [...arms].reverse();
    for (const arm of order) {
      const files = record.documents.map(({ documentId }) => (arm === 'pdfjs' ? `${documentId}.pdf` : documentId));
      const query = new URLSearchParams({ record: record.recordId, documents: files.join(','), token }).toString();
      const result = await untilMeasured({ arm, origin, query, shaper, ...goals });
      results[arm].push(result);
      process.stderr.write(`${String(repeat + 1)}/${String(repeats)} ${arm} ${JSON.stringify(summary([result]))}\n`);
    }
  }
} finally {
  shaper.close();
  server.kill();
}

const report = {
  bench: 'record',
  measuredOn: new Date().toISOString(),
  machine: { cores: cpus().length, model: cpus()[0]?.model ?? 'unknown', loadAverage: loadavg() },
  record: { seed: SEED, documents: record.documents.length, pages: pageCount() },
  line,
  repeats,
  arms: Object.fromEntries(
    arms.map((arm) => [arm, { summary: summary(results[arm]), failedRuns: failedRuns[arm], runs: results[arm] }]),
  ),
};
const text = `${JSON.stringify(report, null, 2)}\n`;
if (values.json === undefined) process.stdout.write(text);
else writeFileSync(values.json, text);

/** A run in which a page never came is told and counted, and made again. */
async function untilMeasured(plan: RunPlan): Promise<RunResult> {
  for (;;) {
    try {
      return await measure(plan);
    } catch (error) {
      failedRuns[plan.arm] += 1;
      process.stderr.write(`${String(error)}\n`);
      if (failedRuns[plan.arm] > MAX_FAILED_RUNS) throw error;
    }
  }
}

/** An archive in daily use has run its code before: both services answer a few times before anything is measured. */
async function warmUp(): Promise<void> {
  const headers = { authorization: `Bearer ${token}` };
  const direct = `http://127.0.0.1:${String(port)}`;
  const [first] = record.documents;
  const page = `DocumentReference/${first?.documentId ?? ''}/_history/1/$page?index=0&width=160`;
  const paths = [`/fhir/List/${record.recordId}/$record-manifest`, `/fhir/${page}`];
  const members = record.documents.slice(0, 30).map(({ documentId }) => documentId);
  paths.push(`/plain/fhir/List/${record.recordId}`, `/plain/fhir/DocumentReference?_id=${members.join(',')}&_count=30`);
  paths.push('/anjuan/anjuan.min.js', '/peers/pdfjs-dist/web/pdf_viewer.mjs');
  for (const script of ['pdf', 'pdf.worker']) {
    paths.push(`/anjuan/assets/pdfjs/${script}.modern.min.mjs`, `/peers/pdfjs-dist/build/${script}.min.mjs`);
  }
  const described = await fetch(`${direct}/plain/fhir/DocumentReference/${first?.documentId ?? ''}`, { headers });
  const text = JSON.stringify(await described.json());
  paths.push(`/plain/fhir/${/"url":"(Binary\/[^"]+)"/.exec(text)?.[1] ?? ''}`);
  for (let round = 0; round < WARM_ROUNDS; round += 1) {
    for (const path of [...paths, '/files/merged.pdf']) {
      const range = /^\/files\/|\/Binary\//.test(path) ? { range: 'bytes=0-16383' } : {};
      const answer = await fetch(direct + path, { headers: { ...headers, ...range } });
      if (!answer.ok) throw new Error(`warming up: ${path} answered ${String(answer.status)}`);
      await answer.arrayBuffer();
    }
  }
}

function pageCount(): number {
  return record.documents.reduce((sum, { pages }) => sum + pages, 0);
}

/** The same pages for every arm of a repeat; never near a page shown before, so every jump is cold. */
function goalsOf(repeat: number): Pick<RunPlan, 'jumps' | 'documents'> {
  const random = seededRandom(SEED * 1000 + repeat);
  const total = pageCount();
  const taken = [1];
  const take = (count: number, choose: () => PageGoal): PageGoal[] => {
    const goals: PageGoal[] = [];
    while (goals.length < count) {
      const goal = choose();
      if (taken.some((other) => Math.abs(other - goal.pageNumber) <= 4)) continue;
      taken.push(goal.pageNumber);
      goals.push(goal);
    }
    return goals;
  };
  const jumps = take(20, () => goalAt(1 + Math.floor(random() * total)));
  const documents = take(10, () => {
    const document = record.documents[Math.floor(random() * record.documents.length)];
    return goalAt(document?.firstPageNumber ?? 1);
  });
  return { jumps, documents };
}

function goalAt(pageNumber: number): PageGoal {
  const documentIndex = record.documents.findLastIndex(({ firstPageNumber }) => firstPageNumber <= pageNumber);
  const firstPageNumber = record.documents[documentIndex]?.firstPageNumber ?? 1;
  return { pageNumber, documentIndex, pageInDocument: pageNumber - firstPageNumber + 1 };
}

function summary(runs: readonly RunResult[]): Record<string, unknown> {
  return {
    firstPageMs: summarize(runs.map(({ firstPageMs }) => firstPageMs)),
    jumpMs: summarize(runs.flatMap(({ jumpMs }) => jumpMs)),
    openDocumentMs: summarize(runs.flatMap(({ openDocumentMs }) => openDocumentMs)),
    pssMb: summarize(runs.map(({ pssMb }) => pssMb)),
    longestTaskMs: summarize(runs.map(({ longestTaskMs }) => longestTaskMs)),
    domNodes: summarize(runs.map(({ domNodes }) => domNodes)),
    gzipBytesToFirstPage: summarize(runs.map(({ gzipBytesToFirstPage }) => gzipBytesToFirstPage)),
    fetchedMb: summarize(runs.map(({ fetchedMb }) => fetchedMb)),
  };
}
