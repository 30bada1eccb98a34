// Multiplies pixels by a gain surface known every 16 pixels (1/8192, below 4), straight between. Twin: src/clean/flatten.ts.

function between(upper: usize, lower: usize, row: i32): v128 {
  const top = v128.load64_zero(upper);
  const bottom = v128.load64_zero(lower);
  return i16x8.add(top, i16x8.mul(i16x8.shr_s(i16x8.sub(bottom, top), 4), i16x8.splat(<i16>row)));
}

function times(pixels: v128, gain: v128): v128 {
  const product = i16x8.q15mulr_sat_s(i16x8.shl(pixels, 5), gain);
  return i16x8.shr_s(i16x8.add(product, i16x8.splat(4)), 3);
}

/** `gains`: rows of `columns` knots of four i16 (red, green, blue, alpha); a knot at each 16th pixel and one beyond. In place. */
export function flattenRgba(pixels: usize, width: i32, height: i32, gains: usize, columns: i32): void {
  const knotRow = (<usize>columns) << 3;
  for (let y = 0; y < height; y += 1) {
    const upper = gains + <usize>(y >> 4) * knotRow;
    const row = y & 15;
    let at = pixels + ((<usize>(y * width)) << 2);
    let knot: usize = 0;
    let right = between(upper, upper + knotRow, row);
    for (let x = 0; x < width; x += 16) {
      const left = right;
      knot += 8;
      right = between(upper + knot, upper + knotRow + knot, row);
      const step = i16x8.shr_s(i16x8.sub(right, left), 4);
      let gain = i64x2.shuffle(left, i16x8.add(left, step), 0, 2);
      const twoSteps = i64x2.shuffle(i16x8.shl(step, 1), i16x8.shl(step, 1), 0, 2);
      const end = min(16, width - x);
      let i = 0;
      for (; i + 2 <= end; i += 2) {
        const result = times(i16x8.extend_low_i8x16_u(v128.load64_zero(at)), gain);
        v128.store64_lane(at, i8x16.narrow_i16x8_u(result, result), 0);
        gain = i16x8.add(gain, twoSteps);
        at += 8;
      }
      if (i < end) {
        const result = times(i16x8.extend_low_i8x16_u(v128.load32_zero(at)), gain);
        v128.store32_lane(at, i8x16.narrow_i16x8_u(result, result), 0);
        at += 4;
      }
    }
  }
}

/** The same for gray bytes; knots of one i16. */
export function flattenGray(pixels: usize, width: i32, height: i32, gains: usize, columns: i32): void {
  const knotRow = (<usize>columns) << 1;
  for (let y = 0; y < height; y += 1) {
    const upper = gains + <usize>(y >> 4) * knotRow;
    const row = y & 15;
    const at = pixels + <usize>(y * width);
    for (let x = 0, knot: usize = 0; x < width; x += 16, knot += 2) {
      const left = grayBetween(upper + knot, upper + knotRow + knot, row);
      const right = grayBetween(upper + knot + 2, upper + knotRow + knot + 2, row);
      const step = (right - left) >> 4;
      const from = at + <usize>x;
      if (x + 16 <= width) {
        const steps = i16x8.splat(<i16>step);
        const gain = i16x8.add(i16x8.splat(<i16>left), i16x8.mul(steps, i16x8(0, 1, 2, 3, 4, 5, 6, 7)));
        const bytes = v128.load(from);
        const first = times(i16x8.extend_low_i8x16_u(bytes), gain);
        const second = times(i16x8.extend_high_i8x16_u(bytes), i16x8.add(gain, i16x8.shl(steps, 3)));
        v128.store(from, i8x16.narrow_i16x8_u(first, second));
      } else {
        for (let i = 0; x + i < width; i += 1) {
          const product = (((<i32>load<u8>(from + <usize>i)) << 5) * (left + step * i) + 0x4000) >> 15;
          store<u8>(from + <usize>i, <u8>min(255, (product + 4) >> 3));
        }
      }
    }
  }
}

function grayBetween(upper: usize, lower: usize, row: i32): i32 {
  const top = <i32>load<i16>(upper);
  return top + ((<i32>load<i16>(lower) - top) >> 4) * row;
}
