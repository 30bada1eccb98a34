import { add, canonical, copy32, isZero, mul, sub } from './sm2-field';

// Points of the SM2 curve: projective X, Y, Z of 32 bytes each; table entries are affine, 64 bytes.

/** Curve parameter b. @source GB/T 32918.5-2017 2 */
const B: usize = memory.data<u32>(
  [0x4d940e93, 0xddbcbd41, 0x15ab8f92, 0xf39789f5, 0xcf6509a7, 0x4d5a9e4b, 0x9d9f5e34, 0x28e9fa9e],
  16,
);
const ONE: usize = memory.data<u32>([1, 0, 0, 0, 0, 0, 0, 0], 16);
const t0: usize = memory.data(32, 16);
const t1: usize = memory.data(32, 16);
const t2: usize = memory.data(32, 16);
const t3: usize = memory.data(32, 16);
const t4: usize = memory.data(32, 16);
const x3: usize = memory.data(32, 16);
const y3: usize = memory.data(32, 16);
const z3: usize = memory.data(32, 16);
const sum: usize = memory.data(96, 16);
const chosen: usize = memory.data(64, 16);

/** r = p + q for any two points, equal or at infinity too. @source Renes, Costello, Batina: Complete addition formulas, alg. 4 */
export function addPoints(r: usize, p: usize, q: usize): void {
  mul(t0, p, q);
  mul(t1, p + 32, q + 32);
  mul(t2, p + 64, q + 64);
  add(t3, p, p + 32);
  add(t4, q, q + 32);
  mul(t3, t3, t4);
  add(t4, t0, t1);
  sub(t3, t3, t4);
  add(t4, p + 32, p + 64);
  add(x3, q + 32, q + 64);
  mul(t4, t4, x3);
  add(x3, t1, t2);
  sub(t4, t4, x3);
  add(x3, p, p + 64);
  add(y3, q, q + 64);
  mul(x3, x3, y3);
  add(y3, t0, t2);
  sub(y3, x3, y3);
  finish(r);
}

/** r = p + q for an affine q. @source as above, alg. 5 */
export function addAffine(r: usize, p: usize, q: usize): void {
  mul(t0, p, q);
  mul(t1, p + 32, q + 32);
  add(t3, q, q + 32);
  add(t4, p, p + 32);
  mul(t3, t3, t4);
  add(t4, t0, t1);
  sub(t3, t3, t4);
  mul(t4, q + 32, p + 64);
  add(t4, t4, p + 32);
  mul(y3, q, p + 64);
  add(y3, y3, p);
  copy32(t2, p + 64);
  finish(r);
}

/** Steps 19 to 43 of algorithm 4. */
function finish(r: usize): void {
  mul(z3, B, t2);
  sub(x3, y3, z3);
  add(z3, x3, x3);
  add(x3, x3, z3);
  sub(z3, t1, x3);
  add(x3, t1, x3);
  mul(y3, B, y3);
  add(t1, t2, t2);
  add(t2, t1, t2);
  sub(y3, y3, t2);
  sub(y3, y3, t0);
  add(t1, y3, y3);
  add(y3, t1, y3);
  add(t1, t0, t0);
  add(t0, t1, t0);
  sub(t0, t0, t2);
  mul(t1, t4, y3);
  mul(t2, t0, y3);
  mul(y3, x3, z3);
  add(r + 32, y3, t2);
  mul(x3, t3, x3);
  sub(r, x3, t1);
  mul(z3, t4, z3);
  mul(t1, t3, t0);
  add(r + 64, z3, t1);
}

/** The point at infinity. */
export function setInfinity(r: usize): void {
  memory.fill(r, 0, 96);
  store<u32>(r, 1, 32);
}

/** r = a^(2^times) */
function squares(r: usize, a: usize, times: i32): void {
  mul(r, a, a);
  for (let done = 1; done < times; done += 1) mul(r, r, r);
}

const i2: usize = memory.data(32, 16);
const i6: usize = memory.data(32, 16);
const i8x: usize = memory.data(32, 16);
const i14: usize = memory.data(32, 16);
const i30: usize = memory.data(32, 16);
const i32x: usize = memory.data(32, 16);
const i0: usize = memory.data(32, 16);

/** r = 1 / a, and 0 for 0: a^(p - 2), always the same steps. r is not a. */
export function invert(r: usize, a: usize): void {
  squares(i0, a, 1);
  mul(i2, i0, a);
  squares(i0, i2, 2);
  mul(i14, i0, i2);
  squares(i0, i14, 2);
  mul(i6, i0, i2);
  squares(i0, i14, 4);
  mul(i8x, i0, i14);
  squares(i0, i8x, 6);
  mul(i14, i0, i6);
  squares(i0, i8x, 8);
  mul(i32x, i0, i8x);
  squares(i0, i32x, 14);
  mul(i30, i0, i14);
  squares(i0, i30, 1);
  mul(i0, i0, a);
  copy32(r, i0);
  squares(i0, r, 1);
  mul(i32x, i0, a);
  squares(r, r, 1);
  for (let words = 0; words < 4; words += 1) {
    squares(r, r, 32);
    mul(r, r, i32x);
  }
  squares(r, r, 64);
  mul(r, r, i32x);
  squares(r, r, 30);
  mul(r, r, i30);
  squares(r, r, 2);
  mul(r, r, a);
}

/** Windows of six bits that a 256-bit scalar has. */
const WINDOWS = 43;
const ENTRIES = 63;

