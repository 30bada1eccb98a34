import { AnjuanError } from '@anjuan/core';
import { mutateText, Random } from './random.js';

/** What `npm run test:fuzz` gives each module. */
export interface FuzzOptions {
  readonly seed: number;
  readonly runs: number;
}

/** A parser and messages that it takes. */
export interface TextFuzz extends FuzzOptions {
  readonly samples: readonly string[];
  readonly parse: (text: string) => unknown;
}

/** Throws broken messages at a parser; anything but a typed error fails. */
export function fuzzText({ seed, runs, samples, parse }: TextFuzz): void {
  const random = new Random(seed);
  let good = 0;
  for (let run = 0; run < runs; run += 1) {
    const text = mutateText(random, samples);
    if (typedOnly(() => parse(text))) good += 1;
  }
  // A parser that takes nothing, or everything, is not being tested.
  if (good === 0 || good === runs) throw new Error(`${good} of ${runs} messages were taken`);
}

/** True when the work succeeds, false when it ends with a typed error; other errors are thrown on. */
export function typedOnly(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch (error) {
    if (AnjuanError.is(error) && error.code !== 'unexpected') return false;
    throw error;
  }
}
