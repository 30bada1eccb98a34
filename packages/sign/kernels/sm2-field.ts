// Field of the SM2 curve: 256-bit little-endian numbers below 2^256, not always below p. No branch depends on a value.

const LOW: u64 = 0xffffffff;

/** r = a * b mod p; r may be one of them. @source GB/T 32918.5-2017 2 (p), reduction by 2^256 = 2^224 + 2^96 - 2^64 + 1 */
export function mul(r: usize, a: usize, b: usize): void {
  const a0 = <u64>load<u32>(a, 0);
  const a1 = <u64>load<u32>(a, 4);
  const a2 = <u64>load<u32>(a, 8);
  const a3 = <u64>load<u32>(a, 12);
  const a4 = <u64>load<u32>(a, 16);
  const a5 = <u64>load<u32>(a, 20);
  const a6 = <u64>load<u32>(a, 24);
  const a7 = <u64>load<u32>(a, 28);
  const b0 = <u64>load<u32>(b, 0);
  const b1 = <u64>load<u32>(b, 4);
  const b2 = <u64>load<u32>(b, 8);
  const b3 = <u64>load<u32>(b, 12);
  const b4 = <u64>load<u32>(b, 16);
  const b5 = <u64>load<u32>(b, 20);
  const b6 = <u64>load<u32>(b, 24);
  const b7 = <u64>load<u32>(b, 28);
  let v: u64;
  let c0: u64 = 0;
  let c1: u64 = 0;
  let c2: u64 = 0;
  let c3: u64 = 0;
  let c4: u64 = 0;
  let c5: u64 = 0;
  let c6: u64 = 0;
  let c7: u64 = 0;
  let c8: u64 = 0;
  let c9: u64 = 0;
  let c10: u64 = 0;
  let c11: u64 = 0;
  let c12: u64 = 0;
  let c13: u64 = 0;
  let c14: u64 = 0;
  let c15: u64 = 0;
  v = a0 * b0;
  c0 += v & LOW;
  c1 += v >> 32;
  v = a0 * b1;
  c1 += v & LOW;
  c2 += v >> 32;
  v = a1 * b0;
  c1 += v & LOW;
  c2 += v >> 32;
  v = a0 * b2;
  c2 += v & LOW;
  c3 += v >> 32;
  v = a1 * b1;
  c2 += v & LOW;
  c3 += v >> 32;
  v = a2 * b0;
  c2 += v & LOW;
  c3 += v >> 32;
  v = a0 * b3;
  c3 += v & LOW;
  c4 += v >> 32;
  v = a1 * b2;
  c3 += v & LOW;
  c4 += v >> 32;
  v = a2 * b1;
  c3 += v & LOW;
  c4 += v >> 32;
  v = a3 * b0;
  c3 += v & LOW;
  c4 += v >> 32;
  v = a0 * b4;
  c4 += v & LOW;
  c5 += v >> 32;
  v = a1 * b3;
  c4 += v & LOW;
  c5 += v >> 32;
  v = a2 * b2;
  c4 += v & LOW;
  c5 += v >> 32;
  v = a3 * b1;
  c4 += v & LOW;
  c5 += v >> 32;
  v = a4 * b0;
  c4 += v & LOW;
  c5 += v >> 32;
  v = a0 * b5;
  c5 += v & LOW;
  c6 += v >> 32;
  v = a1 * b4;
  c5 += v & LOW;
  c6 += v >> 32;
  v = a2 * b3;
  c5 += v & LOW;
  c6 += v >> 32;
  v = a3 * b2;
  c5 += v & LOW;
  c6 += v >> 32;
  v = a4 * b1;
  c5 += v & LOW;
  c6 += v >> 32;
  v = a5 * b0;
  c5 += v & LOW;
  c6 += v >> 32;
  v = a0 * b6;
  c6 += v & LOW;
  c7 += v >> 32;
  v = a1 * b5;
  c6 += v & LOW;
  c7 += v >> 32;
  v = a2 * b4;
  c6 += v & LOW;
  c7 += v >> 32;
  v = a3 * b3;
  c6 += v & LOW;
  c7 += v >> 32;
  v = a4 * b2;
  c6 += v & LOW;
  c7 += v >> 32;
  v = a5 * b1;
  c6 += v & LOW;
  c7 += v >> 32;
  v = a6 * b0;
  c6 += v & LOW;
  c7 += v >> 32;
  v = a0 * b7;
  c7 += v & LOW;
  c8 += v >> 32;
  v = a1 * b6;
  c7 += v & LOW;
  c8 += v >> 32;
  v = a2 * b5;
  c7 += v & LOW;
  c8 += v >> 32;
  v = a3 * b4;
  c7 += v & LOW;
  c8 += v >> 32;
  v = a4 * b3;
  c7 += v & LOW;
  c8 += v >> 32;
  v = a5 * b2;
  c7 += v & LOW;
  c8 += v >> 32;
  v = a6 * b1;
  c7 += v & LOW;
  c8 += v >> 32;
  v = a7 * b0;
  c7 += v & LOW;
  c8 += v >> 32;
  v = a1 * b7;
  c8 += v & LOW;
  c9 += v >> 32;
  v = a2 * b6;
  c8 += v & LOW;
  c9 += v >> 32;
  v = a3 * b5;
  c8 += v & LOW;
  c9 += v >> 32;
  v = a4 * b4;
  c8 += v & LOW;
  c9 += v >> 32;
  v = a5 * b3;
  c8 += v & LOW;
  c9 += v >> 32;
  v = a6 * b2;
  c8 += v & LOW;
  c9 += v >> 32;
  v = a7 * b1;
  c8 += v & LOW;
  c9 += v >> 32;
  v = a2 * b7;
  c9 += v & LOW;
  c10 += v >> 32;
  v = a3 * b6;
  c9 += v & LOW;
  c10 += v >> 32;
  v = a4 * b5;
  c9 += v & LOW;
  c10 += v >> 32;
  v = a5 * b4;
  c9 += v & LOW;
  c10 += v >> 32;
  v = a6 * b3;
  c9 += v & LOW;
  c10 += v >> 32;
  v = a7 * b2;
  c9 += v & LOW;
  c10 += v >> 32;
  v = a3 * b7;
  c10 += v & LOW;
  c11 += v >> 32;
  v = a4 * b6;
  c10 += v & LOW;
  c11 += v >> 32;
  v = a5 * b5;
  c10 += v & LOW;
  c11 += v >> 32;
  v = a6 * b4;
  c10 += v & LOW;
  c11 += v >> 32;
  v = a7 * b3;
  c10 += v & LOW;
  c11 += v >> 32;
  v = a4 * b7;
  c11 += v & LOW;
  c12 += v >> 32;
  v = a5 * b6;
  c11 += v & LOW;
  c12 += v >> 32;
  v = a6 * b5;
  c11 += v & LOW;
  c12 += v >> 32;
  v = a7 * b4;
  c11 += v & LOW;
  c12 += v >> 32;
  v = a5 * b7;
  c12 += v & LOW;
  c13 += v >> 32;
  v = a6 * b6;
  c12 += v & LOW;
  c13 += v >> 32;
  v = a7 * b5;
  c12 += v & LOW;
  c13 += v >> 32;
  v = a6 * b7;
  c13 += v & LOW;
  c14 += v >> 32;
  v = a7 * b6;
  c13 += v & LOW;
  c14 += v >> 32;
  v = a7 * b7;
  c14 += v & LOW;
  c15 += v >> 32;
  let s0 = <i64>(c0 + c8 + c9 + c10 + c11 + c12 + 2 * c13 + 2 * c14 + 2 * c15);
  let s1 = <i64>(c1 + c9 + c10 + c11 + c12 + c13 + 2 * c14 + 2 * c15);
  let s2 = <i64>(c2 - c8 - c9 - c13 - c14);
  let s3 = <i64>(c3 + c8 + c11 + c12 + 2 * c13 + c14 + c15);
  let s4 = <i64>(c4 + c9 + c12 + c13 + 2 * c14 + c15);
  let s5 = <i64>(c5 + c10 + c13 + c14 + 2 * c15);
  let s6 = <i64>(c6 + c11 + c14 + c15);
  let s7 = <i64>(c7 + c8 + c9 + c10 + c11 + 2 * c12 + 2 * c13 + 2 * c14 + 3 * c15);
  let top = carry(r, s0, s1, s2, s3, s4, s5, s6, s7);
  top = foldTop(r, top);
  foldTop(r, top);
}

