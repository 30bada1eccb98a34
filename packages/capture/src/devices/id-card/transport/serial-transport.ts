import { Scope, throwIfAborted } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import { browserApi } from '../../connect/browser-api.js';
import { atDevice, deviceError, errorName } from '../../connect/device-error.js';
import { samBaudRates } from '../sam/commands.js';
import { AskAgain } from './ask-again.js';
import type { SamOpenOptions, SamTransport } from './sam-transport.js';
import type { SerialFilter, SerialLike, SerialPortLike } from './serial-types.js';

/** A reader on a serial line: RS-232 or a USB adapter such as CH340 or CP210x. */
export interface SerialSamTransportOptions {
  /** Default `navigator.serial`. */
  readonly serial?: SerialLike;
  /** Default: every port. With filters a granted port that fits is taken without asking. */
  readonly filters?: readonly SerialFilter[];
  /** Speeds to try in order, 8 data bits, no parity, 1 stop bit. Default 115,200 down to 9,600. */
  readonly baudRates?: readonly number[];
}

/** Faults of single bytes (wrong speed, noise) after which the line goes on; more than these in a row end it. */
const MAX_LINE_FAULTS = 64;
const BUFFER_BYTES = 4096;

/** Line to a reader over Web Serial. */
export function serialSamTransport(options: SerialSamTransportOptions = {}): SamTransport {
  return new SerialSamTransport(options);
}

class SerialSamTransport implements SamTransport {
  readonly name = 'Web Serial';
  readonly lockName = 'anjuan-card-reader-serial';
  readonly baudRates: readonly number[];
  readonly #options: SerialSamTransportOptions;
  readonly #asking = new AskAgain();
  /** Kept between openings, so that trying several speeds asks once. */
  #chosen: SerialPortLike | undefined;
  #open: { readonly port: SerialPortLike; readonly scope: Scope; readonly reading: Promise<void> } | undefined;

  constructor(options: SerialSamTransportOptions) {
    this.#options = options;
    this.baudRates = options.baudRates ?? samBaudRates;
  }

  async open({ baudRate = 115_200, ...events }: SamOpenOptions): Promise<void> {
    const serial = browserApi('serial', this.#options.serial);
    throwIfAborted(events.signal);
    const port = (this.#chosen ??= await atDevice('choose', () => this.#choose(serial)));
    throwIfAborted(events.signal);
    await atDevice('open', () =>
      port.open({ baudRate, dataBits: 8, stopBits: 1, parity: 'none', bufferSize: BUFFER_BYTES }),
    );
    const scope = new Scope();
    const lose = (cause: unknown): void => {
      if (scope.disposed) return;
      scope.dispose();
      this.#chosen = undefined;
      this.#open = undefined;
      this.#asking.lost();
      void port.close().catch(() => undefined);
      events.onLost(deviceError(cause, 'transfer'));
    };
    scope.listen(port, 'disconnect', () => lose(captureError('device-lost')));
    this.#open = { port, scope, reading: this.#read(port, scope, events).catch(lose) };
  }

  async write(frame: Uint8Array): Promise<void> {
    const writer = this.#open?.port.writable?.getWriter();
    if (!writer) throw captureError('device-lost');
    try {
      await atDevice('transfer', () => writer.write(frame));
    } finally {
      writer.releaseLock();
    }
  }

  async close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    if (!open) return;
    open.scope.dispose();
    await open.reading;
    await open.port.close().catch(() => undefined);
  }

  async #choose(serial: SerialLike): Promise<SerialPortLike> {
    const { filters } = this.#options;
    const ask = this.#asking.next();
    const granted = (await serial.getPorts()).filter((port) => filters?.some((filter) => fits(port, filter)) ?? true);
    // Without filters a granted port may belong to another device, so it is taken back only when it is the only one.
    const [first] = granted;
    if (first && (filters || (ask === 'granted' && granted.length === 1))) return first;
    if (ask === 'granted') throw captureError('device-not-found');
    return serial.requestPort(filters ? { filters } : {});
  }

  async #read(port: SerialPortLike, scope: Scope, { onBytes }: SamOpenOptions): Promise<void> {
    for (let faults = 0; port.readable && !scope.disposed;) {
      const reader = port.readable.getReader();
      const stop = scope.defer(() => void reader.cancel().catch(() => undefined));
      try {
        for (let part = await reader.read(); !part.done; part = await reader.read()) {
          onBytes(part.value);
          faults = 0;
        }
        return;
      } catch (cause) {
        // Framing, parity, break and overrun errors end the stream, and the port offers a new one.
        faults += 1;
        if (faults > MAX_LINE_FAULTS || errorName(cause) === 'NetworkError') throw cause;
      } finally {
        reader.releaseLock();
        stop();
      }
    }
  }
}

function fits(port: SerialPortLike, filter: SerialFilter): boolean {
  const { usbVendorId, usbProductId } = port.getInfo();
  return (
    usbVendorId === filter.usbVendorId && (filter.usbProductId === undefined || usbProductId === filter.usbProductId)
  );
}
