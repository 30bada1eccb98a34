import { captureError } from '@anjuan/core/outbox';
import type { UsbDeviceLike, UsbEndpointLike } from './usb-types.js';

/** Endpoints of a reader. Header pipes carry preamble and length, body pipes the rest; one pair carries both. */
export interface UsbPipes {
  readonly interfaceNumber: number;
  readonly alternateSetting: number;
  readonly headerOut: UsbEndpointLike;
  readonly bodyOut: UsbEndpointLike;
  readonly headerIn: UsbEndpointLike;
  readonly bodyIn: UsbEndpointLike;
}

/** Classes that a page may never claim. @source WICG WebUSB, protected interface classes */
const PROTECTED_CLASSES: readonly number[] = [0x01, 0x03, 0x08, 0x0b, 0x0e, 0x10, 0xe0];

/**
 * Decides from the descriptors which endpoints to use: the first interface that is not protected and has pipes both
 * ways; with two each way (02/06 out, 81/85 in) the lower number is the header's. Errors: `device-protected` when only
 * protected interfaces have pipes, `device-protocol` when none has.
 */
export function findPipes({ configuration }: UsbDeviceLike): UsbPipes {
  let hidden = false;
  for (const { interfaceNumber, alternates } of configuration?.interfaces ?? []) {
    for (const { alternateSetting, interfaceClass, endpoints } of alternates) {
      const outs = pipes(endpoints, 'out');
      const ins = pipes(endpoints, 'in');
      const [headerOut, bodyOut = headerOut] = outs;
      const [headerIn, bodyIn = headerIn] = ins;
      if (!headerOut || !bodyOut || !headerIn || !bodyIn) continue;
      if (PROTECTED_CLASSES.includes(interfaceClass)) {
        hidden = true;
        continue;
      }
      return { interfaceNumber, alternateSetting, headerOut, bodyOut, headerIn, bodyIn };
    }
  }
  throw captureError(hidden ? 'device-protected' : 'device-protocol', { details: { reason: 'no pipes' } });
}

const pipes = (endpoints: readonly UsbEndpointLike[], direction: 'in' | 'out'): UsbEndpointLike[] =>
  endpoints
    .filter((endpoint) => endpoint.direction === direction && endpoint.type !== 'isochronous')
    .sort((left, right) => left.endpointNumber - right.endpointNumber);
