/** One rule that every implementation of a seam keeps. Throws when it does not. Runs under any test runner. */
export interface ContractCase<Subject> {
  readonly name: string;
  run(subject: Subject): Promise<void>;
}

/** Fails the case. Compares as JSON, which is all the seams carry. */
export function same(actual: unknown, expected: unknown, what: string): void {
  const left = JSON.stringify(actual);
  const right = JSON.stringify(expected);
  if (left !== right) throw new Error(`${what}: expected ${right}, got ${left}`);
}

/** The code of the error that the work rejects with; fails the case when it resolves. */
export async function codeOf(work: Promise<unknown>, what: string): Promise<unknown> {
  let value: unknown;
  try {
    value = await work;
  } catch (error) {
    return (error as { readonly code?: unknown }).code;
  }
  throw new Error(`${what}: expected an error, got ${JSON.stringify(value)}`);
}
