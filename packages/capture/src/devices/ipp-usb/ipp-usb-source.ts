import { linkAbort, systemClock, throwIfAborted } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import type { EsclInput } from '../escl/capabilities.js';
import { parseCapabilities } from '../escl/capabilities.js';
import { esclText } from '../escl/escl-http.js';
import { openEsclSession } from '../escl/escl-session.js';
import { esclHttp, inputDevices, type EsclSourceOptions } from '../escl/escl-source.js';
import { jobSettings } from '../escl/scan-settings.js';
import type { FrameDevice, FrameSession, FrameSource } from '../frame-source.js';
import { openUsbDevice } from '../usb/open-device.js';
import { UsbDevices, usbDeviceId, usbLabel, usbOrGlobal } from '../usb/usb-devices.js';
import { findFunctions } from '../usb/usb-function.js';
import type { UsbApi, UsbDevice } from '../usb/usb-types.js';
import { createUsbFetch } from './usb-fetch.js';

/** Options of `createIppUsbSource`. */
export interface IppUsbOptions extends Omit<EsclSourceOptions, 'scanners' | 'fetch'> {
  /** Default `navigator.usb`. */
  readonly usb?: UsbApi;
}

/** Printers that speak IPP over USB. @source USB-IF IPP Protocol Specification 1.0 */
export const IPP_USB = { classCode: 7, subclassCode: 1, protocolCode: 4 } as const;

/** Two connections are enough: one for a page that takes long, one to cancel the job. */
const MAX_CONNECTIONS = 2;
/** The server inside of the device; only the path of it is sent. */
const BASE_URL = 'http://localhost/eSCL';
/** Which input a listed device stands for is known only after opening, so it is part of the id. */
const INPUTS: readonly EsclInput[] = ['feeder', 'feeder-duplex', 'platen'];

/** Scanners that are connected by USB cable and need no driver, because they speak eSCL over IPP-over-USB. */
export function createIppUsbSource(options: IppUsbOptions = {}): FrameSource {
  const devices = new UsbDevices(usbOrGlobal(options.usb), IPP_USB);
  // What a scanner can do is learned once; before, its feeder and glass are both offered under one entry.
  const known = new WeakMap<UsbDevice, readonly FrameDevice[]>();

  const entries = (device: UsbDevice): readonly FrameDevice[] =>
    known.get(device) ?? [{ deviceId: usbDeviceId(device), kind: 'scanner', label: usbLabel(device), preferred: true }];

  const open = async (deviceId: string, signal: AbortSignal | undefined): Promise<FrameSession> => {
    throwIfAborted(signal);
    const [usbId = '', wanted] = splitId(deviceId);
    const device = await devices.find(usbId, signal);
    const opened = await openUsbDevice(device, findFunctions(device, IPP_USB).slice(0, MAX_CONNECTIONS));
    const clock = options.clock ?? systemClock;
    const way = createUsbFetch(opened, clock);
    const life = linkAbort();
    const stop = devices.onGone(device, () => life.abort(captureError('device-lost')));
    const release = (): void => {
      stop();
      way.close(captureError('device-lost'));
      opened.release();
    };
    try {
      const starting = linkAbort(signal, life.signal);
      const http = esclHttp({ ...options, clock, fetch: way.fetch });
      const text = await esclText(http, `${BASE_URL}/ScannerCapabilities`, starting.signal).finally(() =>
        starting.release(),
      );
      const capabilities = parseCapabilities(text);
      const inputs = inputDevices(capabilities, { index: 0, label: usbLabel(device) || capabilities.makeAndModel });
      const found = inputs.map((entry) => ({ ...entry, deviceId: `${usbId}/${entry.input ?? ''}` }));
      known.set(device, found);
      const entry = found.find(({ input }) => wanted === undefined || input === wanted);
      if (!entry?.input) throw captureError('device-not-found');
      return openEsclSession({
        http,
        device: { ...entry, deviceId },
        baseUrl: BASE_URL,
        settings: jobSettings(capabilities, entry.input, options.settings),
        life,
        release,
      });
    } catch (error) {
      release();
      throw error;
    }
  };

  return {
    name: 'ipp-usb',
    list: async ({ signal } = {}) => {
      const all = (await devices.list(signal)).flatMap(entries);
      return all.map((device, index) => ({ ...device, preferred: index === 0 }));
    },
    request: async () => {
      const [first] = entries(await devices.choose());
      if (!first) throw captureError('device-not-found');
      return first;
    },
    open: (deviceId, { signal } = {}) => open(deviceId, signal),
    watch: (listener) => devices.watch(listener),
  };
}

function splitId(deviceId: string): readonly [string, EsclInput | undefined] {
  const [usbId = '', input] = deviceId.split('/', 2);
  return [usbId, INPUTS.find((known) => known === input)];
}
