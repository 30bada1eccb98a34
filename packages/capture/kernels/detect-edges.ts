// Ridges of the colour gradient. Twin: src/detect/edges.ts.

/**
 * Places of strongest change in three planes (each beginning at a multiple of 16 after the one before) as 16-bit
 * x, y, gradient x, gradient y at `target`; returns how many, at most `limit`. `work` holds 8 bytes a pixel and 128 more.
 */
export function findEdges(
  planes: usize,
  work: usize,
  target: usize,
  width: i32,
  height: i32,
  threshold: i32,
  limit: i32,
): i32 {
  const count = <usize>(width * height);
  const stride = (count + 15) & ~15;
  const gradientX = work;
  const gradientY = gradientX + stride * 2;
  const strength = gradientY + stride * 2;
  const across = strength + stride * 2;
  const smooth = across + stride;
  memory.fill(strength, 0, count * 2);
  for (let plane = 0; plane < 3; plane += 1) {
    smoothPlane(planes + <usize>plane * stride, across, smooth, width, height);
    addGradient(smooth, gradientX, gradientY, strength, width, height, plane == 0 ? 1 : 2);
  }
  return ridges(gradientX, gradientY, strength, target, width, height, threshold, limit);
}

function smoothPlane(plane: usize, across: usize, smooth: usize, width: i32, height: i32): void {
  for (let y = 0; y < height; y += 1) {
    const row = plane + <usize>(y * width);
    const out = across + <usize>(y * width);
    store<u8>(out, load<u8>(row));
    store<u8>(out + <usize>(width - 1), load<u8>(row + <usize>(width - 1)));
    let x = 1;
    for (; x + 17 <= width; x += 16) {
      const at = row + <usize>x;
      v128.store(out + <usize>x, i8x16.avgr_u(i8x16.avgr_u(v128.load(at - 1), v128.load(at + 1)), v128.load(at)));
    }
    for (; x < width - 1; x += 1) {
      const at = row + <usize>x;
      const sides = (<i32>load<u8>(at - 1) + <i32>load<u8>(at + 1) + 1) >> 1;
      store<u8>(out + <usize>x, <u8>((sides + <i32>load<u8>(at) + 1) >> 1));
    }
  }
  const last = <usize>(width * (height - 1));
  memory.copy(smooth, across, width);
  memory.copy(smooth + last, across + last, width);
  let i = <usize>width;
  for (; i + 16 <= last; i += 16) {
    const at = across + i;
    const sides = i8x16.avgr_u(v128.load(at - <usize>width), v128.load(at + <usize>width));
    v128.store(smooth + i, i8x16.avgr_u(sides, v128.load(at)));
  }
  for (; i < last; i += 1) {
    const at = across + i;
    const sides = (<i32>load<u8>(at - <usize>width) + <i32>load<u8>(at + <usize>width) + 1) >> 1;
    store<u8>(smooth + i, <u8>((sides + <i32>load<u8>(at) + 1) >> 1));
  }
}

