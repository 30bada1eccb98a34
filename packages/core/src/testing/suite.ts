/** The part of a test framework that our suites need; node:test, mocha and vitest all have it. */
export interface SuiteRunner {
  describe(name: string, body: () => void): void;
  it(name: string, body: () => Promise<void>): void;
}

/** Fails the test with what was expected. */
export function expectThat(condition: boolean, expectation: string): asserts condition {
  if (!condition) throw new Error(`Expected: ${expectation}`);
}
