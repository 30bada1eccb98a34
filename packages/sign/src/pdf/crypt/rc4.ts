/** The stream cipher of old PDF files; encrypts and decrypts. */
export function rc4(key: Uint8Array, bytes: Uint8Array): Uint8Array {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  const swap = (a: number, b: number): number => {
    const [left = 0, right = 0] = [state[a], state[b]];
    state[a] = right;
    state[b] = left;
    return (left + right) & 255;
  };
  for (let i = 0, j = 0; i < 256; i += 1) {
    j = (j + (state[i] ?? 0) + (key[i % key.byteLength] ?? 0)) & 255;
    swap(i, j);
  }
  let i = 0;
  let j = 0;
  return bytes.map((byte) => {
    i = (i + 1) & 255;
    j = (j + (state[i] ?? 0)) & 255;
    return byte ^ (state[swap(i, j)] ?? 0);
  });
}
