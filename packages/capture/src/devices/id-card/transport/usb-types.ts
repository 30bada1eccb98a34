/** An endpoint of an interface. @source WICG WebUSB */
export interface UsbEndpointLike {
  readonly endpointNumber: number;
  readonly direction: 'in' | 'out';
  readonly type: 'bulk' | 'interrupt' | 'isochronous';
  readonly packetSize: number;
}

/** An alternate setting of an interface. */
export interface UsbAlternateLike {
  readonly alternateSetting: number;
  readonly interfaceClass: number;
  readonly endpoints: readonly UsbEndpointLike[];
}

/** An interface of the active configuration. */
export interface UsbInterfaceLike {
  readonly interfaceNumber: number;
  readonly alternates: readonly UsbAlternateLike[];
}

type Status = 'ok' | 'stall' | 'babble';

/** `USBDevice`; the parts that a card reader needs. */
export interface UsbDeviceLike {
  readonly vendorId: number;
  readonly productId: number;
  readonly productName?: string | undefined;
  readonly configuration: { readonly interfaces: readonly UsbInterfaceLike[] } | null;
  open(): Promise<void>;
  close(): Promise<void>;
  selectConfiguration(value: number): Promise<void>;
  claimInterface(interfaceNumber: number): Promise<void>;
  releaseInterface(interfaceNumber: number): Promise<void>;
  selectAlternateInterface(interfaceNumber: number, alternateSetting: number): Promise<void>;
  transferIn(endpoint: number, length: number): Promise<{ readonly status?: Status; readonly data?: DataView }>;
  transferOut(endpoint: number, data: Uint8Array<ArrayBuffer>): Promise<{ readonly status?: Status }>;
  clearHalt(direction: 'in' | 'out', endpoint: number): Promise<void>;
}

/** Which devices the chooser shows. */
export interface UsbFilterLike {
  readonly vendorId?: number;
  readonly productId?: number;
}

/** `navigator.usb`. */
export interface UsbLike extends EventTarget {
  getDevices(): Promise<readonly UsbDeviceLike[]>;
  requestDevice(options: { readonly filters: readonly UsbFilterLike[] }): Promise<UsbDeviceLike>;
}
