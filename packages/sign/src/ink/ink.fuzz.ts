import { AnjuanError } from '@anjuan/core';
import { syntheticInk } from '../element/signature-pad/testing/synthetic-ink.js';
import { inkFromJson, inkToJson } from './ink-json.js';
import { inkFromInkml } from './inkml-read.js';
import { inkToInkml } from './inkml.js';

/** Inputs of a full run. */
export const runs = 1_000_000;

/** Damaged texts of a small ink: either read as ink that is written the same again, or refused as `ink-malformed`. */
export function fuzz({ seed, runs: count }: { readonly seed: number; readonly runs: number }): void {
  const random = numbers(seed);
  const whole = syntheticInk({ strokes: 2 });
  const ink = { ...whole, strokes: whole.strokes.map(({ samples }) => ({ samples: samples.slice(0, 3) })) };
  const texts = [inkToJson(ink), inkToInkml(ink)];
  const readers = [inkFromJson, inkFromInkml];
  const writers = [inkToJson, inkToInkml];
  for (let run = 0; run < count; run += 1) {
    const kind = run % 2;
    const damaged = damage(texts[kind] ?? '', random);
    try {
      const found = readers[kind]?.(damaged);
      if (!found) continue;
      const again = readers[kind]?.(writers[kind]?.(found) ?? '');
      if (!again || inkToJson(again) !== inkToJson(found)) throw new Error(`Not the same again: ${damaged}`);
    } catch (error) {
      if (!(error instanceof AnjuanError) || error.code !== 'ink-malformed') throw error;
    }
  }
}

const SIGNS = '0123456789-.{}[]",:<>/? eE\\u\u0000\ud800';

/** One to three places changed: a sign put in, taken out, or a piece doubled. */
function damage(text: string, random: () => number): string {
  let damaged = text;
  for (let times = 1 + Math.floor(random() * 3); times > 0; times -= 1) {
    const at = Math.floor(random() * damaged.length);
    const end = at + Math.floor(random() * 12);
    const sign = SIGNS[Math.floor(random() * SIGNS.length)] ?? '';
    const piece = [sign, '', damaged.slice(at, end) + damaged.slice(at, end)][Math.floor(random() * 3)] ?? '';
    damaged = damaged.slice(0, at) + piece + damaged.slice(random() < 0.5 ? at : end);
  }
  return damaged;
}

/** Mulberry32: small, seeded, good enough for mutation. */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
