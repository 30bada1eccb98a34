import { usbError } from './usb-error.js';
import type { UsbFunction } from './usb-function.js';
import type { UsbDevice } from './usb-types.js';

/** A device whose interfaces are ours until `release()`. */
export interface OpenedUsbDevice {
  readonly device: UsbDevice;
  readonly functions: readonly UsbFunction[];
  /** Gives everything back; never throws. */
  release(): void;
}

/** Opens and claims; `device-protected`, `device-busy` or `device-lost` when that fails. At least one interface must be free. */
export async function openUsbDevice(device: UsbDevice, wanted: readonly UsbFunction[]): Promise<OpenedUsbDevice> {
  try {
    await device.open();
  } catch (error) {
    throw usbError('open', error);
  }
  const functions: UsbFunction[] = [];
  let refused: unknown;
  for (const found of wanted) {
    try {
      await claim(device, found);
      functions.push(found);
    } catch (error) {
      refused ??= error;
    }
  }
  const release = (): void => void giveBack(device, functions);
  if (functions.length === 0) {
    release();
    throw usbError('claim', refused);
  }
  return { device, functions, release };
}

async function claim(
  device: UsbDevice,
  { configurationValue, interfaceNumber, alternateSetting }: UsbFunction,
): Promise<void> {
  if (device.configuration?.configurationValue !== configurationValue)
    await device.selectConfiguration(configurationValue);
  await device.claimInterface(interfaceNumber);
  try {
    await device.selectAlternateInterface(interfaceNumber, alternateSetting);
  } catch (error) {
    await device.releaseInterface(interfaceNumber).catch(() => undefined);
    throw error;
  }
}

async function giveBack(device: UsbDevice, functions: readonly UsbFunction[]): Promise<void> {
  // Closing releases the interfaces, too; an unplugged device refuses both.
  const releases = functions.map(({ interfaceNumber }) => device.releaseInterface(interfaceNumber));
  await Promise.allSettled([...releases, device.close()]);
}
