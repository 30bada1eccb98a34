/** The parts of WebHID that are used; `navigator.hid` fits, and so does the simulator. @source WICG WebHID */
export interface StuHidDevice extends EventTarget {
  readonly vendorId: number;
  readonly productId: number;
  readonly productName: string;
  readonly opened: boolean;
  open(): Promise<void>;
  close(): Promise<void>;
  /** Payload without the report id. */
  sendFeatureReport(reportId: number, data: Uint8Array<ArrayBuffer>): Promise<void>;
  /** With the report id at byte 0. */
  receiveFeatureReport(reportId: number): Promise<DataView>;
}

/** `navigator.hid`. */
export interface StuHid extends EventTarget {
  getDevices(): Promise<readonly StuHidDevice[]>;
  requestDevice(options: {
    readonly filters: readonly { readonly vendorId: number; readonly productId?: number }[];
  }): Promise<readonly StuHidDevice[]>;
}

/** `HIDInputReportEvent`; the data are without the report id. */
export interface StuInputReport extends Event {
  readonly reportId: number;
  readonly data: DataView;
}
