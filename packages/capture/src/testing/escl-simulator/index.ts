export * from './escl-simulator.js';
export * from './ipp-usb-simulator.js';
