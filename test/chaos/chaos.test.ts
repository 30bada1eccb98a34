// The chaos run of `npm run test:capture-chaos` with a few pages: every kind of fault at least once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tabFaults, wireFaults } from './plan.js';
import { runChaos } from './run-chaos.js';

test('nothing is lost, doubled, changed or out of order, whatever breaks while a clerk scans', async () => {
  const report = await runChaos({ pages: 60, faults: tabFaults.length + wireFaults.length, seed: 7, batchPages: 15 });
  const { lost, duplicated, outOfOrder, altered, unconfirmed } = report;
  const none: readonly string[] = [];
  assert.deepEqual(
    { lost, duplicated, outOfOrder, altered, unconfirmed },
    { lost: none, duplicated: none, outOfOrder: none, altered: none, unconfirmed: none },
  );
  assert.equal(Object.keys(report.faults).length, tabFaults.length + wireFaults.length);
  assert.ok(
    report.slowestRecoveryMs > 0 && report.slowestRecoveryMs < 2000,
    `${report.slowestRecoveryMs} ms to be back`,
  );
});
