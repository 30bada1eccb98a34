import { seededRandom } from '../testing/sam-random.js';
import { formatSeparator, parseSeparator } from './payload.js';

/** Texts of the full run. */
export const runs = 300_000;

const BASES = [
  formatSeparator({ type: 'document', category: 'C0013', seq: 7 }),
  formatSeparator({ type: 'cover', encounter: '住院-990001', seq: 99_999_999 }),
  'ANJ:2:D::::0000',
  'https://example.org/ANJ:1',
];

/** Changes, cuts and doubles texts of sheets: no throw, and what is accepted prints as the same text again. */
export function fuzz({ seed, runs: texts }: { readonly seed: number; readonly runs: number }): void {
  const random = seededRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  for (let run = 0; run < texts; run += 1) {
    let text = BASES[below(BASES.length)] ?? '';
    for (let changes = below(4); changes > 0; changes -= 1) {
      const at = below(text.length + 1);
      const piece = [':', '%', '%E4', '0', 'A', '\u0000', '\ud800', '9'.repeat(below(2_000))][below(8)] ?? '';
      text = text.slice(0, at) + piece + text.slice(at + below(3));
    }
    const reading = parseSeparator(text);
    if (reading.status !== 'separator') continue;
    const again = parseSeparator(formatSeparator(reading.separator));
    if (JSON.stringify(again) !== JSON.stringify(reading)) throw new Error('a sheet does not read as it was printed');
  }
}
