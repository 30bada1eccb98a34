import { posReports } from '../../testing/hid-scanner-fake.js';
import { seededRandom } from '../../testing/sam-random.js';
import { PosAssembler } from './pos/pos-report.js';

/** Reports of the full run. */
export const runs = 200_000;

/** Throws good, damaged and random reports at the assembler: no throw, no text beyond the longest barcode. */
export function fuzz({ seed, runs: reports }: { readonly seed: number; readonly runs: number }): void {
  const random = seededRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const assembler = new PosAssembler();
  const good = posReports(
    Uint8Array.from({ length: 150 }, () => below(256)),
    ']Q1',
  );
  for (let run = 0; run < reports; run += 1) {
    const report = Uint8Array.from(good[below(good.length)] ?? []);
    if (below(3) === 0) report[[0, 1, 2, 3, 60, 62, below(63)][below(7)] ?? 0] = below(256);
    const bytes = below(10) === 0 ? Uint8Array.from({ length: below(80) }, () => below(256)) : report;
    const result = assembler.push(bytes);
    if (result.status === 'barcode' && result.barcode.text.length > 7_089) throw new Error('a text without end');
  }
}
