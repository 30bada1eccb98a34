// npm run test:attacks -- --seed 7 [--count 100] [--benign 50] [--spread 4] [--keep FOLDER]: every trick of the attack
// generator on signed files drawn by the seed, and honest documents of every kind; --keep saves what is judged wrongly.
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { handlerFetch, openTestPki, pkiHandler } from '../../fixtures/src/pki/index.js';
import { runAttacks } from '../../packages/sign/src/testing/attacks/index.js';
import { otherProducers } from './other-producers.js';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string' },
    benign: { type: 'string' },
    spread: { type: 'string', default: '4' },
    keep: { type: 'string' },
  },
});
const folder = await mkdtemp(join(tmpdir(), 'anjuan-attacks-'));
try {
  const pki = await openTestPki({ folder: join(folder, 'pki') });
  const { shapes, skipped } = await otherProducers(folder);
  for (const why of skipped) console.log(`- ${why}`);
  const { keep } = values;
  const kept: Promise<void>[] = [];
  if (keep !== undefined) await mkdir(keep, { recursive: true });
  const started = performance.now();
  const run = await runAttacks({
    seed: Number(values.seed),
    spread: Number(values.spread),
    ...(values.count !== undefined && { count: Number(values.count) }),
    benignCount: values.benign === undefined ? Number.POSITIVE_INFINITY : Number(values.benign),
    moreShapes: shapes,
    pki,
    fetch: handlerFetch(pkiHandler(pki)),
    onOutcome: ({ agreed, id, bytes }) => {
      if (!agreed && keep !== undefined) kept.push(writeFile(join(keep, `${id.replaceAll('/', '-')}.pdf`), bytes));
    },
  });
  await Promise.all(kept);
  for (const [name, [tried, rejected]] of Object.entries(run.classes).sort()) {
    console.log(`${tried === rejected ? '✓' : '✗'} ${name}: ${String(rejected)} of ${String(tried)}`);
  }
  for (const { kind, id, indication, reasons } of run.disagreements) {
    console.log(`✗ ${kind} ${id}: ${indication} (${reasons.join(', ') || 'no reason'})`);
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`\nattacks rejected: ${String(run.attacksRejected)} of ${String(run.attacksTried)}`);
  console.log(`honest documents accepted: ${String(run.benignAccepted)} of ${String(run.benignTried)}`);
  console.log(`seed ${values.seed}, ${seconds} s`);
  process.exitCode = run.disagreements.length > 0 ? 1 : 0;
} finally {
  await rm(folder, { recursive: true, force: true });
}
