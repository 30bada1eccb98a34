/**
 * T_j rotated left by j, as the rounds use it.
 * @source GB/T 32905-2016 4.2
 */
const ROUND_CONSTANTS = Int32Array.from({ length: 64 }, (_, round) => {
  const constant = round < 16 ? 0x79cc4519 : 0x7a879d8a;
  const turn = round % 32;
  return (constant << turn) | (constant >>> (32 - turn));
});

/** Words of the message schedule; one for the whole realm, since compression never yields. */
const schedule = new Int32Array(68);

const turn = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));

/**
 * Takes whole 64-byte blocks of `bytes` from `start` to `end` into the eight words of `state`.
 * @source GB/T 32905-2016 5.3
 */
export function sm3Compress(state: Int32Array, bytes: Uint8Array, start: number, end: number): void {
  const w = schedule;
  let s0 = state[0] as number;
  let s1 = state[1] as number;
  let s2 = state[2] as number;
  let s3 = state[3] as number;
  let s4 = state[4] as number;
  let s5 = state[5] as number;
  let s6 = state[6] as number;
  let s7 = state[7] as number;
  for (let at = start; at < end; at += 64) {
    for (let j = 0, from = at; j < 16; j += 1, from += 4) {
      w[j] =
        ((bytes[from] as number) << 24) |
        ((bytes[from + 1] as number) << 16) |
        ((bytes[from + 2] as number) << 8) |
        (bytes[from + 3] as number);
    }
    for (let j = 16; j < 68; j += 1) {
      const third = w[j - 3] as number;
      const mixed = (w[j - 16] as number) ^ (w[j - 9] as number) ^ ((third << 15) | (third >>> 17));
      const thirteenth = w[j - 13] as number;
      w[j] =
        mixed ^
        ((mixed << 15) | (mixed >>> 17)) ^
        ((mixed << 23) | (mixed >>> 9)) ^
        ((thirteenth << 7) | (thirteenth >>> 25)) ^
        (w[j - 6] as number);
    }
    let a = s0;
    let b = s1;
    let c = s2;
    let d = s3;
    let e = s4;
    let f = s5;
    let g = s6;
    let h = s7;
    for (let j = 0; j < 64; j += 1) {
      const a12 = turn(a, 12);
      const ss1 = turn((a12 + e + (ROUND_CONSTANTS[j] as number)) | 0, 7);
      const early = j < 16;
      const wj = w[j] as number;
      const tt1 =
        ((early ? a ^ b ^ c : (a & b) | (a & c) | (b & c)) + d + (ss1 ^ a12) + (wj ^ (w[j + 4] as number))) | 0;
      const tt2 = ((early ? e ^ f ^ g : (e & f) | (~e & g)) + h + ss1 + wj) | 0;
      d = c;
      c = turn(b, 9);
      b = a;
      a = tt1;
      h = g;
      g = turn(f, 19);
      f = e;
      e = tt2 ^ turn(tt2, 9) ^ turn(tt2, 17);
    }
    s0 ^= a;
    s1 ^= b;
    s2 ^= c;
    s3 ^= d;
    s4 ^= e;
    s5 ^= f;
    s6 ^= g;
    s7 ^= h;
  }
  state.set([s0, s1, s2, s3, s4, s5, s6, s7]);
}