/** Bytes of a table. */
export function sm2TableBytes(): i32 {
  return WINDOWS * ENTRIES * 64;
}

/** Bytes of working memory that `sm2Table` needs. */
export function sm2TableScratchBytes(): i32 {
  return WINDOWS * ENTRIES * 128 + 96;
}

/** Table of an affine point: its multiples 1 to 63, times 64^window. */
export function sm2Table(table: usize, point: usize, scratch: usize): void {
  const count = WINDOWS * ENTRIES;
  const products = scratch + count * 96;
  const base = products + count * 32;
  copy32(base, point);
  copy32(base + 32, point + 32);
  copy32(base + 64, ONE);
  for (let window = 0, at = scratch; window < WINDOWS; window += 1) {
    memory.copy(at, base, 96);
    for (let entry = 1; entry < ENTRIES; entry += 1) addPoints(at + entry * 96, at + (entry - 1) * 96, base);
    addPoints(base, at + (ENTRIES - 1) * 96, base);
    at += ENTRIES * 96;
  }
  // One inversion for all.
  copy32(products, scratch + 64);
  for (let index = 1; index < count; index += 1) {
    mul(products + index * 32, products + (index - 1) * 32, scratch + index * 96 + 64);
  }
  invert(sum, products + (count - 1) * 32);
  for (let index = count - 1; index >= 0; index -= 1) {
    const from = scratch + index * 96;
    const to = table + index * 64;
    if (index > 0) mul(sum + 32, sum, products + (index - 1) * 32);
    else copy32(sum + 32, sum);
    mul(sum, sum, from + 64);
    mul(to, from, sum + 32);
    mul(to + 32, from + 32, sum + 32);
  }
}

/** Six bits of a 32-byte little-endian scalar. */
function digit(scalar: usize, window: i32): i32 {
  const bit = window * 6;
  const byte = scalar + (bit >> 3);
  const pair = (<i32>load<u8>(byte)) | (bit < 248 ? (<i32>load<u8>(byte, 1)) << 8 : 0);
  return (pair >> (bit & 7)) & 63;
}

/** acc += scalar * point of the table. For scalars that everybody may know. */
export function sm2AddMultiple(acc: usize, table: usize, scalar: usize): void {
  for (let window = 0; window < WINDOWS; window += 1, table += ENTRIES * 64) {
    const value = digit(scalar, window);
    if (value > 0) addAffine(acc, acc, table + (value - 1) * 64);
  }
}

/** acc += scalar * point of the table: reads every entry and does every step, whatever the scalar. */
export function sm2AddSecretMultiple(acc: usize, table: usize, scalar: usize): void {
  for (let window = 0; window < WINDOWS; window += 1) {
    const value = digit(scalar, window);
    let c0 = i64x2.splat(0);
    let c1 = c0;
    let c2 = c0;
    let c3 = c0;
    for (let entry = 1; entry <= ENTRIES; entry += 1, table += 64) {
      const mask = i64x2.splat(<i64>(0 - <i64>(entry === value)));
      c0 = v128.or(c0, v128.and(mask, v128.load(table)));
      c1 = v128.or(c1, v128.and(mask, v128.load(table, 16)));
      c2 = v128.or(c2, v128.and(mask, v128.load(table, 32)));
      c3 = v128.or(c3, v128.and(mask, v128.load(table, 48)));
    }
    v128.store(chosen, c0);
    v128.store(chosen, c1, 16);
    v128.store(chosen, c2, 32);
    v128.store(chosen, c3, 48);
    addAffine(sum, acc, chosen);
    const keep = i64x2.splat(<i64>(0 - <i64>(value === 0)));
    for (let at = 0; at < 96; at += 16) {
      v128.store(acc + at, v128.bitselect(v128.load(acc + at), v128.load(sum + at), keep));
    }
  }
}

/** acc = acc + scalar * point without a table, for keys seen once. `scratch` takes 16 * 96 bytes. */
export function sm2AddOnce(acc: usize, point: usize, scalar: usize, scratch: usize): void {
  copy32(scratch, point);
  copy32(scratch + 32, point + 32);
  copy32(scratch + 64, ONE);
  for (let entry = 1; entry < 15; entry += 1) addPoints(scratch + entry * 96, scratch + (entry - 1) * 96, scratch);
  const result = scratch + 15 * 96;
  setInfinity(result);
  for (let nibble = 63; nibble >= 0; nibble -= 1) {
    if (nibble < 63) {
      for (let doubling = 0; doubling < 4; doubling += 1) addPoints(result, result, result);
    }
    const value = ((<i32>load<u8>(scalar + (nibble >> 1))) >> ((nibble & 1) << 2)) & 15;
    if (value > 0) addPoints(result, result, scratch + (value - 1) * 96);
  }
  addPoints(acc, acc, result);
}

/** 1 when the affine x of the point is `candidate` mod p; 0 for infinity. */
export function sm2HasX(point: usize, candidate: usize): i32 {
  canonical(t0, point + 64);
  if (isZero(t0)) return 0;
  mul(t1, candidate, point + 64);
  sub(t1, t1, point);
  canonical(t1, t1);
  return <i32>isZero(t1);
}

/** Affine x, y below p, in place of X and Y. */
export function sm2ToAffine(point: usize): void {
  invert(sum, point + 64);
  mul(point, point, sum);
  mul(point + 32, point + 32, sum);
  canonical(point, point);
  canonical(point + 32, point + 32);
}
