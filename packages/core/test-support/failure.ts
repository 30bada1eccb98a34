import assert from 'node:assert/strict';
import { AnjuanError } from '../src/errors/anjuan-error.js';

/** The AnjuanError a promise rejects with; anything else fails the test. */
export async function failure(promise: Promise<unknown>): Promise<AnjuanError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(AnjuanError.is(error), 'an AnjuanError');
  return error;
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
