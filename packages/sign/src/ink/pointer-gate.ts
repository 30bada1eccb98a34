/** The part of a pointer event that tells a pen from a palm. */
export interface PointerTouch {
  readonly pointerId: number;
  readonly pointerType: string;
  readonly button: number;
  /** Size of the contact in CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly timeStamp: number;
}

/** What to do with a pointer that comes down. `replace`: the pen came; what writes now was the palm. */
export type GateAnswer = 'accept' | 'replace' | 'refuse';

/** After the last sign of a pen, touch is a palm for so long. */
const PEN_GRACE_MS = 1500;
/** A finger tip is smaller, the ball of the hand larger. */
const PALM_PX = 64;

/** Lets one pointer write at a time and keeps the palm out. */
export class PointerGate {
  #active: { readonly pointerId: number; readonly pointerType: string } | undefined;
  #penSeenMs = -Infinity;

  /** A pen moved near the sheet, with or without contact. */
  see({ pointerType, timeStamp }: Pick<PointerTouch, 'pointerType' | 'timeStamp'>): void {
    if (pointerType === 'pen') this.#penSeenMs = Math.max(this.#penSeenMs, timeStamp);
  }

  down(touch: PointerTouch, options: { readonly penOnly: boolean }): GateAnswer {
    this.see(touch);
    const active = this.#active;
    const pen = touch.pointerType === 'pen';
    if (touch.button !== 0 || (options.penOnly && !pen)) return 'refuse';
    if (touch.pointerType === 'touch') {
      if (touch.timeStamp - this.#penSeenMs < PEN_GRACE_MS) return 'refuse';
      if (Math.max(touch.width, touch.height) > PALM_PX) return 'refuse';
    }
    if (active && !(pen && active.pointerType === 'touch')) return 'refuse';
    this.#active = { pointerId: touch.pointerId, pointerType: touch.pointerType };
    return active ? 'replace' : 'accept';
  }

  /** True when this pointer is the one that writes. */
  writes(pointerId: number): boolean {
    return this.#active?.pointerId === pointerId;
  }

  /** The writing pointer is gone. */
  release(): void {
    this.#active = undefined;
  }
}
