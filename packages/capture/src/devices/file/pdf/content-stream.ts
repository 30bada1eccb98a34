import { multiply, type Matrix } from './pdf-image.js';

/** What a page paints, in order, as far as it matters for telling a scan from a drawing. */
export type Painted =
  | { readonly kind: 'object'; readonly name: string; readonly matrix: Matrix; readonly black: boolean }
  | { readonly kind: 'text' }
  | { readonly kind: 'shape' }
  | { readonly kind: 'inline-image' };

type Operand = number | string;

interface State {
  readonly matrix: Matrix;
  readonly textMode: number;
  /** Fills are black, as at the start. */
  readonly black: boolean;
}

const DELIMITERS = new Set([...'()<>[]{}/%'].map((sign) => sign.charCodeAt(0)));
const SHAPES = new Set(['f', 'F', 'f*', 'B', 'B*', 'b', 'b*', 'S', 's', 'sh']);
const TEXTS = new Set(['Tj', 'TJ', "'", '"']);
/** Text that nobody sees: the search layer of scans. @source ISO 32000-1 table 106 */
const INVISIBLE = 3;
const MOST_THINGS = 10_000;

/** Reads the operators of a content stream. Text of the page is skipped, never kept. @source ISO 32000-1 7.8.2, annex A */
export function paintedThings(content: Uint8Array, start: Matrix = [1, 0, 0, 1, 0, 0]): readonly Painted[] {
  const painted: Painted[] = [];
  const saved: State[] = [];
  let state: State = { matrix: start, textMode: 0, black: true };
  let operands: Operand[] = [];
  const numbers = (count: number): readonly number[] => {
    const last = operands.slice(-count).map((value) => (typeof value === 'number' ? value : 0));
    return last.length === count ? last : Array.from({ length: count }, () => 0);
  };
  const run = (operator: string): void => {
    if (operator === 'q') saved.push(state);
    else if (operator === 'Q') state = saved.pop() ?? state;
    else if (operator === 'cm') state = { ...state, matrix: multiply(numbers(6) as unknown as Matrix, state.matrix) };
    else if (operator === 'Tr') state = { ...state, textMode: numbers(1)[0] ?? 0 };
    else if (operator === 'g') state = { ...state, black: numbers(1)[0] === 0 };
    else if (operator === 'rg') state = { ...state, black: numbers(3).every((value) => value === 0) };
    else if (operator === 'k') state = { ...state, black: numbers(4)[3] === 1 };
    else if (operator === 'sc' || operator === 'scn')
      state = { ...state, black: operands.every((value) => value === 0) };
    else if (operator === 'Do') {
      const name = operands.at(-1);
      if (typeof name === 'string') painted.push({ kind: 'object', name, matrix: state.matrix, black: state.black });
    } else if (SHAPES.has(operator)) painted.push({ kind: 'shape' });
    else if (TEXTS.has(operator) && state.textMode !== INVISIBLE) painted.push({ kind: 'text' });
    else if (operator === 'BI') painted.push({ kind: 'inline-image' });
  };
  for (const token of tokens(content)) {
    if (painted.length > MOST_THINGS || saved.length > MOST_THINGS) break;
    if (token.kind === 'operator') {
      run(token.text);
      operands = [];
      // What follows are bytes, not operators; such a page is no plain scan anyway.
      if (token.text === 'BI') break;
    } else if (operands.length < 64) operands.push(token.kind === 'number' ? token.value : token.text);
  }
  return painted;
}

type Token =
  { readonly kind: 'operator' | 'name'; readonly text: string } | { readonly kind: 'number'; readonly value: number };

function* tokens(content: Uint8Array): Generator<Token> {
  const isSpace = (byte: number): boolean => byte <= 32;
  for (let at = 0; at < content.length;) {
    const byte = content[at] ?? 0;
    if (isSpace(byte)) at += 1;
    else if (byte === 0x25) at = endOf(content, at, (one) => one === 10 || one === 13);
    else if (byte === 0x28) at = afterString(content, at);
    else if (byte === 0x3c && content[at + 1] !== 0x3c) at = endOf(content, at, (one) => one === 0x3e) + 1;
    else if (byte === 0x2f) {
      const end = wordEnd(content, at + 1);
      yield { kind: 'name', text: nameOf(content.subarray(at + 1, end)) };
      at = end;
    } else if (DELIMITERS.has(byte)) at += 1;
    else {
      const end = wordEnd(content, at);
      const text = String.fromCharCode(...content.subarray(at, Math.min(end, at + 64)));
      const value = Number(text);
      yield Number.isFinite(value) ? { kind: 'number', value } : { kind: 'operator', text };
      at = end;
    }
  }
}

function wordEnd(content: Uint8Array, from: number): number {
  return endOf(content, from, (byte) => byte <= 32 || DELIMITERS.has(byte));
}

function endOf(content: Uint8Array, from: number, stops: (byte: number) => boolean): number {
  let at = from;
  while (at < content.length && !stops(content[at] ?? 0)) at += 1;
  return at;
}

function afterString(content: Uint8Array, from: number): number {
  let depth = 0;
  for (let at = from; at < content.length; at += 1) {
    const byte = content[at];
    if (byte === 0x5c) at += 1;
    else if (byte === 0x28) depth += 1;
    else if (byte === 0x29 && (depth -= 1) === 0) return at + 1;
  }
  return content.length;
}

/** `#20` stands for a byte. @source ISO 32000-1 7.3.5 */
function nameOf(bytes: Uint8Array): string {
  const text = String.fromCharCode(...bytes.subarray(0, 128));
  return text.replace(/#([0-9A-Fa-f]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
