import type { PageText } from '@anjuan/core';
import { simplified } from './traditional.js';

/** Text of one page as search compares it, with the way back to its runs. */
export interface FoldedPage {
  readonly pageIndex: number;
  /** NFKC, lower case, simplified, no blanks between Chinese characters. */
  readonly folded: string;
  /** For each folded character: index of its run. */
  readonly runOf: Uint32Array;
  /** For each folded character: index of its source character in the run. */
  readonly charOf: Uint32Array;
}

/** Stands between table cells: no query contains it, so no hit spans two cells. */
const CELL = '\u0001';
const WIDE = /[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]/;

const known = new Map<string, string>();

function foldChar(char: string): string {
  const cached = known.get(char);
  if (cached !== undefined) return cached;
  let folded = '';
  for (const part of char.normalize('NFKC').toLowerCase()) folded += simplified.get(part) ?? part;
  if (known.size < 30_000) known.set(char, folded);
  return folded;
}

/** The same folding for what a person types. */
export function foldQuery(query: string): string {
  const run = { text: query, x: 0, y: 0, width: 1, height: 1 };
  return foldPage({ pageIndex: 0, text: query, runs: [run], source: 'pdf' }).folded.trim();
}

export function foldPage(page: PageText): FoldedPage {
  const sink = new Sink();
  page.runs.forEach((run, runIndex) => {
    const previous = page.runs[runIndex - 1];
    if (previous) {
      const sameLine = Math.abs(previous.y - run.y) < Math.max(previous.height, run.height) / 2;
      sink.push(sameLine ? CELL : ' ', runIndex, 0);
    }
    let charIndex = 0;
    for (const char of run.text) {
      for (const part of foldChar(char)) sink.push(part, runIndex, charIndex);
      charIndex += char.length;
    }
  });
  return { pageIndex: page.pageIndex, ...sink.finish() };
}

/** Collects folded characters; a blank waits until it is known whether both neighbours want it. */
class Sink {
  #folded = '';
  readonly #runOf: number[] = [];
  readonly #charOf: number[] = [];
  #blank: readonly [number, number] | undefined;

  push(part: string, runIndex: number, charIndex: number): void {
    if (part.trim() === '') {
      this.#blank ??= [runIndex, charIndex];
      return;
    }
    const last = this.#folded.at(-1);
    if (this.#blank && last !== undefined && last !== CELL && part !== CELL && !WIDE.test(last) && !WIDE.test(part)) {
      this.#append(' ', ...this.#blank);
    }
    this.#blank = undefined;
    this.#append(part, runIndex, charIndex);
  }

  finish(): Pick<FoldedPage, 'folded' | 'runOf' | 'charOf'> {
    return { folded: this.#folded, runOf: Uint32Array.from(this.#runOf), charOf: Uint32Array.from(this.#charOf) };
  }

  #append(part: string, runIndex: number, charIndex: number): void {
    this.#folded += part;
    // Characters beyond the basic plane take two code units.
    for (let unit = 0; unit < part.length; unit += 1) {
      this.#runOf.push(runIndex);
      this.#charOf.push(charIndex);
    }
  }
}
