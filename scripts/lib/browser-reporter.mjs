import { writeFileSync } from 'node:fs';

/** Reporter of @web/test-runner: counts of single tests as JSON into the file that ANJUAN_COUNTS names. */
export function countReporter() {
  return {
    stop({ sessions }) {
      if (!process.env.ANJUAN_COUNTS) return;
      const counts = { passed: 0, failed: 0, skipped: 0 };
      for (const session of sessions) {
        const before = counts.failed;
        addSuite(session.testResults, counts);
        // A file that does not load, or throws outside its tests, has no test result of its own.
        if (!session.passed && counts.failed === before) counts.failed += 1;
      }
      writeFileSync(process.env.ANJUAN_COUNTS, JSON.stringify(counts));
    },
  };
}

function addSuite(suite, counts) {
  if (suite === undefined) return;
  for (const test of suite.tests) counts[test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed'] += 1;
  for (const child of suite.suites) addSuite(child, counts);
}
