// SHA-256 over whole blocks. @source FIPS 180-4 6.2.2

const K: usize = memory.data<u32>([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
  0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
  0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
  0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
  0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
]);

// prettier-ignore
@inline function bigA(x: u32): u32 { return rotr<u32>(x, 2) ^ rotr<u32>(x, 13) ^ rotr<u32>(x, 22); }
// prettier-ignore
@inline function bigE(x: u32): u32 { return rotr<u32>(x, 6) ^ rotr<u32>(x, 11) ^ rotr<u32>(x, 25); }
// prettier-ignore
@inline function early(x: u32): u32 { return rotr<u32>(x, 7) ^ rotr<u32>(x, 18) ^ (x >>> 3); }
// prettier-ignore
@inline function late(x: u32): u32 { return rotr<u32>(x, 17) ^ rotr<u32>(x, 19) ^ (x >>> 10); }
// prettier-ignore
@inline function choose(e: u32, f: u32, g: u32): u32 { return g ^ (e & (f ^ g)); }
// prettier-ignore
@inline function most(a: u32, b: u32, c: u32): u32 { return (a & b) | (c & (a | b)); }
// prettier-ignore
@inline function word(data: usize): u32 { return bswap<u32>(load<u32>(data)); }

/** Works `count` blocks of 64 bytes into the 8 words at `state`. */
// prettier-ignore
export function sha256Blocks(state: usize, data: usize, count: i32): void {
  let ha = load<u32>(state), hb = load<u32>(state, 4), hc = load<u32>(state, 8), hd = load<u32>(state, 12);
  let he = load<u32>(state, 16), hf = load<u32>(state, 20), hg = load<u32>(state, 24), hh = load<u32>(state, 28);
  for (; count > 0; count--, data += 64) {
    let a = ha, b = hb, c = hc, d = hd, e = he, f = hf, g = hg, h = hh;
    let w0 = word(data + 0), w1 = word(data + 4), w2 = word(data + 8), w3 = word(data + 12);
    let w4 = word(data + 16), w5 = word(data + 20), w6 = word(data + 24), w7 = word(data + 28);
    let w8 = word(data + 32), w9 = word(data + 36), w10 = word(data + 40), w11 = word(data + 44);
    let w12 = word(data + 48), w13 = word(data + 52), w14 = word(data + 56), w15 = word(data + 60);
    for (let k: usize = K; ; k += 64) {
      h += bigE(e) + choose(e, f, g) + load<u32>(k, 0) + w0; d += h; h += bigA(a) + most(a, b, c);
      g += bigE(d) + choose(d, e, f) + load<u32>(k, 4) + w1; c += g; g += bigA(h) + most(h, a, b);
      f += bigE(c) + choose(c, d, e) + load<u32>(k, 8) + w2; b += f; f += bigA(g) + most(g, h, a);
      e += bigE(b) + choose(b, c, d) + load<u32>(k, 12) + w3; a += e; e += bigA(f) + most(f, g, h);
      d += bigE(a) + choose(a, b, c) + load<u32>(k, 16) + w4; h += d; d += bigA(e) + most(e, f, g);
      c += bigE(h) + choose(h, a, b) + load<u32>(k, 20) + w5; g += c; c += bigA(d) + most(d, e, f);
      b += bigE(g) + choose(g, h, a) + load<u32>(k, 24) + w6; f += b; b += bigA(c) + most(c, d, e);
      a += bigE(f) + choose(f, g, h) + load<u32>(k, 28) + w7; e += a; a += bigA(b) + most(b, c, d);
      h += bigE(e) + choose(e, f, g) + load<u32>(k, 32) + w8; d += h; h += bigA(a) + most(a, b, c);
      g += bigE(d) + choose(d, e, f) + load<u32>(k, 36) + w9; c += g; g += bigA(h) + most(h, a, b);
      f += bigE(c) + choose(c, d, e) + load<u32>(k, 40) + w10; b += f; f += bigA(g) + most(g, h, a);
      e += bigE(b) + choose(b, c, d) + load<u32>(k, 44) + w11; a += e; e += bigA(f) + most(f, g, h);
      d += bigE(a) + choose(a, b, c) + load<u32>(k, 48) + w12; h += d; d += bigA(e) + most(e, f, g);
      c += bigE(h) + choose(h, a, b) + load<u32>(k, 52) + w13; g += c; c += bigA(d) + most(d, e, f);
      b += bigE(g) + choose(g, h, a) + load<u32>(k, 56) + w14; f += b; b += bigA(c) + most(c, d, e);
      a += bigE(f) + choose(f, g, h) + load<u32>(k, 60) + w15; e += a; a += bigA(b) + most(b, c, d);
      if (k === K + 192) break;
      w0 += late(w14) + w9 + early(w1);
      w1 += late(w15) + w10 + early(w2);
      w2 += late(w0) + w11 + early(w3);
      w3 += late(w1) + w12 + early(w4);
      w4 += late(w2) + w13 + early(w5);
      w5 += late(w3) + w14 + early(w6);
      w6 += late(w4) + w15 + early(w7);
      w7 += late(w5) + w0 + early(w8);
      w8 += late(w6) + w1 + early(w9);
      w9 += late(w7) + w2 + early(w10);
      w10 += late(w8) + w3 + early(w11);
      w11 += late(w9) + w4 + early(w12);
      w12 += late(w10) + w5 + early(w13);
      w13 += late(w11) + w6 + early(w14);
      w14 += late(w12) + w7 + early(w15);
      w15 += late(w13) + w8 + early(w0);
    }
    ha += a; hb += b; hc += c; hd += d; he += e; hf += f; hg += g; hh += h;
  }
  store<u32>(state, ha); store<u32>(state, hb, 4); store<u32>(state, hc, 8); store<u32>(state, hd, 12);
  store<u32>(state, he, 16); store<u32>(state, hf, 20); store<u32>(state, hg, 24); store<u32>(state, hh, 28);
}
