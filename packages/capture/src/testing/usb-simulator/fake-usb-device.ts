import type { UsbDevice, UsbInResult, UsbOutResult } from '../../devices/usb/usb-types.js';
import { domError } from './dom-error.js';
import type { FakeUsbHardware } from './fake-usb-hardware.js';

/** A device as one tab sees it. Fails as Chromium does. */
export class FakeUsbDevice implements UsbDevice {
  readonly #hardware: FakeUsbHardware;
  opened = false;
  configuration: UsbDevice['configuration'] = null;
  readonly #alternates = new Map<number, number>();

  constructor(hardware: FakeUsbHardware) {
    this.#hardware = hardware;
    this.configuration = hardware.descriptors.configurations[0] ?? null;
  }

  get vendorId(): number {
    return this.#hardware.descriptors.vendorId;
  }

  get productId(): number {
    return this.#hardware.descriptors.productId;
  }

  get productName(): string | undefined {
    return this.#hardware.descriptors.productName;
  }

  get manufacturerName(): string | undefined {
    return this.#hardware.descriptors.manufacturerName;
  }

  get serialNumber(): string | undefined {
    return this.#hardware.descriptors.serialNumber;
  }

  get configurations(): UsbDevice['configurations'] {
    return this.#hardware.descriptors.configurations;
  }

  get hardware(): FakeUsbHardware {
    return this.#hardware;
  }

  async open(): Promise<void> {
    if (!this.#hardware.plugged) throw domError('NotFoundError');
    if (this.#hardware.driverHoldsDevice) throw domError('SecurityError');
    this.opened = true;
  }

  close(): Promise<void> {
    this.opened = false;
    this.#alternates.clear();
    this.#hardware.releaseAll(this);
    return Promise.resolve();
  }

  async selectConfiguration(configurationValue: number): Promise<void> {
    this.#use();
    const found = this.configurations.find((configuration) => configuration.configurationValue === configurationValue);
    if (!found) throw domError('NotFoundError');
    this.configuration = found;
  }

  async claimInterface(interfaceNumber: number): Promise<void> {
    this.#use();
    const found = this.configuration?.interfaces.find((each) => each.interfaceNumber === interfaceNumber);
    if (!found) throw domError('NotFoundError');
    this.#hardware.claim(this, interfaceNumber, found.alternates[0]?.interfaceClass ?? 0);
    this.#alternates.set(interfaceNumber, 0);
  }

  releaseInterface(interfaceNumber: number): Promise<void> {
    this.#alternates.delete(interfaceNumber);
    this.#hardware.release(this, interfaceNumber);
    return Promise.resolve();
  }

  async selectAlternateInterface(interfaceNumber: number, alternateSetting: number): Promise<void> {
    this.#use();
    const found = this.configuration?.interfaces.find((each) => each.interfaceNumber === interfaceNumber);
    const alternate = found?.alternates.find((each) => each.alternateSetting === alternateSetting);
    if (!alternate) throw domError('NotFoundError');
    if (!this.#alternates.has(interfaceNumber)) throw domError('InvalidStateError');
    this.#alternates.set(interfaceNumber, alternateSetting);
    this.#hardware.select(
      interfaceNumber,
      alternate.endpoints.map(({ endpointNumber }) => endpointNumber),
    );
  }

  async clearHalt(direction: 'in' | 'out', endpointNumber: number): Promise<void> {
    this.#use();
    this.#hardware.clearHalt(direction, endpointNumber);
  }

  async transferIn(endpointNumber: number, length: number): Promise<UsbInResult> {
    this.#use();
    this.#endpoint(endpointNumber, 'in');
    return this.#hardware.read(endpointNumber, length);
  }

  async transferOut(endpointNumber: number, data: Uint8Array<ArrayBuffer>): Promise<UsbOutResult> {
    this.#use();
    this.#endpoint(endpointNumber, 'out');
    const status = this.#hardware.write(endpointNumber, data);
    return { status, bytesWritten: status === 'ok' ? data.length : 0 };
  }

  /** Requests take effect in the order of the calls; only their answers come later. */
  #use(): void {
    if (!this.#hardware.plugged) throw domError('NetworkError');
    if (!this.opened) throw domError('InvalidStateError');
  }

  /** Pipes exist only in the selected setting of a claimed interface. */
  #endpoint(endpointNumber: number, direction: 'in' | 'out'): void {
    const found = this.configuration?.interfaces.some(({ interfaceNumber, alternates }) => {
      const setting = this.#alternates.get(interfaceNumber);
      const alternate = alternates.find(({ alternateSetting }) => alternateSetting === setting);
      return alternate?.endpoints.some(
        (each) => each.endpointNumber === endpointNumber && each.direction === direction,
      );
    });
    if (!found) throw domError('NotFoundError');
  }
}
