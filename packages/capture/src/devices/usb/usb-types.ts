/** The used part of WebUSB, so that nothing depends on a browser's own types and fakes can stand for hardware. */
export interface UsbApi {
  getDevices(): Promise<UsbDevice[]>;
  requestDevice(options: { readonly filters: readonly UsbFilter[] }): Promise<UsbDevice>;
  addEventListener(type: 'connect' | 'disconnect', listener: (event: { readonly device: UsbDevice }) => void): void;
  removeEventListener(type: 'connect' | 'disconnect', listener: (event: { readonly device: UsbDevice }) => void): void;
}

/** What the chooser offers. */
export interface UsbFilter {
  readonly vendorId?: number;
  readonly productId?: number;
  readonly classCode?: number;
  readonly subclassCode?: number;
  readonly protocolCode?: number;
}

/** One end of a pipe. */
export interface UsbEndpoint {
  readonly endpointNumber: number;
  readonly direction: 'in' | 'out';
  readonly type: 'bulk' | 'interrupt' | 'isochronous';
  readonly packetSize: number;
}

/** One way to run an interface. */
export interface UsbAlternate {
  readonly alternateSetting: number;
  readonly interfaceClass: number;
  readonly interfaceSubclass: number;
  readonly interfaceProtocol: number;
  readonly endpoints: readonly UsbEndpoint[];
}

/** One function of a device. */
export interface UsbInterface {
  readonly interfaceNumber: number;
  readonly alternates: readonly UsbAlternate[];
}

/** What a read gave. */
export interface UsbInResult {
  readonly status?: 'ok' | 'stall' | 'babble';
  readonly data?: DataView;
}

/** What a write did. */
export interface UsbOutResult {
  readonly status?: 'ok' | 'stall';
  readonly bytesWritten: number;
}

/** A device that the page may use. */
export interface UsbDevice {
  readonly vendorId: number;
  readonly productId: number;
  readonly productName?: string | undefined;
  readonly manufacturerName?: string | undefined;
  readonly serialNumber?: string | undefined;
  readonly opened: boolean;
  readonly configuration?:
    { readonly configurationValue: number; readonly interfaces: readonly UsbInterface[] } | null | undefined;
  readonly configurations: readonly {
    readonly configurationValue: number;
    readonly interfaces: readonly UsbInterface[];
  }[];
  open(): Promise<void>;
  close(): Promise<void>;
  selectConfiguration(configurationValue: number): Promise<void>;
  claimInterface(interfaceNumber: number): Promise<void>;
  releaseInterface(interfaceNumber: number): Promise<void>;
  selectAlternateInterface(interfaceNumber: number, alternateSetting: number): Promise<void>;
  clearHalt(direction: 'in' | 'out', endpointNumber: number): Promise<void>;
  transferIn(endpointNumber: number, length: number): Promise<UsbInResult>;
  transferOut(endpointNumber: number, data: Uint8Array<ArrayBuffer>): Promise<UsbOutResult>;
}

/** `navigator.usb`, where the browser has one. */
export function globalUsb(): UsbApi | undefined {
  return (globalThis as { navigator?: { usb?: unknown } }).navigator?.usb as UsbApi | undefined;
}
