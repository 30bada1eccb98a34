// Small planes of a picture, and grey closing. Twins: src/detect/planes.ts, src/detect/closing.ts.
import { reserve } from './arena';

/**
 * Means over squares of `factor` pixels of RGBA at `rgba` (rows of `sourceWidth`), as brightness, blue difference and
 * red difference: three planes of `width * height` bytes one after the other at `target`.
 */
export function shrinkToPlanes(
  rgba: usize,
  sourceWidth: i32,
  target: usize,
  width: i32,
  height: i32,
  factor: i32,
): void {
  const rowBytes = sourceWidth << 2;
  const sums = reserve(rowBytes * 2 + 16);
  const count = <usize>(width * height);
  const share = <u32>((65536 + ((factor * factor) >> 1)) / (factor * factor));
  let to = target;
  for (let y = 0; y < height; y += 1) {
    const first = rgba + <usize>(y * factor) * <usize>rowBytes;
    addRows(first, <usize>rowBytes, factor, sums);
    let at = sums;
    for (let x = 0; x < width; x += 1) {
      let pixel = i32x4.splat(0);
      for (let column = 0; column < factor; column += 1) {
        pixel = i32x4.add(pixel, v128.load16x4_u(at));
        at += 8;
      }
      pixel = i32x4.shr_u(i32x4.add(i32x4.mul(pixel, i32x4.splat(share)), i32x4.splat(32768)), 16);
      const red = i32x4.extract_lane(pixel, 0);
      const green = i32x4.extract_lane(pixel, 1);
      const blue = i32x4.extract_lane(pixel, 2);
      const light = (77 * red + 150 * green + 29 * blue + 128) >> 8;
      store<u8>(to, <u8>light);
      store<u8>(to + count, <u8>((blue - light + 256) >> 1));
      store<u8>(to + 2 * count, <u8>((red - light + 256) >> 1));
      to += 1;
    }
  }
}

// Adds `rows` rows of bytes into 16-bit sums.
function addRows(first: usize, rowBytes: usize, rows: i32, sums: usize): void {
  let i: usize = 0;
  for (; i + 16 <= rowBytes; i += 16) {
    let low = i16x8.splat(0);
    let high = i16x8.splat(0);
    let at = first + i;
    for (let row = 0; row < rows; row += 1) {
      const bytes = v128.load(at);
      low = i16x8.add(low, i16x8.extend_low_i8x16_u(bytes));
      high = i16x8.add(high, i16x8.extend_high_i8x16_u(bytes));
      at += rowBytes;
    }
    v128.store(sums + (i << 1), low);
    v128.store(sums + (i << 1) + 16, high);
  }
  for (; i < rowBytes; i += 1) {
    let sum: u32 = 0;
    for (let row = 0; row < rows; row += 1) sum += <u32>load<u8>(first + i + <usize>row * rowBytes);
    store<u16>(sums + (i << 1), <u16>sum);
  }
}

/** Grey closing of the plane at `plane` with a square of `2 * radius + 1`; `work` is as large as the plane. */
export function closeDark(plane: usize, work: usize, width: i32, height: i32, radius: i32): void {
  slideAcross(plane, work, width, height, radius, true);
  slideDown(work, plane, width, height, radius, true);
  slideAcross(plane, work, width, height, radius, false);
  slideDown(work, plane, width, height, radius, false);
}

function pick(a: v128, b: v128, largest: bool): v128 {
  return largest ? i8x16.max_u(a, b) : i8x16.min_u(a, b);
}

function slideAcross(from: usize, to: usize, width: i32, height: i32, radius: i32, largest: bool): void {
  for (let y = 0; y < height; y += 1) {
    const row = from + <usize>(y * width);
    const out = to + <usize>(y * width);
    let x = 0;
    for (; x < min(radius, width); x += 1) store<u8>(out + <usize>x, one(row, x, width, radius, largest));
    for (; x + 16 + radius <= width; x += 16) {
      let value = v128.load(row + <usize>(x - radius));
      for (let shift = 1 - radius; shift <= radius; shift += 1) {
        value = pick(value, v128.load(row + <usize>(x + shift)), largest);
      }
      v128.store(out + <usize>x, value);
    }
    for (; x < width; x += 1) store<u8>(out + <usize>x, one(row, x, width, radius, largest));
  }
}

function one(row: usize, x: i32, width: i32, radius: i32, largest: bool): u8 {
  const last = min(width - 1, x + radius);
  let value = load<u8>(row + <usize>x);
  for (let i = max(0, x - radius); i <= last; i += 1) {
    const other = load<u8>(row + <usize>i);
    value = largest ? max(value, other) : min(value, other);
  }
  return value;
}

function slideDown(from: usize, to: usize, width: i32, height: i32, radius: i32, largest: bool): void {
  for (let y = 0; y < height; y += 1) {
    const first = max(0, y - radius);
    const last = min(height - 1, y + radius);
    let x = 0;
    for (; x + 16 <= width; x += 16) {
      let value = v128.load(from + <usize>(first * width + x));
      for (let row = first + 1; row <= last; row += 1) {
        value = pick(value, v128.load(from + <usize>(row * width + x)), largest);
      }
      v128.store(to + <usize>(y * width + x), value);
    }
    for (; x < width; x += 1) {
      let value = load<u8>(from + <usize>(first * width + x));
      for (let row = first + 1; row <= last; row += 1) {
        const other = load<u8>(from + <usize>(row * width + x));
        value = largest ? max(value, other) : min(value, other);
      }
      store<u8>(to + <usize>(y * width + x), value);
    }
  }
}
