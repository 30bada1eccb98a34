import { captureError } from '@anjuan/core/outbox';
import { usbError } from './usb-error.js';
import type { UsbDevice, UsbEndpoint } from './usb-types.js';

/** Bytes asked for in one transfer; devices end each answer with a short packet. */
const READ_BYTES = 64 * 1024;
/** Bytes given in one transfer. */
const WRITE_BYTES = 64 * 1024;

/** Reads and writes one pair of bulk pipes, or reads one interrupt pipe. A stalled pipe is freed and tried once more. */
export class UsbPipe {
  readonly #device: UsbDevice;

  constructor(device: UsbDevice) {
    this.#device = device;
  }

  /** What came with the next transfer; empty for a zero-length packet. */
  async read(endpoint: UsbEndpoint, length = READ_BYTES): Promise<Uint8Array> {
    // A length that is no multiple of the packet size makes a full last packet overflow ("babble").
    const bytes = Math.max(endpoint.packetSize, length - (length % endpoint.packetSize));
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const { status, data } = await this.#try(() => this.#device.transferIn(endpoint.endpointNumber, bytes));
      if (status === 'babble') throw captureError('device-protocol', { details: { part: 'babble' } });
      if (status !== 'stall')
        return data ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : new Uint8Array(0);
      await this.#clear('in', endpoint);
    }
    throw captureError('device-protocol', { details: { part: 'stall-in' } });
  }

  /** Gives all bytes to the device. */
  async write(endpoint: UsbEndpoint, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    let stalls = 0;
    for (let at = 0; at < bytes.length;) {
      const piece = bytes.slice(at, at + WRITE_BYTES);
      const { status, bytesWritten } = await this.#try(() => this.#device.transferOut(endpoint.endpointNumber, piece));
      if (status === 'stall') {
        if ((stalls += 1) > 1) throw captureError('device-protocol', { details: { part: 'stall-out' } });
        await this.#clear('out', endpoint);
      } else if (bytesWritten <= 0) {
        throw captureError('device-protocol', { details: { part: 'write' } });
      }
      at += Math.max(0, bytesWritten);
    }
  }

  #clear(direction: 'in' | 'out', endpoint: UsbEndpoint): Promise<void> {
    return this.#try(() => this.#device.clearHalt(direction, endpoint.endpointNumber));
  }

  async #try<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw usbError('transfer', error);
    }
  }
}
