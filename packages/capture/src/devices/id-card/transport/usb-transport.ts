import { Scope, throwIfAborted } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import { browserApi } from '../../connect/browser-api.js';
import { atDevice, deviceError } from '../../connect/device-error.js';
import { HEADER_BYTES } from '../sam/frame.js';
import { AskAgain } from './ask-again.js';
import { knownReaders } from './known-readers.js';
import type { SamOpenOptions, SamTransport } from './sam-transport.js';
import { UsbInflow } from './usb-inflow.js';
import { findPipes, type UsbPipes } from './usb-pipes.js';
import type { UsbDeviceLike, UsbFilterLike, UsbLike } from './usb-types.js';

/** A reader over WebUSB. */
export interface UsbSamTransportOptions {
  /** Default `navigator.usb`. */
  readonly usb?: UsbLike;
  /** Default: ids of known readers, first 0400:C35A. */
  readonly filters?: readonly UsbFilterLike[];
}

/** Line to a reader over WebUSB; works where no system driver holds the device (on Windows: WinUSB). */
export function usbSamTransport(options: UsbSamTransportOptions = {}): SamTransport {
  return new UsbSamTransport(options);
}

interface OpenDevice {
  readonly device: UsbDeviceLike;
  readonly pipes: UsbPipes;
  readonly inflow: UsbInflow;
  readonly scope: Scope;
}

class UsbSamTransport implements SamTransport {
  readonly lockName = 'anjuan-card-reader-usb';
  readonly #options: UsbSamTransportOptions;
  readonly #asking = new AskAgain();
  #open: OpenDevice | undefined;

  constructor(options: UsbSamTransportOptions) {
    this.#options = options;
  }

  get name(): string {
    return this.#open?.device.productName || 'WebUSB';
  }

  async open({ onBytes, onLost, signal }: SamOpenOptions): Promise<void> {
    const usb = browserApi('usb', this.#options.usb);
    throwIfAborted(signal);
    const device = await atDevice('choose', () => this.#choose(usb));
    throwIfAborted(signal);
    await atDevice('open', () => device.open());
    try {
      const pipes = await claim(device);
      const scope = new Scope();
      const inflow = new UsbInflow(device, pipes, onBytes);
      const lose = (cause: unknown): void => {
        if (scope.disposed) return;
        scope.dispose();
        this.#open = undefined;
        this.#asking.lost();
        void device.close().catch(() => undefined);
        onLost(deviceError(cause, 'transfer'));
      };
      scope.defer(() => inflow.stop());
      scope.listen(usb, 'disconnect', (event) => {
        if ((event as Event & { device?: unknown }).device === device) lose(captureError('device-lost'));
      });
      this.#open = { device, pipes, inflow, scope };
      inflow.run().catch(lose);
    } catch (error) {
      await device.close().catch(() => undefined);
      throw error;
    }
  }

  async write(frame: Uint8Array): Promise<void> {
    const open = this.#open;
    if (!open) throw captureError('device-lost');
    const { headerOut, bodyOut } = open.pipes;
    open.inflow.restart();
    if (headerOut === bodyOut) return this.#send(open.device, headerOut.endpointNumber, frame);
    await this.#send(open.device, headerOut.endpointNumber, frame.subarray(0, HEADER_BYTES));
    await this.#send(open.device, bodyOut.endpointNumber, frame.subarray(HEADER_BYTES));
  }

  async close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    if (!open) return;
    open.scope.dispose();
    // Ends the reads that wait; a device that is gone refuses, and is closed all the same.
    await open.device.releaseInterface(open.pipes.interfaceNumber).catch(() => undefined);
    await open.device.close().catch(() => undefined);
  }

  async #choose(usb: UsbLike): Promise<UsbDeviceLike> {
    const filters = this.#options.filters ?? knownReaders;
    const ask = this.#asking.next();
    const granted = (await usb.getDevices()).find((device) =>
      filters.some(
        ({ vendorId, productId }) =>
          vendorId === device.vendorId && (productId === undefined || productId === device.productId),
      ),
    );
    if (granted) return granted;
    if (ask === 'granted') throw captureError('device-not-found');
    return usb.requestDevice({ filters });
  }

  async #send(device: UsbDeviceLike, endpoint: number, bytes: Uint8Array): Promise<void> {
    const { status } = await atDevice('transfer', () => device.transferOut(endpoint, bytes.slice()));
    if (status !== 'stall') return;
    await atDevice('transfer', () => device.clearHalt('out', endpoint));
    throw captureError('device-protocol', { details: { reason: 'stall' } });
  }
}

async function claim(device: UsbDeviceLike): Promise<UsbPipes> {
  if (!device.configuration) await atDevice('claim', () => device.selectConfiguration(1));
  const pipes = findPipes(device);
  await atDevice('claim', () => device.claimInterface(pipes.interfaceNumber));
  if (pipes.alternateSetting !== 0) {
    await atDevice('claim', () => device.selectAlternateInterface(pipes.interfaceNumber, pipes.alternateSetting));
  }
  return pipes;
}
