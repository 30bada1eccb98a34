import { captureError } from '@anjuan/core/outbox';
import { SamFramer } from '../sam/sam-framer.js';
import type { UsbPipes } from './usb-pipes.js';
import type { UsbDeviceLike, UsbEndpointLike } from './usb-types.js';

const MAX_STALLS = 8;
const MAX_QUEUED = 128;

/**
 * Reads both IN pipes all the time and hands their bytes on in the order of the stream: header, then as many bytes of
 * the body as the header announces, then the next header.
 */
export class UsbInflow {
  readonly #device: UsbDeviceLike;
  readonly #pipes: UsbPipes;
  readonly #onBytes: (bytes: Uint8Array) => void;
  /** Only counts: tells whether a header was seen and what misses. */
  readonly #watch = new SamFramer();
  #headers: Uint8Array[] = [];
  #bodies: Uint8Array[] = [];
  #stopped = false;

  constructor(device: UsbDeviceLike, pipes: UsbPipes, onBytes: (bytes: Uint8Array) => void) {
    this.#device = device;
    this.#pipes = pipes;
    this.#onBytes = onBytes;
  }

  /** Runs until `stop`; rejects when the device is lost or stalls without end. */
  async run(): Promise<void> {
    const { headerIn, bodyIn } = this.#pipes;
    const split = headerIn.endpointNumber !== bodyIn.endpointNumber;
    const loops = [this.#pull(headerIn, (bytes) => this.#headers.push(bytes))];
    if (split) loops.push(this.#pull(bodyIn, (bytes) => this.#bodies.push(bytes)));
    await Promise.all(loops);
  }

  /** Forgets what is half there: a new command begins. */
  restart(): void {
    [...this.#headers, ...this.#bodies].forEach((bytes) => bytes.fill(0));
    this.#headers = [];
    this.#bodies = [];
    this.#watch.reset();
  }

  stop(): void {
    this.#stopped = true;
    this.restart();
  }

  async #pull({ endpointNumber, packetSize }: UsbEndpointLike, put: (bytes: Uint8Array) => void): Promise<void> {
    for (let stalls = 0; !this.#stopped;) {
      // One packet at a time: a longer transfer would wait for more when a reply ends with a full packet.
      const { status, data } = await this.#device.transferIn(endpointNumber, packetSize);
      if (this.#stopped) return;
      if (status === 'stall' || status === 'babble') {
        stalls += 1;
        if (stalls > MAX_STALLS) throw captureError('device-protocol', { details: { reason: status } });
        if (status === 'stall') await this.#device.clearHalt('in', endpointNumber);
        continue;
      }
      stalls = 0;
      if (data && data.byteLength > 0) put(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
      this.#deliver();
    }
  }

  #deliver(): void {
    const split = this.#pipes.headerIn.endpointNumber !== this.#pipes.bodyIn.endpointNumber;
    for (;;) {
      const inBody = split && (this.#watch.missingBytes ?? 0) > 0;
      const next = (inBody ? this.#bodies : this.#headers).shift();
      if (!next) break;
      for (const frame of this.#watch.push(next)) if (frame.status === 'whole') frame.payload.fill(0);
      this.#onBytes(next);
    }
    // A device that floods one pipe while the other is silent.
    if (this.#headers.length + this.#bodies.length > MAX_QUEUED) this.restart();
  }
}
