import { Scope, throwIfAborted, type AnjuanError } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import { browserApi } from '../connect/browser-api.js';
import { atDevice } from '../connect/device-error.js';
import { matchesHidFilter, type Hid, type HidConnectionEvent, type HidDevice } from './types.js';
import type { HidFilter, HidInputReport } from './types.js';

/** How to find and use a HID device. */
export interface ConnectHidOptions {
  /** Default `navigator.hid`. */
  readonly hid: Hid | undefined;
  /** Empty: the chooser shows everything that the browser allows, and granted devices are not taken by themselves. */
  readonly filters: readonly HidFilter[];
  /** `granted` shows no chooser: used right after a device was lost. Default `chooser`. */
  readonly ask?: 'chooser' | 'granted';
  readonly onReport: (report: HidInputReport) => void;
  readonly onLost: (error: AnjuanError) => void;
  readonly signal?: AbortSignal | undefined;
}

/** An open HID device. */
export interface HidConnection {
  readonly device: HidDevice;
  sendReport(reportId: number, data: Uint8Array<ArrayBuffer>): Promise<void>;
  sendFeatureReport(reportId: number, data: Uint8Array<ArrayBuffer>): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a device that was granted before, otherwise shows the chooser (needs a user gesture). Errors: `insecure-context`,
 * `feature-missing`, `permission-policy-blocked`, `chooser-cancelled`, `device-busy`, `device-not-found`, `aborted`.
 */
export async function connectHid(options: ConnectHidOptions): Promise<HidConnection> {
  const { filters, ask, onReport, onLost, signal } = options;
  const hid = browserApi('hid', options.hid);
  throwIfAborted(signal);
  const device = await findDevice(hid, filters, ask);
  throwIfAborted(signal);
  if (device.opened) throw captureError('device-busy', { details: { reason: 'open in this page' } });
  await atDevice('open', () => device.open());
  const scope = new Scope();
  scope.listen(device, 'inputreport', (event) => onReport(event as HidInputReport));
  scope.listen(hid, 'disconnect', (event) => {
    if ((event as HidConnectionEvent).device !== device) return;
    scope.dispose();
    onLost(captureError('device-lost'));
  });
  return {
    device,
    sendReport: (reportId, data) => atDevice('transfer', () => device.sendReport(reportId, data)),
    sendFeatureReport: (reportId, data) => atDevice('transfer', () => device.sendFeatureReport(reportId, data)),
    close: async () => {
      scope.dispose();
      // Closing a device that is gone may be refused; it is closed all the same.
      await device.close().catch(() => undefined);
    },
  };
}

async function findDevice(hid: Hid, filters: readonly HidFilter[], ask: ConnectHidOptions['ask']): Promise<HidDevice> {
  const granted = await atDevice('choose', () => hid.getDevices());
  const known = granted.find((device) => filters.some((filter) => matchesHidFilter(device, filter)));
  if (known) return known;
  if (ask === 'granted') throw captureError('device-not-found');
  // Unlike WebUSB, a closed chooser is no error here but an empty answer.
  const [chosen] = await atDevice('choose', () => hid.requestDevice({ filters }));
  if (!chosen) throw captureError('chooser-cancelled');
  return chosen;
}
