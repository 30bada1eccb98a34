// Working memory of one operation: grows, and is given back as a whole. Addresses are multiples of 16.

const start: usize = (__heap_base + 15) & ~15;
let top: usize = start;

/** Address of `size` bytes, not cleared. */
export function reserve(size: i32): usize {
  const address = top;
  top = (top + <usize>size + 15) & ~15;
  const pages = <i32>((top + 65535) >> 16);
  const missing = pages - memory.size();
  if (missing > 0 && memory.grow(missing) < 0) unreachable();
  return address;
}

/** Gives everything back. */
export function release(): void {
  top = start;
}