function addGradient(
  plane: usize,
  gradientX: usize,
  gradientY: usize,
  strength: usize,
  width: i32,
  height: i32,
  gain: i32,
): void {
  const row = <usize>width;
  for (let y = 1; y < height - 1; y += 1) {
    let x = 1;
    for (; x + 9 <= width; x += 8) {
      const i = <usize>(y * width + x);
      const at = plane + i;
      const nw = v128.load8x8_u(at - row - 1);
      const ne = v128.load8x8_u(at - row + 1);
      const sw = v128.load8x8_u(at + row - 1);
      const se = v128.load8x8_u(at + row + 1);
      const we = i16x8.sub(v128.load8x8_u(at + 1), v128.load8x8_u(at - 1));
      const ns = i16x8.sub(v128.load8x8_u(at + row), v128.load8x8_u(at - row));
      const rising = i16x8.sub(ne, sw);
      const falling = i16x8.sub(se, nw);
      const gx = i16x8.mul(i16x8.add(i16x8.add(falling, rising), i16x8.shl(we, 1)), i16x8.splat(<i16>gain));
      const gy = i16x8.mul(i16x8.add(i16x8.sub(falling, rising), i16x8.shl(ns, 1)), i16x8.splat(<i16>gain));
      const ax = i16x8.abs(gx);
      const ay = i16x8.abs(gy);
      const large = i16x8.max_s(ax, ay);
      const small = i16x8.min_s(ax, ay);
      const value = i16x8.add(large, i16x8.shr_s(i16x8.mul(small, i16x8.splat(3)), 3));
      const before = v128.load(strength + (i << 1));
      const stronger = i16x8.gt_s(value, before);
      if (!v128.any_true(stronger)) continue;
      v128.store(strength + (i << 1), v128.bitselect(value, before, stronger));
      v128.store(gradientX + (i << 1), v128.bitselect(gx, v128.load(gradientX + (i << 1)), stronger));
      v128.store(gradientY + (i << 1), v128.bitselect(gy, v128.load(gradientY + (i << 1)), stronger));
    }
    for (; x < width - 1; x += 1) {
      const i = <usize>(y * width + x);
      const at = plane + i;
      const rising = <i32>load<u8>(at - row + 1) - <i32>load<u8>(at + row - 1);
      const falling = <i32>load<u8>(at + row + 1) - <i32>load<u8>(at - row - 1);
      const gx = (falling + rising + 2 * (<i32>load<u8>(at + 1) - <i32>load<u8>(at - 1))) * gain;
      const gy = (falling - rising + 2 * (<i32>load<u8>(at + row) - <i32>load<u8>(at - row))) * gain;
      const ax = abs(gx);
      const ay = abs(gy);
      const value = max(ax, ay) + ((min(ax, ay) * 3) >> 3);
      if (value <= <i32>load<i16>(strength + (i << 1))) continue;
      store<i16>(strength + (i << 1), <i16>value);
      store<i16>(gradientX + (i << 1), <i16>gx);
      store<i16>(gradientY + (i << 1), <i16>gy);
    }
  }
}

function ridges(
  gradientX: usize,
  gradientY: usize,
  strength: usize,
  target: usize,
  width: i32,
  height: i32,
  threshold: i32,
  limit: i32,
): i32 {
  let found = 0;
  let to = target;
  const least = i16x8.splat(<i16>threshold);
  for (let y = 2; y < height - 2; y += 1) {
    let x = 2;
    while (x < width - 2) {
      const start = <usize>(y * width + x);
      if (x + 8 <= width && !v128.any_true(i16x8.ge_s(v128.load(strength + (start << 1)), least))) {
        x += 8;
        continue;
      }
      const end = min(width - 2, x + 8);
      for (; x < end; x += 1) {
        const i = (<usize>(y * width + x)) << 1;
        const value = <i32>load<i16>(strength + i);
        if (value < threshold) continue;
        const gx = <i32>load<i16>(gradientX + i);
        const gy = <i32>load<i16>(gradientY + i);
        const step = acrossStep(gx, gy, width) << 1;
        if (<i32>load<i16>(strength + i - <usize>step) > value) continue;
        if (<i32>load<i16>(strength + i + <usize>step) >= value) continue;
        if (found == limit) return found;
        store<i16>(to, <i16>x);
        store<i16>(to + 2, <i16>y);
        store<i16>(to + 4, <i16>gx);
        store<i16>(to + 6, <i16>gy);
        to += 8;
        found += 1;
      }
    }
  }
  return found;
}

// Distance in pixels to the neighbour in the direction of the gradient, of eight.
function acrossStep(gx: i32, gy: i32, width: i32): i32 {
  const ax = abs(gx);
  const ay = abs(gy);
  if (ay * 5 < ax * 2) return 1;
  if (ax * 5 < ay * 2) return width;
  return gx >= 0 == gy >= 0 ? width + 1 : width - 1;
}
