/** A key press as the decoder sees it. */
export interface WedgePress {
  /** `KeyboardEvent.key`. */
  readonly key: string;
  /** `KeyboardEvent.code`, used while an input method hides the key. */
  readonly code?: string;
  readonly shift?: boolean;
  /** Milliseconds on any steady clock. */
  readonly timeMs: number;
}

/**
 * What the press means. `typing`: nothing special, leave it alone. `burst`: the middle of a barcode. `barcode`: its
 * terminator; the text is complete.
 */
export type WedgeResult =
  { readonly status: 'typing' } | { readonly status: 'burst' } | { readonly status: 'barcode'; readonly text: string };

/** Settings of the decoder. */
export interface WedgeDecoderOptions {
  /** Longest gap between two keys of a gun, milliseconds. Default 30: people need more, guns take 1 to 20. */
  readonly maxGapMs?: number;
  /** Shortest barcode. Default 4: people reach the gap over two or three keys at most. */
  readonly minLength?: number;
  /** Keys that end a barcode. Default Enter and Tab. */
  readonly terminators?: readonly string[];
}

/** The longest text of any symbology: QR version 40, digits. @source ISO/IEC 18004:2015 table 7 */
const MAX_LENGTH = 7_089;
const TYPING: WedgeResult = { status: 'typing' };
const BURST: WedgeResult = { status: 'burst' };

/** Keys that come along with others and break no burst. */
const SILENT = new Set(['Shift', 'CapsLock', 'AltGraph', 'Dead', 'Unidentified']);

/** Tells barcode guns that type from people who type, by the gaps between keys. Keeps one barcode at most. */
export class WedgeDecoder {
  readonly #maxGapMs: number;
  readonly #minLength: number;
  readonly #terminators: readonly string[];
  #text = '';
  #lastMs = -Infinity;

  constructor({ maxGapMs = 30, minLength = 4, terminators = ['Enter', 'Tab'] }: WedgeDecoderOptions = {}) {
    this.#maxGapMs = maxGapMs;
    this.#minLength = minLength;
    this.#terminators = terminators;
  }

  /** Takes the next press, in order. */
  press({ key, code, shift = false, timeMs }: WedgePress): WedgeResult {
    if (SILENT.has(key)) return this.#text.length >= this.#minLength ? BURST : TYPING;
    const fast = timeMs - this.#lastMs < this.#maxGapMs && timeMs >= this.#lastMs;
    this.#lastMs = timeMs;
    if (!fast) this.#text = '';
    if (this.#terminators.includes(key)) return this.#end();
    const character = characterOf(key, code, shift);
    if (character === undefined || this.#text.length >= MAX_LENGTH) {
      this.#text = '';
      return TYPING;
    }
    this.#text += character;
    return this.#text.length >= this.#minLength ? BURST : TYPING;
  }

  /** Forgets what is pending, for example when the focus moves. */
  reset(): void {
    this.#text = '';
    this.#lastMs = -Infinity;
  }

  #end(): WedgeResult {
    const text = this.#text;
    this.#text = '';
    return text.length >= this.#minLength ? { status: 'barcode', text } : TYPING;
  }
}

/** While an input method is on, `key` is `Process` and only `code` tells which key it was: digits and letters then. */
function characterOf(key: string, code: string | undefined, shift: boolean): string | undefined {
  if (key.length === 1) return key;
  if (key !== 'Process' || code === undefined) return undefined;
  const [, digit, letter] = /^(?:Digit|Numpad)([0-9])$|^Key([A-Z])$/.exec(code) ?? [];
  if (digit !== undefined) return shift ? undefined : digit;
  return shift ? letter : letter?.toLowerCase();
}
