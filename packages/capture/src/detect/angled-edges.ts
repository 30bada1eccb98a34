import type { EdgePixels } from './edges.js';

/** Directions of half a turn that edges are sorted into. */
export const ANGLES = 128;
/** An edge belongs to a line when its gradient stands within so many directions of the normal: 20 degrees. */
const NEAR = 14;

/** Direction within an eighth of a turn by the ratio of the shorter to the longer part. */
const EIGHTH = Uint8Array.from({ length: 257 }, (_, i) => Math.round((Math.atan(i / 256) * ANGLES) / Math.PI));

/** Direction of a gradient, 0 to 127, opposite ones the same. */
function directionOf(gx: number, gy: number): number {
  const ax = gx < 0 ? -gx : gx;
  const ay = gy < 0 ? -gy : gy;
  const steep = ay > ax;
  const part = EIGHTH[steep ? ((ax << 8) / ay) | 0 : ((ay << 8) / (ax || 1)) | 0] ?? 0;
  const angle = steep ? ANGLES / 2 - part : part;
  return gx < 0 === gy < 0 || angle === 0 ? angle : ANGLES - angle;
}

/** Edge pixels sorted by the direction of their gradient, so that those of a line are found quickly. */
export class AngledEdges {
  /** x, y, gradient x, gradient y of each. */
  readonly places: Int16Array;
  /** First edge of each direction, and the count at the end. */
  readonly starts: Int32Array;

  constructor({ count, places }: EdgePixels) {
    const angles = new Uint8Array(count);
    this.starts = new Int32Array(ANGLES + 1);
    for (let i = 0; i < count; i += 1) {
      const angle = directionOf(places[i * 4 + 2] ?? 0, places[i * 4 + 3] ?? 0);
      angles[i] = angle;
      this.starts[angle + 1] = (this.starts[angle + 1] ?? 0) + 1;
    }
    for (let angle = 0; angle < ANGLES; angle += 1) {
      this.starts[angle + 1] = (this.starts[angle + 1] ?? 0) + (this.starts[angle] ?? 0);
    }
    this.places = new Int16Array(count * 4);
    const next = this.starts.slice();
    for (let i = 0; i < count; i += 1) {
      const angle = angles[i] ?? 0;
      const at = (next[angle] ?? 0) * 4;
      next[angle] = (next[angle] ?? 0) + 1;
      this.places[at] = places[i * 4] ?? 0;
      this.places[at + 1] = places[i * 4 + 1] ?? 0;
      this.places[at + 2] = places[i * 4 + 2] ?? 0;
      this.places[at + 3] = places[i * 4 + 3] ?? 0;
    }
  }

  get count(): number {
    return this.starts[ANGLES] ?? 0;
  }

  /**
   * Edges that lie on a line and run along it: x, y and the sign of the step, 1 in the direction of the normal, one after
   * the other in `out`; returns how many numbers were written.
   */
  collect(cos: number, sin: number, offset: number, reachPx: number, out: Float32Array): number {
    const middle = (Math.round((Math.atan2(sin, cos) * ANGLES) / Math.PI) + 2 * ANGLES) % ANGLES;
    const from = middle - NEAR;
    const to = middle + NEAR;
    let size = this.#collectBins(Math.max(0, from), Math.min(ANGLES - 1, to), {
      cos,
      sin,
      offset,
      reachPx,
      out,
      size: 0,
    });
    if (from < 0) size = this.#collectBins(from + ANGLES, ANGLES - 1, { cos, sin, offset, reachPx, out, size });
    if (to >= ANGLES) size = this.#collectBins(0, to - ANGLES, { cos, sin, offset, reachPx, out, size });
    return size;
  }

  #collectBins(
    first: number,
    last: number,
    {
      cos,
      sin,
      offset,
      reachPx,
      out,
      size,
    }: { cos: number; sin: number; offset: number; reachPx: number; out: Float32Array; size: number },
  ): number {
    const { places } = this;
    const end = (this.starts[last + 1] ?? 0) * 4;
    let written = size;
    for (let i = (this.starts[first] ?? 0) * 4; i < end; i += 4) {
      const x = places[i] ?? 0;
      const y = places[i + 1] ?? 0;
      const off = x * cos + y * sin - offset;
      if (off > reachPx || off < -reachPx) continue;
      if (written + 3 > out.length) break;
      out[written] = x;
      out[written + 1] = y;
      out[written + 2] = (places[i + 2] ?? 0) * cos + (places[i + 3] ?? 0) * sin > 0 ? 1 : -1;
      written += 3;
    }
    return written;
  }
}
