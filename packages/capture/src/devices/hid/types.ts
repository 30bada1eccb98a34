/** The parts of WebHID that are used; tests give their own. @source WICG WebHID */
export interface HidReportInfo {
  readonly reportId?: number;
  readonly items?: readonly { readonly reportSize?: number; readonly reportCount?: number }[];
}

/** A top-level collection of a device. */
export interface HidCollection {
  readonly usagePage?: number;
  readonly usage?: number;
  readonly inputReports?: readonly HidReportInfo[];
  readonly outputReports?: readonly HidReportInfo[];
}

/** `HIDDevice`. */
export interface HidDevice extends EventTarget {
  readonly vendorId: number;
  readonly productId: number;
  readonly productName: string;
  readonly opened: boolean;
  readonly collections: readonly HidCollection[];
  open(): Promise<void>;
  close(): Promise<void>;
  sendReport(reportId: number, data: Uint8Array<ArrayBuffer>): Promise<void>;
  sendFeatureReport(reportId: number, data: Uint8Array<ArrayBuffer>): Promise<void>;
}

/** Which devices the chooser shows. */
export interface HidFilter {
  readonly vendorId?: number;
  readonly productId?: number;
  readonly usagePage?: number;
  readonly usage?: number;
}

/** `navigator.hid`. */
export interface Hid extends EventTarget {
  getDevices(): Promise<readonly HidDevice[]>;
  requestDevice(options: { readonly filters: readonly HidFilter[] }): Promise<readonly HidDevice[]>;
}

/** `HIDInputReportEvent`. */
export interface HidInputReport extends Event {
  readonly reportId: number;
  readonly data: DataView;
}

/** `HIDConnectionEvent`. */
export interface HidConnectionEvent extends Event {
  readonly device: HidDevice;
}

/** True when the chooser would show the device for this filter. */
export function matchesHidFilter(device: HidDevice, filter: HidFilter): boolean {
  const { vendorId = device.vendorId, productId = device.productId, usagePage, usage } = filter;
  if (vendorId !== device.vendorId || productId !== device.productId) return false;
  if (usagePage === undefined) return true;
  return device.collections.some(
    (collection) => collection.usagePage === usagePage && (usage === undefined || collection.usage === usage),
  );
}
