import type { UsbAlternate, UsbDevice, UsbEndpoint } from './usb-types.js';

/** Class, subclass and protocol of an interface. */
export interface UsbFunctionClass {
  readonly classCode: number;
  readonly subclassCode: number;
  readonly protocolCode: number;
}

/** An interface that can be claimed, with the pipes that it has. */
export interface UsbFunction {
  readonly configurationValue: number;
  readonly interfaceNumber: number;
  readonly alternateSetting: number;
  readonly bulkIn: UsbEndpoint;
  readonly bulkOut: UsbEndpoint;
  readonly interrupt?: UsbEndpoint;
}

/** Interfaces of that class with a bulk pipe each way, in the device's order. */
export function findFunctions(device: UsbDevice, wanted: UsbFunctionClass): readonly UsbFunction[] {
  return device.configurations.flatMap(({ configurationValue, interfaces }) =>
    interfaces.flatMap(({ interfaceNumber, alternates }) => {
      // Printers have an older protocol in setting 0 and this one in a later setting.
      const alternate = alternates.find(
        (found) => matches(found, wanted) && pipe(found, 'bulk', 'in') && pipe(found, 'bulk', 'out'),
      );
      const [bulkIn, bulkOut] = alternate ? [pipe(alternate, 'bulk', 'in'), pipe(alternate, 'bulk', 'out')] : [];
      if (!alternate || !bulkIn || !bulkOut) return [];
      const interrupt = pipe(alternate, 'interrupt', 'in');
      const { alternateSetting } = alternate;
      return [
        { configurationValue, interfaceNumber, alternateSetting, bulkIn, bulkOut, ...(interrupt && { interrupt }) },
      ];
    }),
  );
}

function matches(alternate: UsbAlternate, { classCode, subclassCode, protocolCode }: UsbFunctionClass): boolean {
  return (
    alternate.interfaceClass === classCode &&
    alternate.interfaceSubclass === subclassCode &&
    alternate.interfaceProtocol === protocolCode
  );
}

function pipe(
  alternate: UsbAlternate,
  type: UsbEndpoint['type'],
  direction: UsbEndpoint['direction'],
): UsbEndpoint | undefined {
  return alternate.endpoints.find((endpoint) => endpoint.type === type && endpoint.direction === direction);
}
