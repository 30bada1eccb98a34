// npm run test:capture-chaos -- [--pages 10000] [--faults 1000] [--seed 1] [--json FILE]
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runChaos } from './run-chaos.js';

const { values } = parseArgs({
  options: {
    pages: { type: 'string', default: '10000' },
    faults: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    json: { type: 'string' },
  },
});
const size = { pages: Number(values.pages), faults: Number(values.faults), seed: Number(values.seed) };
const report = await runChaos(size, { log: (line) => process.stdout.write(`\r${line}   `) });
const wrong =
  report.lost.length +
  report.duplicated.length +
  report.outOfOrder.length +
  report.altered.length +
  report.unconfirmed.length;
console.log(`\n${JSON.stringify(report, null, 2)}`);
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
console.log(
  `${report.pages} pages, ${Object.values(report.faults).reduce((sum, count) => sum + count, 0)} faults: ${wrong} wrong`,
);
process.exit(wrong === 0 ? 0 : 1);
