/** What can be taken back; the words for it are in the catalogue of the element. */
export type UndoKind = 'delete' | 'move' | 'split' | 'join' | 'recipe' | 'replace' | 'describe';

/** One step back. */
export interface UndoStep {
  readonly kind: UndoKind;
  /** Pages it was about. */
  readonly count: number;
  readonly undo: () => Promise<void>;
}

/** Deep enough for a slip noticed late, small enough to forget. */
const DEPTH = 50;

/** Steps that can be taken back, the newest first. */
export class UndoStack {
  #steps: UndoStep[] = [];

  get newest(): UndoStep | undefined {
    return this.#steps.at(-1);
  }

  push(step: UndoStep): void {
    this.#steps = [...this.#steps, step].slice(-DEPTH);
  }

  /** Takes the newest step back and gives it; undefined when there is none. A step that fails stays. */
  async undo(): Promise<UndoStep | undefined> {
    const step = this.newest;
    if (!step) return undefined;
    await step.undo();
    this.#steps = this.#steps.filter((other) => other !== step);
    return step;
  }

  clear(): void {
    this.#steps = [];
  }
}
