export * from './fake-usb.js';
export * from './fake-usb-device.js';
export * from './fake-usb-hardware.js';
