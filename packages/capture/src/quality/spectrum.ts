/** Power of each frequency of a square of `side` pixels (a power of two), summed over many squares. */
export class Spectrum {
  readonly side: number;
  readonly power: Float64Array;
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;

  constructor(side: number) {
    this.side = side;
    this.power = new Float64Array(side * side);
    this.#cos = Float64Array.from({ length: side / 2 }, (_, i) => Math.cos((2 * Math.PI * i) / side));
    this.#sin = Float64Array.from({ length: side / 2 }, (_, i) => Math.sin((2 * Math.PI * i) / side));
  }

  /** Adds a square of values, already windowed; they are overwritten. */
  add(real: Float64Array): void {
    const { side } = this;
    const imaginary = new Float64Array(side * side);
    for (let y = 0; y < side; y += 1) this.#transform(real, imaginary, y * side, 1);
    for (let x = 0; x < side; x += 1) this.#transform(real, imaginary, x, side);
    for (let i = 0; i < side * side; i += 1) {
      this.power[i] = (this.power[i] ?? 0) + (real[i] ?? 0) ** 2 + (imaginary[i] ?? 0) ** 2;
    }
  }

  /** Radix-2 transform of one row or column. */
  #transform(real: Float64Array, imaginary: Float64Array, start: number, stride: number): void {
    const { side } = this;
    const swap = (list: Float64Array, a: number, b: number): void => {
      const kept = list[a] ?? 0;
      list[a] = list[b] ?? 0;
      list[b] = kept;
    };
    for (let i = 1, j = 0; i < side; i += 1) {
      let bit = side >> 1;
      for (; (j & bit) !== 0; bit >>= 1) j ^= bit;
      j ^= bit;
      if (i < j) {
        swap(real, start + i * stride, start + j * stride);
        swap(imaginary, start + i * stride, start + j * stride);
      }
    }
    for (let length = 2; length <= side; length *= 2) {
      const half = length / 2;
      const turn = side / length;
      for (let from = 0; from < side; from += length) {
        for (let k = 0; k < half; k += 1) {
          const cos = this.#cos[k * turn] ?? 1;
          const sin = this.#sin[k * turn] ?? 0;
          const a = start + (from + k) * stride;
          const b = a + half * stride;
          const re = (real[b] ?? 0) * cos + (imaginary[b] ?? 0) * sin;
          const im = (imaginary[b] ?? 0) * cos - (real[b] ?? 0) * sin;
          real[b] = (real[a] ?? 0) - re;
          imaginary[b] = (imaginary[a] ?? 0) - im;
          real[a] = (real[a] ?? 0) + re;
          imaginary[a] = (imaginary[a] ?? 0) + im;
        }
      }
    }
  }
}
