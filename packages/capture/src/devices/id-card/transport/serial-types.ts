/** `SerialPort`; the parts that are used. @source WICG Web Serial */
export interface SerialPortLike extends EventTarget {
  readonly readable: ReadableStream<Uint8Array> | null;
  readonly writable: WritableStream<Uint8Array> | null;
  open(options: {
    readonly baudRate: number;
    readonly dataBits: 8;
    readonly stopBits: 1;
    readonly parity: 'none';
    readonly bufferSize: number;
  }): Promise<void>;
  close(): Promise<void>;
  getInfo(): { readonly usbVendorId?: number; readonly usbProductId?: number };
}

/** Which ports the chooser shows. */
export interface SerialFilter {
  readonly usbVendorId: number;
  readonly usbProductId?: number;
}

/** `navigator.serial`. */
export interface SerialLike extends EventTarget {
  getPorts(): Promise<readonly SerialPortLike[]>;
  requestPort(options?: { readonly filters?: readonly SerialFilter[] }): Promise<SerialPortLike>;
}
