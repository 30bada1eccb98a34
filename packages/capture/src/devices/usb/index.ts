export type {
  UsbAlternate,
  UsbApi,
  UsbDevice,
  UsbEndpoint,
  UsbFilter,
  UsbInResult,
  UsbInterface,
  UsbOutResult,
} from './usb-types.js';
