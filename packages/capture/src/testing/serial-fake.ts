import type { SerialLike, SerialPortLike } from '../devices/id-card/transport/serial-types.js';

/** A device on the other end of a serial line. */
export interface SerialPeer {
  readonly baudRate: number;
  receive(bytes: Uint8Array): void;
  onSend: (bytes: Uint8Array) => void;
}

type OpenOptions = Parameters<SerialPortLike['open']>[0];

/** A port with Web Serial's behaviour. At the wrong speed the peer hears nothing and noise comes back. */
export class FakeSerialPort extends EventTarget implements SerialPortLike {
  readable: ReadableStream<Uint8Array> | null = null;
  writable: WritableStream<Uint8Array> | null = null;
  /** Options of each opening. */
  readonly openings: OpenOptions[] = [];
  /** Another program has the port. */
  heldElsewhere = false;
  readonly #peer: SerialPeer;
  #stream: ReadableStreamDefaultController<Uint8Array> | undefined;
  /** Unplugged. */
  gone = false;

  constructor(peer: SerialPeer) {
    super();
    this.#peer = peer;
  }

  get held(): number {
    return this.writable ? 1 : 0;
  }

  getInfo(): { readonly usbVendorId?: number; readonly usbProductId?: number } {
    return { usbVendorId: 0x1a86, usbProductId: 0x7523 };
  }

  async open(options: OpenOptions): Promise<void> {
    if (this.writable) throw new DOMException('The port is already open.', 'InvalidStateError');
    if (this.gone || this.heldElsewhere) throw new DOMException('Failed to open serial port.', 'NetworkError');
    this.openings.push(options);
    this.#offer();
    const heard = options.baudRate === this.#peer.baudRate;
    this.writable = new WritableStream<Uint8Array>({
      write: (bytes) => {
        if (this.gone) throw new DOMException('The device has been lost.', 'NetworkError');
        if (heard) this.#peer.receive(bytes);
        else this.#fault('FramingError');
      },
    });
    this.#peer.onSend = (bytes) => {
      if (heard) this.#stream?.enqueue(bytes);
    };
  }

  async close(): Promise<void> {
    if (this.readable?.locked || this.writable?.locked) throw new TypeError('Streams are locked.');
    this.readable = null;
    this.writable = null;
    this.#stream = undefined;
  }

  /** Ends the readable stream with a fault of the line; a new one is offered, as real ports do. */
  fault(name: 'FramingError' | 'ParityError' | 'BufferOverrunError' | 'BreakError'): void {
    this.#fault(name);
  }

  unplug(): void {
    this.gone = true;
    this.#stream?.error(new DOMException('The device has been lost.', 'NetworkError'));
    this.#stream = undefined;
    this.readable = null;
    this.dispatchEvent(new Event('disconnect'));
  }

  #fault(name: string): void {
    const stream = this.#stream;
    this.#offer();
    stream?.error(new DOMException('A fault of the line.', name));
  }

  #offer(): void {
    this.readable = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#stream = controller;
      },
    });
  }
}

/** `navigator.serial` with a user behind the chooser. */
export class FakeSerial extends EventTarget implements SerialLike {
  chooser: 'first' | 'cancelled' | 'forbidden' = 'first';
  asked = 0;
  readonly #port: FakeSerialPort;
  #granted = false;

  constructor(port: FakeSerialPort) {
    super();
    this.#port = port;
  }

  async getPorts(): Promise<readonly FakeSerialPort[]> {
    return this.#granted && !this.#port.gone ? [this.#port] : [];
  }

  async requestPort(): Promise<FakeSerialPort> {
    if (this.chooser === 'forbidden') throw new DOMException('Access is disallowed by policy.', 'SecurityError');
    this.asked += 1;
    if (this.chooser === 'cancelled') throw new DOMException('No port selected by the user.', 'NotFoundError');
    this.#granted = true;
    return this.#port;
  }
}
