const CLEAR = 256;
const END = 257;
const MOST_CODES = 4096;

/**
 * LZW as TIFF and PDF use it: most significant bit first, code width grows one code early. Gives at most `sizeBytes`; undefined
 * when the data break off or name a code that does not exist yet. @source TIFF 6.0 clause 13
 */
export function unpackLzw(
  data: Uint8Array,
  sizeBytes: number,
  options: { readonly earlyChange?: 0 | 1 } = {},
): Uint8Array | undefined {
  const early = options.earlyChange ?? 1;
  const out = new Uint8Array(sizeBytes);
  // Each code is the string of an earlier place of the output plus one byte: place and length are all that is kept.
  const places = new Int32Array(MOST_CODES);
  const lengths = new Int32Array(MOST_CODES);
  let next = END + 1;
  let width = 9;
  let to = 0;
  let before = -1;
  let beforeAt = 0;
  let beforeLength = 0;
  let bits = 0;
  let held = 0;
  for (let at = 0; to < sizeBytes;) {
    while (held < width) {
      if (at >= data.length) return undefined;
      bits = ((bits << 8) | (data[at] ?? 0)) & 0xffffff;
      at += 1;
      held += 8;
    }
    const code = (bits >> (held - width)) & ((1 << width) - 1);
    held -= width;
    if (code === END) break;
    if (code === CLEAR) {
      next = END + 1;
      width = 9;
      before = -1;
      continue;
    }
    if (code > next || (code === next && before < 0)) return undefined;
    const start = to;
    if (code < CLEAR) {
      out[to] = code;
      to += 1;
    } else {
      const isNew = code === next;
      const from = isNew ? beforeAt : (places[code] ?? 0);
      const length = isNew ? beforeLength + 1 : (lengths[code] ?? 0);
      if (length === 0) return undefined;
      // Byte by byte: the string may overlap what is being written.
      for (let index = 0; index < length && to < sizeBytes; index += 1, to += 1) out[to] = out[from + index] ?? 0;
    }
    if (before >= 0 && next < MOST_CODES) {
      places[next] = beforeAt;
      lengths[next] = beforeLength + 1;
      next += 1;
    }
    if (next + early >= 1 << width && width < 12) width += 1;
    before = code;
    beforeAt = start;
    beforeLength = to - start;
  }
  return to === sizeBytes ? out : out.subarray(0, to);
}
