// npm run test:public-sets -- --folder DIR: judges the public test files of EU DSS and pyHanko that lie anywhere below the
// folder and compares with what their makers state. The files are not part of this repository.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bytesSource } from '../../packages/sign/src/bytes/byte-source.js';
import { fixedTrustStore } from '../../packages/sign/src/trust/index.js';
import { verifyPdf } from '../../packages/sign/src/verify/index.js';
import type { ValidationReport } from '../../packages/sign/src/verify/report.js';
import { dssExpectations, pyhankoExpectations, type PublicVerdict } from './public-sets.data.js';

const { values } = parseArgs({ options: { folder: { type: 'string' } } });
const { folder } = values;
if (folder === undefined || !existsSync(folder)) {
  console.log('Skipped: --folder names no folder with the test files of EU DSS or pyHanko.');
  process.exit(0);
}

/** Without their trust anchors nothing can pass: what counts is whether a file fails, and that the doubtful do not pass. */
const agrees = (wanted: PublicVerdict, { indication }: ValidationReport): boolean =>
  wanted === 'broken' ? indication === 'TOTAL_FAILED' : wanted === 'unsure' || indication !== 'TOTAL_FAILED';

const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.pdf'));
const expected = Object.entries({ ...dssExpectations, ...pyhankoExpectations });
const tally = { tried: 0, agreed: 0, absent: 0 };
for (const [name, { verdict, reason, differs }] of expected) {
  const path = files.find((file) => `/${file}`.replaceAll(/[/\\]/g, '_').endsWith(`_${name}`));
  if (path === undefined) {
    tally.absent += 1;
    continue;
  }
  const bytes = new Uint8Array(readFileSync(join(folder, path)));
  const report = await verifyPdf(bytesSource(bytes), {
    trustStore: fixedTrustStore({ signature: [] }),
    policy: { revocation: 'ignore' },
  });
  tally.tried += 1;
  if (agrees(verdict, report)) tally.agreed += 1;
  else {
    console.log(`✗ ${name}: stated ${verdict} (${reason}), judged ${report.indication}: ${report.summary.en}`);
    if (differs !== undefined) console.log(`    ${differs}`);
  }
}
const { tried, agreed, absent } = tally;
console.log(
  `\n${String(agreed)} of ${String(tried)} agree (${((100 * agreed) / Math.max(1, tried)).toFixed(1)} %), ${String(absent)} files absent`,
);
process.exitCode = tried === 0 || agreed / tried >= 0.95 ? 0 : 1;
