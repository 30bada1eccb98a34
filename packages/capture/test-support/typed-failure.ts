import { AnjuanError } from '@anjuan/core';
import assert from 'node:assert/strict';
import type { CapturedPicture } from '../src/devices/frame-source.js';

/** The code that the work fails with; anything but a typed error fails the test. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(AnjuanError.is(error), `a typed error, got ${String(error)}`);
  return error.code;
}

/** What a capture delivered, and the code that it ended with. */
export async function deliveredBy(
  pictures: AsyncIterable<CapturedPicture>,
): Promise<{ readonly sizes: readonly number[]; readonly code: string | undefined }> {
  const sizes: number[] = [];
  try {
    for await (const picture of pictures) sizes.push(picture.kind === 'bytes' ? picture.bytes.size : 0);
    return { sizes, code: undefined };
  } catch (error) {
    assert.ok(AnjuanError.is(error), `a typed error, got ${String(error)}`);
    return { sizes, code: error.code };
  }
}
