import { captureError } from '@anjuan/core/outbox';
import type { SamOpenOptions, SamTransport } from '../devices/id-card/transport/sam-transport.js';
import type { SamSimulator } from './sam-simulator.js';

/** A transport without browser: a wire from the session to a simulated module. */
export class SamWire implements SamTransport {
  readonly name = 'SAM simulator';
  readonly lockName = 'anjuan-sam-simulator';
  /** Everything that was handed over, to see that it was overwritten afterwards. */
  readonly delivered: Uint8Array[] = [];
  readonly #simulator: SamSimulator;
  #open: SamOpenOptions | undefined;
  #unplugged = false;

  constructor(simulator: SamSimulator) {
    this.#simulator = simulator;
  }

  /** 1 while open. */
  get held(): number {
    return this.#open ? 1 : 0;
  }

  async open(options: SamOpenOptions): Promise<void> {
    if (this.#unplugged) throw captureError('device-not-found');
    this.#open = options;
    this.#simulator.onSend = (bytes) => {
      this.delivered.push(bytes);
      this.#open?.onBytes(bytes);
    };
  }

  async write(frame: Uint8Array): Promise<void> {
    if (!this.#open) throw captureError('device-lost');
    this.#simulator.receive(frame);
  }

  async close(): Promise<void> {
    this.#open = undefined;
  }

  unplug(): void {
    this.#unplugged = true;
    this.#open?.onLost(captureError('device-lost'));
    this.#open = undefined;
  }
}
