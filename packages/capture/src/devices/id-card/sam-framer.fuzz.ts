import { AnjuanError } from '@anjuan/core';
import { seededRandom } from '../../testing/sam-random.js';
import { samTestCards } from '../../testing/sam-people.js';
import { parseCardText, splitContent } from './card/parse-card.js';
import { encodeFrame, HEADER_BYTES, MAX_FRAME_LENGTH, PREAMBLE } from './sam/frame.js';
import { SamFramer } from './sam/sam-framer.js';

/** Chunks of the full run. */
export const runs = 1_000_000;

const CARDS = Object.values(samTestCards);

/**
 * Throws chunks of a disturbed line at the framer and what comes out at the card parser: noise, pieces of preambles,
 * wrong lengths, flipped bits, cut and glued frames. Nothing may throw outside the typed errors, memory stays within
 * one frame, and a good frame after silence is always found.
 */
export function fuzz({ seed, runs: chunks }: { readonly seed: number; readonly runs: number }): void {
  const random = seededRandom(seed);
  const framer = new SamFramer();
  let stream: number[] = [];
  for (let run = 0; run < chunks; run += 1) {
    if (stream.length < 64) stream = [...stream, ...disturbed(random)];
    const size = 1 + Math.floor(random() * 64);
    for (const frame of framer.push(Uint8Array.from(stream.slice(0, size)))) {
      if (frame.status === 'whole') parseAnything(frame.payload);
    }
    stream = stream.slice(size);
    if (framer.pendingBytes > HEADER_BYTES + MAX_FRAME_LENGTH) throw new Error('memory grew beyond one frame');
    if (run % 1_000 === 999) expectRecovery(framer);
  }
}

function expectRecovery(framer: SamFramer): void {
  framer.reset();
  const frames = framer.push(encodeFrame(Uint8Array.of(0, 0, 0x90)));
  if (frames.length !== 1 || frames[0]?.status !== 'whole') throw new Error('a good frame was not found');
}

function parseAnything(payload: Uint8Array): void {
  const data = payload.subarray(3);
  for (const layout of ['text-photo', 'text-photo-print'] as const) {
    try {
      parseCardText(splitContent(data, layout).text);
    } catch (error) {
      if (!AnjuanError.is(error)) throw error;
    }
  }
}

/** The next stretch of a bad line. */
function disturbed(random: () => number): number[] {
  const below = (limit: number): number => Math.floor(random() * limit);
  const noise = (): number[] => Array.from({ length: below(40) }, () => below(256));
  switch (below(8)) {
    case 0:
      return noise();
    case 1:
      return [...PREAMBLE.slice(0, 1 + below(PREAMBLE.length)), ...noise()];
    case 2:
      return [...PREAMBLE, below(256), below(256), ...noise()];
    case 3:
      return [...encodeFrame(Uint8Array.from([0, 0, below(256), ...noise()]))];
    case 4: {
      const frame = cardFrame(random);
      return frame.slice(0, below(frame.length));
    }
    case 5: {
      const frame = cardFrame(random);
      for (let flips = 1 + below(4); flips > 0; flips -= 1) {
        const at = below(frame.length);
        frame[at] = (frame[at] ?? 0) ^ (1 << below(8));
      }
      return frame;
    }
    case 6: {
      // Content that a card would not say, in a frame that is right.
      const text = (CARDS[below(CARDS.length)] ?? samTestCards.resident).text.slice();
      for (let changes = 1 + below(6); changes > 0; changes -= 1) text[below(256)] = below(256);
      return [...encodeFrame(Uint8Array.from([0, 0, 0x90, 1, 0, 4, 0, ...text, ...new Uint8Array(1024)]))];
    }
    default:
      return cardFrame(random);
  }
}

function cardFrame(random: () => number): number[] {
  const { text } = CARDS[Math.floor(random() * CARDS.length)] ?? samTestCards.resident;
  return [...encodeFrame(Uint8Array.from([0, 0, 0x90, 1, 0, 4, 0, ...text, ...new Uint8Array(1024)]))];
}
