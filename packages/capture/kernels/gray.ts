// Luma of sRGB pixels, BT.601 weights in 1/256 as integers, so that the script twin gives the same bytes.

/** `count` RGBA pixels at `rgba` to bytes at `gray`. Twin: src/kernels/gray.ts. */
export function toGray(rgba: usize, gray: usize, count: i32): void {
  const mask = i32x4.splat(255);
  let i = 0;
  for (; i + 4 <= count; i += 4) {
    const pixels = v128.load(rgba + ((<usize>i) << 2));
    const red = v128.and(pixels, mask);
    const green = v128.and(i32x4.shr_u(pixels, 8), mask);
    const blue = v128.and(i32x4.shr_u(pixels, 16), mask);
    const sum = i32x4.add(
      i32x4.add(i32x4.mul(red, i32x4.splat(77)), i32x4.mul(green, i32x4.splat(150))),
      i32x4.add(i32x4.mul(blue, i32x4.splat(29)), i32x4.splat(128)),
    );
    const luma = i32x4.shr_u(sum, 8);
    const bytes = i8x16.shuffle(luma, luma, 0, 4, 8, 12, 0, 4, 8, 12, 0, 4, 8, 12, 0, 4, 8, 12);
    store<u32>(gray + <usize>i, <u32>i32x4.extract_lane(bytes, 0));
  }
  for (; i < count; i += 1) {
    const at = rgba + ((<usize>i) << 2);
    const sum = 77 * <u32>load<u8>(at) + 150 * <u32>load<u8>(at + 1) + 29 * <u32>load<u8>(at + 2) + 128;
    store<u8>(gray + <usize>i, <u8>(sum >> 8));
  }
}
