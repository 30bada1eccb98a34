import { seededRandom } from '../../testing/sam-random.js';
import { WedgeDecoder } from './wedge/wedge-decoder.js';

/** Key presses of the full run. */
export const runs = 300_000;

const KEYS = ['a', 'Z', '0', '-', ' ', 'Enter', 'Tab', 'Shift', 'Process', 'Dead', '', '\u0000', '😀', 'ArrowLeft'];
const CODES = ['KeyA', 'Digit4', 'Numpad7', 'Slash', '', undefined];

/** Presses keys at any pace, also backwards in time: no throw, no text beyond the longest barcode, no slow barcode. */
export function fuzz({ seed, runs: presses }: { readonly seed: number; readonly runs: number }): void {
  const random = seededRandom(seed);
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
  const decoder = new WedgeDecoder();
  let timeMs = 0;
  let lastMs = 0;
  for (let run = 0; run < presses; run += 1) {
    const gapMs = random() < 0.9 ? Math.floor(random() * 29) : Math.floor(random() * 400) - 100;
    timeMs += gapMs;
    // Long stretches without a terminator, so that the bound is reached.
    const key = run % 20_000 < 9_000 ? '7' : (pick(KEYS) ?? '');
    const code = pick(CODES);
    const result = decoder.press({ key, shift: random() < 0.5, timeMs, ...(code === undefined ? {} : { code }) });
    const pauseMs = timeMs - lastMs;
    if (key !== 'Shift' && key !== 'Dead') lastMs = timeMs;
    if (result.status !== 'barcode') continue;
    if (result.text.length > 7_089) throw new Error('a text without end');
    if (pauseMs >= 30 || pauseMs < 0 || result.text.length < 4) throw new Error('a person was taken for a gun');
  }
}
