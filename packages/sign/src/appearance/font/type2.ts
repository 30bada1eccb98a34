import type { CffFont, CffIndex } from './cff-read.js';
import { fontError } from './sfnt.js';
import type { PathStep } from './signature-font.js';

const MAX_STEPS = 20_000;
const MAX_DEPTH = 10;

/** Runs a Type 2 charstring and gives its outline. Hints are read over. @source Adobe TN 5177 4 */
export function charstringOutline(font: CffFont, glyph: number): readonly PathStep[] {
  const steps: PathStep[] = [];
  const local = font.localSubrs(glyph);
  const stack: number[] = [];
  let x = 0;
  let y = 0;
  let hints = 0;
  let open = false;

  const add = (step: PathStep): void => {
    if (steps.push(step) > MAX_STEPS) throw fontError('glyph too large');
  };
  const close = (): void => {
    if (open) add(['Z']);
    open = false;
  };
  const move = (dx: number, dy: number): void => {
    close();
    open = true;
    add(['M', (x += dx), (y += dy)]);
  };
  const line = (dx: number, dy: number): void => add(['L', (x += dx), (y += dy)]);
  const curve = (a: number, b: number, c: number, d: number, e: number, f: number): void => {
    const x1 = x + a;
    const y1 = y + b;
    const x2 = x1 + c;
    const y2 = y1 + d;
    add(['C', x1, y1, x2, y2, (x = x2 + e), (y = y2 + f)]);
  };
  const at = (index: number): number => stack[index] ?? 0;
  const curves = (from: number, to: number): number => {
    let i = from;
    for (; i + 6 <= to; i += 6) curve(at(i), at(i + 1), at(i + 2), at(i + 3), at(i + 4), at(i + 5));
    return i;
  };
  const lines = (from: number, to: number): number => {
    let i = from;
    for (; i + 2 <= to; i += 2) line(at(i), at(i + 1));
    return i;
  };
  /** vvcurveto, hhcurveto: an odd first operand goes to the other axis. */
  const flat = (horizontal: boolean): void => {
    let extra = stack.length % 4 === 1 ? at(0) : 0;
    for (let i = stack.length % 4 === 1 ? 1 : 0; i + 4 <= stack.length; i += 4) {
      if (horizontal) curve(at(i), extra, at(i + 1), at(i + 2), at(i + 3), 0);
      else curve(extra, at(i), at(i + 1), at(i + 2), 0, at(i + 3));
      extra = 0;
    }
  };
  /** vhcurveto, hvcurveto: tangents alternate. */
  const alternate = (first: boolean): void => {
    let horizontal = first;
    for (let i = 0; i + 4 <= stack.length; i += 4) {
      const last = stack.length - i === 5 ? at(i + 4) : 0;
      if (horizontal) curve(at(i), 0, at(i + 1), at(i + 2), last, at(i + 3));
      else curve(0, at(i), at(i + 1), at(i + 2), at(i + 3), last);
      horizontal = !horizontal;
    }
  };

  /** True when the glyph has ended. */
  const run = (code: Uint8Array | undefined, depth: number): boolean => {
    if (!code || depth > MAX_DEPTH) throw fontError('charstring');
    for (let i = 0; i < code.length;) {
      const op = code[i++] ?? 0;
      if (op >= 32 || op === 28) {
        if (stack.length >= 513) throw fontError('charstring stack');
        const next = (): number => code[i++] ?? 0;
        if (op === 28) stack.push(((next() << 24) >> 16) | next());
        else if (op <= 246) stack.push(op - 139);
        else if (op <= 250) stack.push((op - 247) * 256 + next() + 108);
        else if (op <= 254) stack.push(-(op - 251) * 256 - next() - 108);
        else stack.push(((next() << 24) | (next() << 16) | (next() << 8) | next()) / 65536);
        continue;
      }
      if (op === 10 || op === 29) {
        if (run(subroutine(op === 10 ? local : font.globalSubrs, stack.pop()), depth + 1)) return true;
        continue;
      }
      if (op === 11) return false;
      // The width may stand before the operands of the first operator: operands of moves are taken from the end.
      if (op === 14) {
        close();
        return true;
      }
      if (op === 21) move(at(stack.length - 2), at(stack.length - 1));
      else if (op === 22) move(at(stack.length - 1), 0);
      else if (op === 4) move(0, at(stack.length - 1));
      else if (op === 1 || op === 3 || op === 18 || op === 23) hints += stack.length >> 1;
      else if (op === 19 || op === 20) {
        hints += stack.length >> 1;
        i += (hints + 7) >> 3;
      } else if (op === 5) lines(0, stack.length);
      else if (op === 6 || op === 7) {
        for (let k = 0; k < stack.length; k += 1) {
          if ((op === 6) === (k % 2 === 0)) line(at(k), 0);
          else line(0, at(k));
        }
      } else if (op === 8) curves(0, stack.length);
      else if (op === 24) lines(curves(0, stack.length - 2), stack.length);
      else if (op === 25) curves(lines(0, stack.length - 6), stack.length);
      else if (op === 26) flat(false);
      else if (op === 27) flat(true);
      else if (op === 30) alternate(false);
      else if (op === 31) alternate(true);
      else if (op === 12) flex(code[i++] ?? 0);
      else throw fontError('charstring operator');
      stack.length = 0;
    }
    return false;
  };
  const flex = (op: number): void => {
    if (op === 35) curves(0, 12);
    else if (op === 34) {
      curve(at(0), 0, at(1), at(2), at(3), 0);
      curve(at(4), 0, at(5), -at(2), at(6), 0);
    } else if (op === 36) {
      curve(at(0), at(1), at(2), at(3), at(4), 0);
      curve(at(5), 0, at(6), at(7), at(8), -(at(1) + at(3) + at(7)));
    } else if (op === 37) {
      const dx = at(0) + at(2) + at(4) + at(6) + at(8);
      const dy = at(1) + at(3) + at(5) + at(7) + at(9);
      const flatX = Math.abs(dx) > Math.abs(dy);
      curve(at(0), at(1), at(2), at(3), at(4), at(5));
      curve(at(6), at(7), at(8), at(9), flatX ? at(10) : -dx, flatX ? -dy : at(10));
    } else throw fontError('charstring operator');
  };

  run(font.charstrings.item(glyph), 0);
  close();
  return steps;
}

function subroutine(index: CffIndex, number: number | undefined): Uint8Array | undefined {
  const bias = index.count < 1240 ? 107 : index.count < 33900 ? 1131 : 32768;
  return number === undefined ? undefined : index.item(number + bias);
}
