// Perspective resampling: exact source places every 16 pixels, straight between them, bilinear with weights in 1/256.
// Worked on in tiles of 64 pixels, so that turned pages stay in the cache. Twin: src/clean/warp-script.ts.

const SPAN = 16;
const TILE = 64;
/** Fraction bits of a source place. */
const BITS = 14;

function place(value: f64): i32 {
  const bounded = value > -100000.0 ? min(value, 100000.0) : -100000.0;
  return <i32>floor(bounded * 16384.0 + 0.5);
}

function sample(source: usize, rowBytes: usize, u: i32, v: i32): v128 {
  const fx = (u >> 6) & 255;
  const fy = (v >> 6) & 255;
  const at = source + <usize>(v >> BITS) * rowBytes + ((<usize>(u >> BITS)) << 2);
  const top = i16x8.extend_low_i8x16_u(v128.load64_zero(at));
  const bottom = i16x8.extend_low_i8x16_u(v128.load64_zero(at + rowBytes));
  const half = i16x8.splat(128);
  const column = i16x8.shr_u(
    i16x8.add(i16x8.add(i16x8.mul(top, i16x8.splat(<i16>(256 - fy))), i16x8.mul(bottom, i16x8.splat(<i16>fy))), half),
    8,
  );
  const weights = i64x2.replace_lane(
    i64x2.splat(<i64>(256 - fx) * 0x0001000100010001),
    1,
    <i64>fx * 0x0001000100010001,
  );
  const shares = i16x8.mul(column, weights);
  const sum = i16x8.add(i16x8.add(shares, i64x2.shuffle(shares, shares, 1, 0)), half);
  return i16x8.shr_u(sum, 8);
}

function warp(
  gray: bool,
  source: usize,
  sourceWidth: i32,
  sourceHeight: i32,
  target: usize,
  width: i32,
  height: i32,
  matrix: usize,
): void {
  const rowBytes = (<usize>sourceWidth) << 2;
  const maxU = ((sourceWidth - 1) << BITS) - 1;
  const maxV = ((sourceHeight - 1) << BITS) - 1;
  const a = load<f64>(matrix);
  const b = load<f64>(matrix, 8);
  const c = load<f64>(matrix, 16);
  const d = load<f64>(matrix, 24);
  const e = load<f64>(matrix, 32);
  const f = load<f64>(matrix, 40);
  const g = load<f64>(matrix, 48);
  const h = load<f64>(matrix, 56);
  const k = load<f64>(matrix, 64);
  const luma = i16x8(77, 150, 29, 0, 0, 0, 0, 0);
  for (let tileY = 0; tileY < height; tileY += TILE) {
    const endY = min(tileY + TILE, height);
    for (let tileX = 0; tileX < width; tileX += TILE) {
      const endX = min(tileX + TILE, width);
      for (let y = tileY; y < endY; y += 1) {
        const cy = <f64>y + 0.5;
        const au = b * cy + c;
        const av = e * cy + f;
        const aw = h * cy + k;
        let cx = <f64>tileX + 0.5;
        let w = g * cx + aw;
        let u = place((a * cx + au) / w - 0.5);
        let v = place((d * cx + av) / w - 0.5);
        for (let x = tileX; x < endX; x += SPAN) {
          cx = <f64>(x + SPAN) + 0.5;
          w = g * cx + aw;
          const nextU = place((a * cx + au) / w - 0.5);
          const nextV = place((d * cx + av) / w - 0.5);
          const stepU = (nextU - u) >> 4;
          const stepV = (nextV - v) >> 4;
          const end = min(x + SPAN, endX);
          for (let at = x; at < end; at += 1) {
            const index = <usize>(y * width + at);
            if (u < -8192 || v < -8192 || u > maxU + 8192 || v > maxV + 8192) {
              if (gray) store<u8>(target + index, 255);
              else store<u32>(target + (index << 2), 0xffffffff);
            } else {
              const colour = sample(source, rowBytes, min(max(u, 0), maxU), min(max(v, 0), maxV));
              if (gray) {
                const sums = i32x4.dot_i16x8_s(colour, luma);
                const sum = i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1);
                store<u8>(target + index, <u8>((sum + 128) >> 8));
              } else {
                const bytes = i8x16.narrow_i16x8_u(colour, colour);
                store<u32>(target + (index << 2), <u32>i32x4.extract_lane(bytes, 0));
              }
            }
            u += stepU;
            v += stepV;
          }
          u = nextU;
          v = nextV;
        }
      }
    }
  }
}

/** `matrix`: nine f64, from target to source places. Target: RGBA, white outside the source. */
export function warpRgba(
  source: usize,
  sourceWidth: i32,
  sourceHeight: i32,
  target: usize,
  width: i32,
  height: i32,
  matrix: usize,
): void {
  warp(false, source, sourceWidth, sourceHeight, target, width, height, matrix);
}

/** The same, with the luma of `toGray` of what `warpRgba` gives. */
export function warpGray(
  source: usize,
  sourceWidth: i32,
  sourceHeight: i32,
  target: usize,
  width: i32,
  height: i32,
  matrix: usize,
): void {
  warp(true, source, sourceWidth, sourceHeight, target, width, height, matrix);
}
