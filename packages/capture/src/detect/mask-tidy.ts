import type { Kernels } from '../kernels/kernels.js';
import { closeDark } from './closing.js';

/** Closes gaps of text and noise in a mask, then removes specks and thin shadows. Values 0 and 1. */
export function tidyMask(kernels: Kernels, mask: Uint8Array, widthPx: number, heightPx: number): Uint8Array {
  const size = { widthPx, heightPx };
  const closed = closeDark(kernels, mask, size, 3);
  // Opening is the closing of the opposite.
  return fillHoles(opposite(closeDark(kernels, opposite(closed), size, 2)), widthPx, heightPx);
}

/** What no background from the border of the frame reaches belongs to the paper around it. */
function fillHoles(mask: Uint8Array, widthPx: number, heightPx: number): Uint8Array {
  const outside = new Uint8Array(mask.length);
  const queue = new Int32Array(mask.length);
  let count = 0;
  const visit = (at: number): void => {
    if (!mask[at] && !outside[at]) {
      outside[at] = 1;
      queue[count] = at;
      count += 1;
    }
  };
  for (let x = 0; x < widthPx; x += 1) {
    visit(x);
    visit(mask.length - 1 - x);
  }
  for (let y = 0; y < heightPx; y += 1) {
    visit(y * widthPx);
    visit(y * widthPx + widthPx - 1);
  }
  for (let i = 0; i < count; i += 1) {
    const at = queue[i] ?? 0;
    const x = at % widthPx;
    if (x > 0) visit(at - 1);
    if (x < widthPx - 1) visit(at + 1);
    if (at >= widthPx) visit(at - widthPx);
    if (at < mask.length - widthPx) visit(at + widthPx);
  }
  return opposite(outside);
}

function opposite(mask: Uint8Array): Uint8Array {
  const out = new Uint8Array(mask.length);
  for (let i = 0; i < mask.length; i += 1) out[i] = 1 - (mask[i] ?? 0);
  return out;
}
