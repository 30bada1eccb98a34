export { createIppUsbSource, IPP_USB, type IppUsbOptions } from './ipp-usb-source.js';
