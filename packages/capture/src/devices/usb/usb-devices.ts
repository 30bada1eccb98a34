import { throwIfAborted } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import { usbError } from './usb-error.js';
import { findFunctions, type UsbFunctionClass } from './usb-function.js';
import { globalUsb, type UsbApi, type UsbDevice } from './usb-types.js';

/** Gives each device object an id that stays the same while the page lives. */
const ids = new WeakMap<UsbDevice, string>();
const counter = { last: 0 };

/** Devices of one class that the page was given, found by opaque ids. */
export class UsbDevices {
  readonly #usb: UsbApi | undefined;
  readonly #wanted: UsbFunctionClass;

  constructor(usb: UsbApi | undefined, wanted: UsbFunctionClass) {
    this.#usb = usb;
    this.#wanted = wanted;
  }

  /** Devices that were chosen before and are connected. */
  async list(signal?: AbortSignal): Promise<readonly UsbDevice[]> {
    throwIfAborted(signal);
    const devices = await this.#api()
      .getDevices()
      .catch((error: unknown) => {
        throw usbError('list', error);
      });
    return devices.filter((device) => findFunctions(device, this.#wanted).length > 0);
  }

  /** Opens the browser's chooser; needs a user gesture. */
  async choose(): Promise<UsbDevice> {
    const device = await this.#api()
      .requestDevice({ filters: [this.#wanted] })
      .catch((error: unknown) => {
        throw usbError('choose', error);
      });
    if (findFunctions(device, this.#wanted).length === 0) throw captureError('device-not-found');
    return device;
  }

  /** The device of that id; `device-not-found` when it is not there. */
  async find(deviceId: string, signal?: AbortSignal): Promise<UsbDevice> {
    const device = (await this.list(signal)).find((found) => usbDeviceId(found) === deviceId);
    if (!device) throw captureError('device-not-found');
    return device;
  }

  /** Calls back when devices come or go. */
  watch(listener: () => void): () => void {
    const heard = (): void => listener();
    this.#usb?.addEventListener('connect', heard);
    this.#usb?.addEventListener('disconnect', heard);
    return () => {
      this.#usb?.removeEventListener('connect', heard);
      this.#usb?.removeEventListener('disconnect', heard);
    };
  }

  /** Calls back once when this device is unplugged. */
  onGone(device: UsbDevice, listener: () => void): () => void {
    const heard = (event: { readonly device: UsbDevice }): void => {
      if (event.device === device) listener();
    };
    this.#usb?.addEventListener('disconnect', heard);
    return () => this.#usb?.removeEventListener('disconnect', heard);
  }

  #api(): UsbApi {
    if (this.#usb) return this.#usb;
    const secure = (globalThis as { isSecureContext?: boolean }).isSecureContext;
    throw captureError(secure === false ? 'insecure-context' : 'feature-missing');
  }
}

/** The opaque id of a device. */
export function usbDeviceId(device: UsbDevice): string {
  const known = ids.get(device);
  if (known !== undefined) return known;
  const id = `usb:${(counter.last += 1)}`;
  ids.set(device, id);
  return id;
}

/** What a device calls itself. */
export function usbLabel({ manufacturerName, productName }: UsbDevice): string {
  const [maker, product] = [manufacturerName?.trim() ?? '', productName?.trim() ?? ''];
  return product.startsWith(maker) ? product : `${maker} ${product}`.trim();
}

/** The given WebUSB or the browser's own. */
export function usbOrGlobal(usb: UsbApi | undefined): UsbApi | undefined {
  return usb ?? globalUsb();
}
