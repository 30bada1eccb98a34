import type { UsbApi, UsbDevice, UsbFilter } from '../../devices/usb/usb-types.js';
import { domError } from './dom-error.js';
import { FakeUsbDevice } from './fake-usb-device.js';
import type { FakeUsbHardware } from './fake-usb-hardware.js';

type Listener = (event: { readonly device: UsbDevice }) => void;

/** The devices of one computer. */
export class FakeUsbBus {
  readonly hardware = new Set<FakeUsbHardware>();
  readonly #tabs = new Set<FakeUsb>();

  /** A device that every tab may use at once, as after a choice. */
  plug(hardware: FakeUsbHardware): void {
    hardware.plugged = true;
    this.hardware.add(hardware);
    for (const tab of this.#tabs) tab.tell('connect', hardware);
  }

  /** Pulls the cable. */
  unplug(hardware: FakeUsbHardware): void {
    hardware.pull();
    this.hardware.delete(hardware);
    for (const tab of this.#tabs) tab.tell('disconnect', hardware);
  }

  /** `navigator.usb` of a new tab. */
  tab(): FakeUsb {
    const tab = new FakeUsb(this);
    this.#tabs.add(tab);
    return tab;
  }
}

/** The used part of `navigator.usb` in one tab. */
export class FakeUsb implements UsbApi {
  /** What the user does in the chooser: `cancel` closes it; `forbidden`: a policy or the missing gesture. */
  chooser: 'first' | 'cancel' | 'forbidden' = 'first';
  readonly #bus: FakeUsbBus;
  readonly #devices = new Map<FakeUsbHardware, FakeUsbDevice>();
  readonly #listeners = { connect: new Set<Listener>(), disconnect: new Set<Listener>() };

  constructor(bus: FakeUsbBus) {
    this.#bus = bus;
  }

  /** Listeners that are registered now. */
  get listening(): number {
    return this.#listeners.connect.size + this.#listeners.disconnect.size;
  }

  getDevices(): Promise<UsbDevice[]> {
    return Promise.resolve([...this.#bus.hardware].map((hardware) => this.#device(hardware)));
  }

  requestDevice({ filters }: { readonly filters: readonly UsbFilter[] }): Promise<UsbDevice> {
    if (this.chooser === 'forbidden') return Promise.reject(domError('SecurityError'));
    const offered = [...this.#bus.hardware].filter((hardware) => filters.some((filter) => fits(hardware, filter)));
    const [first] = offered;
    if (this.chooser === 'cancel' || !first) return Promise.reject(domError('NotFoundError'));
    return Promise.resolve(this.#device(first));
  }

  addEventListener(type: 'connect' | 'disconnect', listener: Listener): void {
    this.#listeners[type].add(listener);
  }

  removeEventListener(type: 'connect' | 'disconnect', listener: Listener): void {
    this.#listeners[type].delete(listener);
  }

  /** Sends an event to the page. */
  tell(type: 'connect' | 'disconnect', hardware: FakeUsbHardware): void {
    const device = this.#device(hardware);
    for (const listener of [...this.#listeners[type]]) listener({ device });
    if (type === 'disconnect') this.#devices.delete(hardware);
  }

  #device(hardware: FakeUsbHardware): FakeUsbDevice {
    const known = this.#devices.get(hardware) ?? new FakeUsbDevice(hardware);
    this.#devices.set(hardware, known);
    return known;
  }
}

function fits(
  { descriptors }: FakeUsbHardware,
  { vendorId, productId, classCode, subclassCode, protocolCode }: UsbFilter,
): boolean {
  if (vendorId !== undefined && vendorId !== descriptors.vendorId) return false;
  if (productId !== undefined && productId !== descriptors.productId) return false;
  if (classCode === undefined) return true;
  const alternates = descriptors.configurations.flatMap(({ interfaces }) =>
    interfaces.flatMap((each) => each.alternates),
  );
  return alternates.some(
    (alternate) =>
      alternate.interfaceClass === classCode &&
      (subclassCode === undefined || alternate.interfaceSubclass === subclassCode) &&
      (protocolCode === undefined || alternate.interfaceProtocol === protocolCode),
  );
}