/** Stores columns as limbs; gives what is above 2^256, negative too. */
function carry(r: usize, s0: i64, s1: i64, s2: i64, s3: i64, s4: i64, s5: i64, s6: i64, s7: i64): i64 {
  store<u32>(r, <u32>s0);
  s1 += s0 >> 32;
  store<u32>(r, <u32>s1, 4);
  s2 += s1 >> 32;
  store<u32>(r, <u32>s2, 8);
  s3 += s2 >> 32;
  store<u32>(r, <u32>s3, 12);
  s4 += s3 >> 32;
  store<u32>(r, <u32>s4, 16);
  s5 += s4 >> 32;
  store<u32>(r, <u32>s5, 20);
  s6 += s5 >> 32;
  store<u32>(r, <u32>s6, 24);
  s7 += s6 >> 32;
  store<u32>(r, <u32>s7, 28);
  return s7 >> 32;
}

/** Adds top * 2^256 mod p. */
function foldTop(r: usize, top: i64): i64 {
  return carry(
    r,
    <i64>load<u32>(r) + top,
    <i64>load<u32>(r, 4),
    <i64>load<u32>(r, 8) - top,
    <i64>load<u32>(r, 12) + top,
    <i64>load<u32>(r, 16),
    <i64>load<u32>(r, 20),
    <i64>load<u32>(r, 24),
    <i64>load<u32>(r, 28) + top,
  );
}

