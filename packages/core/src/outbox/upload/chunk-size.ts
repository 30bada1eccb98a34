import { AnjuanError } from '../../errors/anjuan-error.js';

const MIB = 1024 * 1024;
const DEFAULT_BYTES = 5 * MIB;
/** Below 4 MiB requests cost more than they carry; above 8 MiB a lost one costs too much. */
const RANGE = [4 * MIB, 8 * MIB] as const;
/** Smallest chunk on a slow line. */
const FLOOR_BYTES = 256 * 1024;

/**
 * Bytes of the next chunk. A chunk that does not get through within the client's deadline is tried in quarters, so that a
 * slow line still moves; each one that gets through doubles the size again.
 */
export class ChunkSize {
  readonly #fullBytes: number;
  #bytes: number;

  /** Errors: `invalid-argument` outside 4 to 8 MiB. */
  constructor(fullBytes: number = DEFAULT_BYTES) {
    if (!(fullBytes >= RANGE[0] && fullBytes <= RANGE[1])) {
      throw new AnjuanError('invalid-argument', {
        message: 'chunkBytes must be 4 to 8 MiB.',
        details: { argument: 'chunkBytes' },
      });
    }
    this.#fullBytes = Math.floor(fullBytes);
    this.#bytes = this.#fullBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Learns from how sending goes. */
  async watch<T>(send: () => Promise<T>): Promise<T> {
    try {
      const answer = await send();
      this.#bytes = Math.min(this.#fullBytes, this.#bytes * 2);
      return answer;
    } catch (error) {
      const tooSlow = AnjuanError.is(error, 'network-timeout') || AnjuanError.is(error, 'network-interrupted');
      if (tooSlow) this.#bytes = Math.max(FLOOR_BYTES, Math.floor(this.#bytes / 4));
      throw error;
    }
  }
}
