import type { TextRun } from '@anjuan/core';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A gap wider than this many line heights starts a new run: the next table cell. */
const CELL_GAP = 1.2;
/** Share of the line height by which two characters may differ and still stand on one line. */
const LINE_SHIFT = 0.5;

/** Quarter turns clockwise by which a line of text runs away from upright. */
export type QuarterTurns = 0 | 1 | 2 | 3;

interface OpenRun {
  text: string;
  readonly turns: QuarterTurns;
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Merges characters in reading order to runs: one run is one stretch of one line. */
export class RunBuilder {
  readonly #runs: TextRun[] = [];
  #open: OpenRun | undefined;

  /** `shown` is absent for characters the engine made up, such as the blank between two words. */
  add(char: string, shown: Box | undefined, turns: QuarterTurns = 0): void {
    if (char === '\n') {
      this.#close();
      return;
    }
    const blank = char.trim() === '';
    if (!shown || shown.height <= 0) {
      if (this.#open) this.#open.text += char;
      return;
    }
    const box = turned(shown, turns);
    if (this.#open && !this.#continues(this.#open, box, turns)) this.#close();
    if (!this.#open) {
      if (!blank) this.#open = opened(char, box, turns);
      return;
    }
    this.#open.text += char;
    if (blank) return;
    this.#open.left = Math.min(this.#open.left, box.x);
    this.#open.top = Math.min(this.#open.top, box.y);
    this.#open.right = Math.max(this.#open.right, box.x + box.width);
    this.#open.bottom = Math.max(this.#open.bottom, box.y + box.height);
  }

  finish(): readonly TextRun[] {
    this.#close();
    return this.#runs;
  }

  #continues(run: OpenRun, box: Box, turns: QuarterTurns): boolean {
    if (run.turns !== turns) return false;
    const line = run.bottom - run.top;
    const middle = box.y + box.height / 2;
    const sameLine = Math.abs(middle - (run.top + run.bottom) / 2) <= Math.max(line, box.height) * LINE_SHIFT;
    const gap = box.x - run.right;
    return sameLine && gap <= Math.max(line, box.height) * CELL_GAP && box.x >= run.left - line;
  }

  #close(): void {
    const run = this.#open;
    this.#open = undefined;
    const text = run?.text.trim() ?? '';
    if (!run || text === '') return;
    const line = { x: run.left, y: run.top, width: run.right - run.left, height: run.bottom - run.top };
    // Turning on to a full circle undoes the turn.
    const box = turned(line, ((4 - run.turns) % 4) as QuarterTurns);
    this.#runs.push({ text, x: round(box.x), y: round(box.y), width: round(box.width), height: round(box.height) });
  }
}

/** Turns a box back by quarter turns around the origin, so that its line runs from left to right. */
function turned({ x, y, width, height }: Box, turns: QuarterTurns): Box {
  if (turns === 1) return { x: y, y: -x - width, width: height, height: width };
  if (turns === 2) return { x: -x - width, y: -y - height, width, height };
  if (turns === 3) return { x: -y - height, y: x, width: height, height: width };
  return { x, y, width, height };
}

function opened(char: string, box: Box, turns: QuarterTurns): OpenRun {
  return { text: char, turns, left: box.x, top: box.y, right: box.x + box.width, bottom: box.y + box.height };
}

/** Runs of one line are joined by a blank, lines by a line end. */
export function joinRuns(runs: readonly TextRun[]): string {
  let text = '';
  let previous: TextRun | undefined;
  for (const run of runs) {
    if (previous) text += Math.abs(run.y - previous.y) < Math.max(run.height, previous.height) / 2 ? ' ' : '\n';
    text += run.text;
    previous = run;
  }
  return text;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