/** 2^256 mod p in 64-bit limbs, masked. */
const D1: u64 = 0xffffffff;
const D3: u64 = 0x100000000;

/** r = a + b */
export function add(r: usize, a: usize, b: usize): void {
  const over = addLimbs(r, load<u64>(a), load<u64>(a, 8), load<u64>(a, 16), load<u64>(a, 24), b);
  foldUp(r, foldUp(r, over));
}

function addLimbs(r: usize, a0: u64, a1: u64, a2: u64, a3: u64, b: usize): u64 {
  return addNumbers(r, a0, a1, a2, a3, load<u64>(b), load<u64>(b, 8), load<u64>(b, 16), load<u64>(b, 24));
}

function addNumbers(r: usize, a0: u64, a1: u64, a2: u64, a3: u64, b0: u64, b1: u64, b2: u64, b3: u64): u64 {
  let sum = a0 + b0;
  let c: u64 = u64(sum < a0);
  store<u64>(r, sum);
  sum = a1 + c;
  c = u64(sum < c);
  sum += b1;
  c |= u64(sum < b1);
  store<u64>(r, sum, 8);
  sum = a2 + c;
  c = u64(sum < c);
  sum += b2;
  c |= u64(sum < b2);
  store<u64>(r, sum, 16);
  sum = a3 + c;
  c = u64(sum < c);
  sum += b3;
  c |= u64(sum < b3);
  store<u64>(r, sum, 24);
  return c;
}

function foldUp(r: usize, over: u64): u64 {
  const mask: u64 = 0 - over;
  return addNumbers(
    r,
    load<u64>(r),
    load<u64>(r, 8),
    load<u64>(r, 16),
    load<u64>(r, 24),
    over,
    mask & D1,
    0,
    mask & D3,
  );
}

/** r = a - b */
export function sub(r: usize, a: usize, b: usize): void {
  const under = subNumbers(r, a, load<u64>(b), load<u64>(b, 8), load<u64>(b, 16), load<u64>(b, 24));
  foldDown(r, foldDown(r, under));
}

function subNumbers(r: usize, a: usize, b0: u64, b1: u64, b2: u64, b3: u64): u64 {
  let from = load<u64>(a);
  let c: u64 = u64(from < b0);
  store<u64>(r, from - b0);
  from = load<u64>(a, 8);
  let less = from - b1;
  let next: u64 = u64(from < b1) | u64(less < c);
  store<u64>(r, less - c, 8);
  c = next;
  from = load<u64>(a, 16);
  less = from - b2;
  next = u64(from < b2) | u64(less < c);
  store<u64>(r, less - c, 16);
  c = next;
  from = load<u64>(a, 24);
  less = from - b3;
  next = u64(from < b3) | u64(less < c);
  store<u64>(r, less - c, 24);
  return next;
}

function foldDown(r: usize, under: u64): u64 {
  const mask: u64 = 0 - under;
  return subNumbers(r, r, under, mask & D1, 0, mask & D3);
}

/** Brings a number into [0, p): adds 2^256 mod p; keeps the sum when it passed 2^256, that is when the number was p or more. */
export function canonical(r: usize, a: usize): void {
  const a0 = load<u64>(a);
  const a1 = load<u64>(a, 8);
  const a2 = load<u64>(a, 16);
  const a3 = load<u64>(a, 24);
  const keep: u64 = 0 - addNumbers(r, a0, a1, a2, a3, 1, D1, 0, D3);
  store<u64>(r, (load<u64>(r) & keep) | (a0 & ~keep));
  store<u64>(r, (load<u64>(r, 8) & keep) | (a1 & ~keep), 8);
  store<u64>(r, (load<u64>(r, 16) & keep) | (a2 & ~keep), 16);
  store<u64>(r, (load<u64>(r, 24) & keep) | (a3 & ~keep), 24);
}

/** True for a number that is 0 mod p, in canonical form. */
export function isZero(a: usize): bool {
  return (load<u64>(a) | load<u64>(a, 8) | load<u64>(a, 16) | load<u64>(a, 24)) === 0;
}

export function copy32(r: usize, a: usize): void {
  v128.store(r, v128.load(a));
  v128.store(r, v128.load(a, 16), 16);
}
