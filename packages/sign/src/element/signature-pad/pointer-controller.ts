import type { InkDevice, InkSample } from '../../ink/ink.js';
import { PointerGate } from '../../ink/pointer-gate.js';
import { readingsOf, sampleOf, type SheetView } from '../../ink/pointer-samples.js';

/** What the pointers write on. */
export interface PointerTarget {
  /** False while somebody else writes, or nobody may. */
  readonly open: () => boolean;
  readonly penOnly: () => boolean;
  /** Called after `begin`, when the sheet is known. */
  readonly view: () => SheetView;
  readonly begin: (device: InkDevice) => void;
  readonly extend: (samples: readonly InkSample[], predicted: readonly InkSample[]) => void;
  readonly end: () => void;
  readonly discard: () => void;
}

/** Pen, finger and mouse on the paper: every reading of every event, one pointer at a time, no palm. */
export class PointerController {
  readonly #target: PointerTarget;
  readonly #gate = new PointerGate();

  constructor(target: PointerTarget) {
    this.#target = target;
  }

  /** Listeners of the paper. */
  readonly handle = (event: PointerEvent): void => {
    if (event.type === 'pointerdown') return this.#down(event);
    this.#gate.see(event);
    if (!this.#gate.writes(event.pointerId)) return;
    if (event.type === 'pointermove') return this.#extend(event);
    // The place where the pen left the paper is a reading; a cancelled or lost pointer brings none of its own.
    if (event.type === 'pointerup') this.#extend(event);
    this.stop();
  };

  /** Ends the open stroke and keeps it. */
  stop(): void {
    this.#gate.release();
    this.#target.end();
  }

  #down(event: PointerEvent): void {
    if (!this.#target.open()) return;
    const answer = this.#gate.down(event, { penOnly: this.#target.penOnly() });
    if (answer === 'refuse') return;
    if (answer === 'replace') this.#target.discard();
    const paper = event.currentTarget;
    if (paper instanceof HTMLElement) {
      // No text selection, no mouse events after touch; the focus is given by hand so that nothing scrolls.
      event.preventDefault();
      paper.dataset['byPointer'] = '';
      paper.focus({ preventScroll: true });
      capture(paper, event.pointerId);
    }
    this.#target.begin({ kind: kindOf(event.pointerType) });
    this.#extend(event);
  }

  #extend(event: PointerEvent): void {
    const view = this.#target.view();
    const predicted = event.type === 'pointermove' ? (event.getPredictedEvents?.() ?? []) : [];
    this.#target.extend(
      readingsOf(event).map((reading) => sampleOf(reading, view)),
      predicted.map((reading) => sampleOf(reading, view)),
    );
  }
}

function kindOf(pointerType: string): 'pen' | 'touch' | 'mouse' {
  return pointerType === 'pen' || pointerType === 'touch' ? pointerType : 'mouse';
}

/** A pointer that is gone already cannot be captured. */
function capture(paper: HTMLElement, pointerId: number): void {
  try {
    paper.setPointerCapture(pointerId);
  } catch {
    // Then events end at the edge of the paper.
  }
}
