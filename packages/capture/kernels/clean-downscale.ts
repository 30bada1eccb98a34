// Means of 2 x 2 pixels, rounded; an odd last row or column is left out. Twin: src/clean/downscale.ts.

function pairOfRgba(at: usize, below: usize): v128 {
  const upper = v128.load(at);
  const lower = v128.load(below);
  const left = i16x8.add(i16x8.extend_low_i8x16_u(upper), i16x8.extend_low_i8x16_u(lower));
  const right = i16x8.add(i16x8.extend_high_i8x16_u(upper), i16x8.extend_high_i8x16_u(lower));
  const sum = i16x8.add(i64x2.shuffle(left, right, 0, 2), i64x2.shuffle(left, right, 1, 3));
  return i16x8.shr_u(i16x8.add(sum, i16x8.splat(2)), 2);
}

/** RGBA of `width` x `height` pixels to half of each, rounded down. */
export function halveRgba(source: usize, width: i32, height: i32, target: usize): void {
  const columns = width >> 1;
  const rows = height >> 1;
  const rowBytes = (<usize>width) << 2;
  for (let y = 0; y < rows; y += 1) {
    let at = source + <usize>(2 * y) * rowBytes;
    let to = target + ((<usize>(y * columns)) << 2);
    let x = 0;
    for (; x + 4 <= columns; x += 4) {
      const first = pairOfRgba(at, at + rowBytes);
      const second = pairOfRgba(at + 16, at + 16 + rowBytes);
      v128.store(to, i8x16.narrow_i16x8_u(first, second));
      at += 32;
      to += 16;
    }
    for (; x < columns; x += 1) {
      for (let channel: usize = 0; channel < 4; channel += 1) {
        const from = at + channel;
        const sum =
          <u32>load<u8>(from) + load<u8>(from + 4) + load<u8>(from + rowBytes) + load<u8>(from + rowBytes + 4) + 2;
        store<u8>(to + channel, <u8>(sum >> 2));
      }
      at += 8;
      to += 4;
    }
  }
}

/** Gray bytes of `width` x `height` pixels to half of each, rounded down. */
export function halveGray(source: usize, width: i32, height: i32, target: usize): void {
  const columns = width >> 1;
  const rows = height >> 1;
  for (let y = 0; y < rows; y += 1) {
    let at = source + <usize>(2 * y * width);
    let to = target + <usize>(y * columns);
    let x = 0;
    for (; x + 8 <= columns; x += 8) {
      const upper = i16x8.extadd_pairwise_i8x16_u(v128.load(at));
      const lower = i16x8.extadd_pairwise_i8x16_u(v128.load(at + <usize>width));
      const mean = i16x8.shr_u(i16x8.add(i16x8.add(upper, lower), i16x8.splat(2)), 2);
      v128.store64_lane(to, i8x16.narrow_i16x8_u(mean, mean), 0);
      at += 16;
      to += 8;
    }
    for (; x < columns; x += 1) {
      const below = at + <usize>width;
      const sum = <u32>load<u8>(at) + load<u8>(at + 1) + load<u8>(below) + load<u8>(below + 1) + 2;
      store<u8>(to, <u8>(sum >> 2));
      at += 2;
      to += 1;
    }
  }
}
