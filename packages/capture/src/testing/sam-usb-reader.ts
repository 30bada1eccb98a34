import type { UsbDeviceLike, UsbInterfaceLike, UsbLike } from '../devices/id-card/transport/usb-types.js';
import { seededRandom } from './sam-random.js';
import type { SamSimulator } from './sam-simulator.js';

/** Settings of the simulated USB reader. */
export interface SamUsbReaderOptions {
  /** `split`: headers on 02/81 and bodies on 06/85, as the module's own USB has it; `single`: one pair. Default `split`. */
  readonly pipes?: 'split' | 'single';
  /** Class of the interface; protected ones cannot be claimed. Default 0xFF (vendor). */
  readonly interfaceClass?: number;
  /** Packets carry 1 to 64 bytes by this seed; without it they are full. */
  readonly shortPackets?: number;
}

const PACKET_BYTES = 64;

/** The simulated module (best with `cut: 'none'`) as a USB device with WebUSB's behaviour. */
export class SamUsbReader implements UsbDeviceLike {
  readonly vendorId = 0x0400;
  readonly productId = 0xc35a;
  readonly productName = 'USB ID reader simulator';
  configuration: { readonly interfaces: readonly UsbInterfaceLike[] } | null = null;
  /** Another tab or program has claimed the interface. */
  heldElsewhere = false;
  /** The next transfers of these endpoints stall until the halt is cleared. */
  readonly stalled = new Set<number>();
  /** Endpoints whose halt was cleared. */
  readonly cleared: number[] = [];
  readonly #simulator: SamSimulator;
  readonly #interface: UsbInterfaceLike;
  readonly #split: boolean;
  readonly #random: (() => number) | undefined;
  readonly #packets = new Map<number, Uint8Array[]>();
  readonly #waiting = new Map<number, { resolve: (bytes: Uint8Array) => void; reject: (error: Error) => void }>();
  #state: 'closed' | 'open' | 'claimed' | 'gone' = 'closed';

  constructor(simulator: SamSimulator, options: SamUsbReaderOptions = {}) {
    this.#simulator = simulator;
    this.#split = (options.pipes ?? 'split') === 'split';
    this.#random = options.shortPackets === undefined ? undefined : seededRandom(options.shortPackets);
    const endpoint = (endpointNumber: number, direction: 'in' | 'out') =>
      ({ endpointNumber, direction, type: 'bulk', packetSize: PACKET_BYTES }) as const;
    const endpoints = this.#split
      ? [endpoint(6, 'out'), endpoint(2, 'out'), endpoint(5, 'in'), endpoint(1, 'in')]
      : [endpoint(1, 'out'), endpoint(2, 'in')];
    const interfaceClass = options.interfaceClass ?? 0xff;
    this.#interface = { interfaceNumber: 0, alternates: [{ alternateSetting: 0, interfaceClass, endpoints }] };
    simulator.onSend = (bytes) => this.#answer(bytes);
  }

  get held(): number {
    return this.#state === 'open' || this.#state === 'claimed' ? 1 : 0;
  }

  async open(): Promise<void> {
    if (this.#state === 'gone') throw new DOMException('The device was disconnected.', 'NotFoundError');
    this.#state = 'open';
  }

  async selectConfiguration(): Promise<void> {
    this.configuration = { interfaces: [this.#interface] };
  }

  async claimInterface(): Promise<void> {
    if (this.heldElsewhere) throw new DOMException('Unable to claim interface.', 'NetworkError');
    this.#state = 'claimed';
  }

  async releaseInterface(): Promise<void> {
    if (this.#state === 'claimed') this.#state = 'open';
  }

  async selectAlternateInterface(): Promise<void> {
    throw new DOMException('No such alternate setting.', 'NotFoundError');
  }

  async close(): Promise<void> {
    if (this.#state !== 'gone') this.#state = 'closed';
    this.#reject(new DOMException('The transfer was cancelled.', 'AbortError'));
  }

  async transferOut(endpoint: number, data: Uint8Array<ArrayBuffer>): Promise<{ readonly status: 'ok' | 'stall' }> {
    this.#mustBeClaimed();
    if (this.stalled.has(endpoint)) return { status: 'stall' };
    this.#simulator.receive(data.slice());
    return { status: 'ok' };
  }

  async transferIn(endpoint: number): Promise<{ readonly status: 'ok' | 'stall'; readonly data?: DataView }> {
    this.#mustBeClaimed();
    if (this.stalled.has(endpoint)) return { status: 'stall' };
    const ready = this.#packets.get(endpoint)?.shift();
    const bytes =
      ready ?? (await new Promise<Uint8Array>((resolve, reject) => this.#waiting.set(endpoint, { resolve, reject })));
    return { status: 'ok', data: new DataView(bytes.slice().buffer) };
  }

  async clearHalt(direction: 'in' | 'out', endpoint: number): Promise<void> {
    if (direction === 'out') this.#simulator.abandon();
    this.cleared.push(endpoint);
    this.stalled.delete(endpoint);
  }

  unplug(): void {
    this.#state = 'gone';
    this.#reject(new DOMException('The device was disconnected.', 'NetworkError'));
  }

  #answer(bytes: Uint8Array): void {
    if (!this.#split) return this.#queue(2, bytes);
    this.#queue(1, bytes.subarray(0, 7));
    this.#queue(5, bytes.subarray(7));
  }

  #queue(endpoint: number, bytes: Uint8Array): void {
    const packets = this.#packets.get(endpoint) ?? [];
    this.#packets.set(endpoint, packets);
    for (let start = 0; start < bytes.length;) {
      const size = this.#random ? 1 + Math.floor(this.#random() * PACKET_BYTES) : PACKET_BYTES;
      packets.push(bytes.subarray(start, start + size));
      start += size;
    }
    const waiting = this.#waiting.get(endpoint);
    const first = waiting && packets.shift();
    if (!waiting || !first) return;
    this.#waiting.delete(endpoint);
    waiting.resolve(first);
  }

  #reject(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  #mustBeClaimed(): void {
    if (this.#state === 'gone') throw new DOMException('The device was disconnected.', 'NotFoundError');
    if (this.#state !== 'claimed') throw new DOMException('The interface is not claimed.', 'InvalidStateError');
  }
}

/** `navigator.usb` with one reader and a user behind the chooser. */
export class SamUsbBus extends EventTarget implements UsbLike {
  chooser: 'first' | 'cancelled' | 'forbidden' = 'first';
  readonly #reader: SamUsbReader;
  #granted = false;

  constructor(reader: SamUsbReader) {
    super();
    this.#reader = reader;
  }

  async getDevices(): Promise<readonly UsbDeviceLike[]> {
    return this.#granted ? [this.#reader] : [];
  }

  async requestDevice(): Promise<UsbDeviceLike> {
    if (this.chooser === 'forbidden') throw new DOMException('Access is disallowed by policy.', 'SecurityError');
    if (this.chooser === 'cancelled') throw new DOMException('No device selected.', 'NotFoundError');
    this.#granted = true;
    return this.#reader;
  }

  unplug(): void {
    this.#granted = false;
    this.#reader.unplug();
    this.dispatchEvent(Object.assign(new Event('disconnect'), { device: this.#reader }));
  }
}
