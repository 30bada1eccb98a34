// Black where a pixel is darker than Sauvola's threshold over a square window: mean * (1 + k * (deviation / 128 - 1)).
// Sliding sums; single precision in the same order as the twin in src/clean/binarize.ts. The window is clamped at edges.

/** `work`: (width + 2 * radius + 17) * 16 bytes. `bits`: rows of (width + 7) / 8 bytes. */
export function binarize(gray: usize, width: i32, height: i32, bits: usize, radius: i32, k: f32, work: usize): void {
  const columnCount = width + 2 * radius + 1;
  const padded = <usize>((columnCount + 15) & ~15);
  const sums = work;
  const squares = work + padded * 4;
  const meanRow = work + padded * 8;
  const squareRow = work + padded * 12;
  const size = 2 * radius + 1;
  const share = <f32>1 / <f32>(size * size);
  const rowBytes = <usize>((width + 7) >> 3);
  // Column sums over rows -radius-1 .. radius-1, clamped: what stands before row 0 enters.
  memory.fill(work, 0, padded * 8);
  for (let y = -radius - 1; y < radius; y += 1) {
    addRow(gray + <usize>(min(max(y, 0), height - 1) * width), width, sums, squares, radius, 1);
  }
  for (let y = 0; y < height; y += 1) {
    const enters = gray + <usize>(min(y + radius, height - 1) * width);
    const leaves = gray + <usize>(max(y - radius - 1, 0) * width);
    slideRows(enters, leaves, width, sums, squares, radius);
    spread(sums, width, radius);
    spread(squares, width, radius);
    let sum = 0;
    let square = 0;
    for (let x = 0; x < size - 1; x += 1) {
      sum += load<i32>(sums + ((<usize>x) << 2));
      square += load<i32>(squares + ((<usize>x) << 2));
    }
    for (let x = 0; x < width; x += 1) {
      const at = (<usize>x) << 2;
      const ahead = at + ((<usize>(size - 1)) << 2);
      sum += load<i32>(sums + ahead);
      square += load<i32>(squares + ahead);
      store<i32>(meanRow + at, sum);
      store<i32>(squareRow + at, square);
      sum -= load<i32>(sums + at);
      square -= load<i32>(squares + at);
    }
    const row = gray + <usize>(y * width);
    const target = bits + <usize>y * rowBytes;
    const k128 = f32x4.splat(k / 128);
    const base = f32x4.splat(<f32>1 - k);
    const shares = f32x4.splat(share);
    const zero = f32x4.splat(0);
    for (let x = 0; x < width; x += 8) {
      let mask: u32 = 0;
      for (let half = 0; half < 8; half += 4) {
        const at = (<usize>(x + half)) << 2;
        const mean = f32x4.mul(f32x4.convert_i32x4_s(v128.load(meanRow + at)), shares);
        const meanSquare = f32x4.mul(f32x4.convert_i32x4_s(v128.load(squareRow + at)), shares);
        const variance = f32x4.max(f32x4.sub(meanSquare, f32x4.mul(mean, mean)), zero);
        const deviation = f32x4.sqrt(variance);
        const limit = f32x4.mul(mean, f32x4.add(base, f32x4.mul(deviation, k128)));
        const bytes = i16x8.extend_low_i8x16_u(v128.load32_zero(row + <usize>(x + half)));
        const pixels = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(bytes));
        const dark = f32x4.lt(pixels, limit);
        mask |= (<u32>i32x4.bitmask(i32x4.shuffle(dark, dark, 3, 2, 1, 0))) << (4 - half);
      }
      const left = width - x;
      if (left < 8) mask &= (<u32>(0xff00 >> left)) & 0xff;
      store<u8>(target + <usize>(x >> 3), <u8>mask);
    }
  }
}

function addRow(row: usize, width: i32, sums: usize, squares: usize, radius: i32, sign: i32): void {
  for (let x = 0; x < width; x += 1) {
    const value = <i32>load<u8>(row + <usize>x);
    const at = (<usize>(x + radius)) << 2;
    store<i32>(sums + at, load<i32>(sums + at) + value * sign);
    store<i32>(squares + at, load<i32>(squares + at) + value * value * sign);
  }
}

/** Column sums of the next row: one row enters, one leaves. */
function slideRows(enters: usize, leaves: usize, width: i32, sums: usize, squares: usize, radius: i32): void {
  let x = 0;
  for (; x + 8 <= width; x += 8) {
    const plus = i16x8.extend_low_i8x16_u(v128.load64_zero(enters + <usize>x));
    const minus = i16x8.extend_low_i8x16_u(v128.load64_zero(leaves + <usize>x));
    const change = i16x8.sub(plus, minus);
    // a*a - b*b = (a - b) * (a + b), which fits 32 bits.
    const both = i16x8.add(plus, minus);
    const at = (<usize>(x + radius)) << 2;
    v128.store(sums + at, i32x4.add(v128.load(sums + at), i32x4.extend_low_i16x8_s(change)));
    v128.store(sums + at + 16, i32x4.add(v128.load(sums + at + 16), i32x4.extend_high_i16x8_s(change)));
    v128.store(squares + at, i32x4.add(v128.load(squares + at), i32x4.extmul_low_i16x8_s(change, both)));
    v128.store(squares + at + 16, i32x4.add(v128.load(squares + at + 16), i32x4.extmul_high_i16x8_s(change, both)));
  }
  for (; x < width; x += 1) {
    const plus = <i32>load<u8>(enters + <usize>x);
    const minus = <i32>load<u8>(leaves + <usize>x);
    const at = (<usize>(x + radius)) << 2;
    store<i32>(sums + at, load<i32>(sums + at) + plus - minus);
    store<i32>(squares + at, load<i32>(squares + at) + plus * plus - minus * minus);
  }
}

/** Repeats the outermost columns beyond the edges. */
function spread(sums: usize, width: i32, radius: i32): void {
  const first = load<i32>(sums + ((<usize>radius) << 2));
  const last = load<i32>(sums + ((<usize>(radius + width - 1)) << 2));
  for (let x = 0; x < radius; x += 1) {
    store<i32>(sums + ((<usize>x) << 2), first);
    store<i32>(sums + ((<usize>(radius + width + x)) << 2), last);
  }
}
