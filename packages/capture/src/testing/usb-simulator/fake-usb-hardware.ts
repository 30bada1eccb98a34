import type { UsbDevice } from '../../devices/usb/usb-types.js';

/** What the simulated device does with bytes; speaks the real bytes of its protocol. */
export interface FakeUsbFirmware {
  /** Bytes of one transfer to an OUT endpoint. */
  out(endpointNumber: number, bytes: Uint8Array): void;
  /** The host selected a setting: pipes are empty, the function starts anew. */
  reset(interfaceNumber: number): void;
}

/** Descriptors of a simulated device. */
export interface FakeUsbDescriptors extends Pick<UsbDevice, 'vendorId' | 'productId' | 'configurations'> {
  readonly productName?: string;
  readonly manufacturerName?: string;
  readonly serialNumber?: string;
}

/** Classes that no page may claim. @source WebUSB (WICG draft) 6.1.4, protected interface classes */
const PROTECTED = new Set([0x01, 0x03, 0x08, 0x0b, 0x0e, 0x10, 0xe0]);

interface Reader {
  readonly length: number;
  readonly resolve: (result: { status: 'ok' | 'stall'; data: DataView }) => void;
  readonly reject: (error: unknown) => void;
}

/** One device on the bus, whatever number of tabs look at it. */
export class FakeUsbHardware {
  readonly descriptors: FakeUsbDescriptors;
  plugged = true;
  /** Cuts what the device sends into transfers of 1 to 64 bytes, as some firmware does. */
  splitFrames = false;
  /** Another program or a driver of the system holds these interfaces. */
  readonly takenInterfaces = new Set<number>();
  /** The system's driver holds the whole device. */
  driverHoldsDevice = false;
  firmware: FakeUsbFirmware | undefined;
  readonly #claims = new Map<number, object>();
  readonly #stalls = new Map<string, number>();
  readonly #halted = new Set<string>();
  readonly #queues = new Map<number, Uint8Array[]>();
  readonly #readers = new Map<number, Reader[]>();
  #cut = 0;

  constructor(descriptors: FakeUsbDescriptors) {
    this.descriptors = descriptors;
  }

  /** Interfaces that tabs hold now. */
  get claimed(): number {
    return this.#claims.size;
  }

  /** The next transfers of that pipe stall. */
  stall(direction: 'in' | 'out', endpointNumber: number, times = 1): void {
    this.#stalls.set(`${direction}${endpointNumber}`, times);
  }

  /** What the device sends: ends with a short packet, as USB tells the end of a transfer. */
  send(endpointNumber: number, bytes: Uint8Array): void {
    const queue = this.#queues.get(endpointNumber) ?? [];
    this.#queues.set(endpointNumber, queue);
    if (this.splitFrames) {
      for (let at = 0; at < bytes.length;) {
        this.#cut = (this.#cut * 5 + 3) % 64;
        const end = Math.min(bytes.length, at + 1 + this.#cut);
        queue.push(bytes.slice(at, end));
        at = end;
      }
    } else {
      queue.push(bytes.slice());
    }
    this.#feed(endpointNumber);
  }

  /** Takes the device off the bus; transfers in the air fail. */
  pull(): void {
    this.plugged = false;
    this.#claims.clear();
    this.#failReaders(() => new DOMException('Simulated', 'NetworkError'));
  }

  claim(tab: object, interfaceNumber: number, interfaceClass: number): void {
    if (PROTECTED.has(interfaceClass)) throw new DOMException('Simulated', 'SecurityError');
    const holder = this.#claims.get(interfaceNumber);
    if (this.takenInterfaces.has(interfaceNumber) || (holder && holder !== tab)) {
      throw new DOMException('Simulated', 'NetworkError');
    }
    this.#claims.set(interfaceNumber, tab);
  }

  release(tab: object, interfaceNumber: number): void {
    if (this.#claims.get(interfaceNumber) === tab) this.#claims.delete(interfaceNumber);
  }

  /** Ends everything that a tab held. */
  releaseAll(tab: object): void {
    for (const [interfaceNumber, holder] of this.#claims) if (holder === tab) this.#claims.delete(interfaceNumber);
    if (this.#claims.size === 0) {
      this.#failReaders(() => new DOMException('Simulated', 'AbortError'));
      this.#queues.clear();
    }
  }

  select(interfaceNumber: number, endpoints: readonly number[]): void {
    for (const endpoint of endpoints) {
      this.#queues.delete(endpoint);
      const waiting = this.#readers.get(endpoint)?.splice(0) ?? [];
      for (const { reject } of waiting) reject(new DOMException('Simulated', 'AbortError'));
    }
    this.firmware?.reset(interfaceNumber);
  }

  write(endpointNumber: number, bytes: Uint8Array): 'ok' | 'stall' {
    if (this.#stalled('out', endpointNumber)) return 'stall';
    this.firmware?.out(endpointNumber, bytes.slice());
    return 'ok';
  }

  read(endpointNumber: number, length: number): Promise<{ status: 'ok' | 'stall'; data: DataView }> {
    if (this.#stalled('in', endpointNumber))
      return Promise.resolve({ status: 'stall', data: new DataView(new ArrayBuffer(0)) });
    return new Promise((resolve, reject) => {
      const readers = this.#readers.get(endpointNumber) ?? [];
      this.#readers.set(endpointNumber, readers);
      readers.push({ length, resolve, reject });
      this.#feed(endpointNumber);
    });
  }

  clearHalt(direction: 'in' | 'out', endpointNumber: number): void {
    this.#halted.delete(`${direction}${endpointNumber}`);
  }

  #stalled(direction: 'in' | 'out', endpointNumber: number): boolean {
    const key = `${direction}${endpointNumber}`;
    const left = this.#stalls.get(key) ?? 0;
    if (left > 0) {
      this.#stalls.set(key, left - 1);
      this.#halted.add(key);
    }
    return this.#halted.has(key);
  }

  #feed(endpointNumber: number): void {
    const queue = this.#queues.get(endpointNumber) ?? [];
    const readers = this.#readers.get(endpointNumber) ?? [];
    while (queue.length > 0 && readers.length > 0) {
      const bytes = queue.shift() ?? new Uint8Array(0);
      const reader = readers.shift();
      const now = bytes.slice(0, reader?.length);
      if (now.length < bytes.length) queue.unshift(bytes.slice(now.length));
      reader?.resolve({ status: 'ok', data: new DataView(now.buffer) });
    }
  }

  #failReaders(error: () => DOMException): void {
    const waiting = [...this.#readers.values()].flat();
    this.#readers.clear();
    for (const { reject } of waiting) reject(error());
  }
}
