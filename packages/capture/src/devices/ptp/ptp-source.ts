import { abortError, AnjuanError, linkAbort, systemClock, throwIfAborted, type Clock } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import type { CapturedPicture, FrameDevice, FrameSession, FrameSource } from '../frame-source.js';
import { openUsbDevice } from '../usb/open-device.js';
import { UsbDevices, usbDeviceId, usbLabel, usbOrGlobal } from '../usb/usb-devices.js';
import { findFunctions } from '../usb/usb-function.js';
import type { UsbApi, UsbDevice } from '../usb/usb-types.js';
import { SessionEnd } from '../vendor/shared/session-end.js';
import { PtpCamera } from './ptp-camera.js';
import { PtpOperation } from './ptp-codes.js';
import { PtpShot } from './ptp-shot.js';
import { PtpTransport } from './ptp-transport.js';

/** Options of `createPtpSource`. */
export interface PtpSourceOptions {
  /** Default `navigator.usb`. */
  readonly usb?: UsbApi;
  readonly clock?: Clock;
  /** Milliseconds for one operation, transfer of a picture included. Default 60,000. */
  readonly timeoutMs?: number;
  /** Whether pictures leave the camera's card once they were delivered. Default false. */
  readonly deleteAfterTransfer?: boolean;
}

/** Still cameras. @source USB Still Image Capture Device Definition 1.0, 4.1 */
export const PTP = { classCode: 6, subclassCode: 1, protocolCode: 1 } as const;

/** Digital still cameras on a USB cable. They give no live view; sizes are known with the first picture. */
export function createPtpSource(options: PtpSourceOptions = {}): FrameSource {
  const devices = new UsbDevices(usbOrGlobal(options.usb), PTP);
  const describe = (device: UsbDevice, index: number): FrameDevice => ({
    deviceId: usbDeviceId(device),
    kind: 'still-camera',
    label: usbLabel(device),
    preferred: index === 0,
  });
  return {
    name: 'ptp',
    list: async ({ signal } = {}) => (await devices.list(signal)).map(describe),
    request: async () => describe(await devices.choose(), 0),
    open: async (deviceId, { signal } = {}) => {
      throwIfAborted(signal);
      const device = await devices.find(deviceId, signal);
      return openCamera({ options, devices, device, described: describe(device, 0), signal });
    },
    watch: (listener) => devices.watch(listener),
  };
}

interface OpenCamera {
  readonly options: PtpSourceOptions;
  readonly devices: UsbDevices;
  readonly device: UsbDevice;
  readonly described: FrameDevice;
  readonly signal: AbortSignal | undefined;
}

async function openCamera({ options, devices, device, described, signal }: OpenCamera): Promise<FrameSession> {
  const clock = options.clock ?? systemClock;
  const opened = await openUsbDevice(device, findFunctions(device, PTP).slice(0, 1));
  const end = new SessionEnd();
  const life = linkAbort();
  const transport = new PtpTransport(opened, {
    clock,
    timeoutMs: options.timeoutMs ?? 60_000,
    life: life.signal,
    onBroken: (error) => over(error),
  });
  const camera = new PtpCamera(transport, clock);
  const size = { widthPx: 0, heightPx: 0 };
  let shot: PtpShot | undefined;

  const over = (reason?: AnjuanError): void => {
    if (!end.end(reason)) return;
    stop();
    // Politeness towards the camera; closing the device ends the session, too.
    if (!reason) camera.closeSession();
    life.abort(reason ?? captureError('device-lost', { details: { closed: true } }));
    opened.release();
  };
  const stop = devices.onGone(device, () => over(captureError('device-lost')));
  transport.listen((event) => shot?.take(event), over);

  try {
    const { operations } = await camera.openSession(signal);
    if (!operations.includes(PtpOperation.InitiateCapture)) {
      throw captureError('feature-missing', { details: { operation: PtpOperation.InitiateCapture } });
    }
  } catch (error) {
    over();
    throw error;
  }

  async function* capture(caller: AbortSignal | undefined): AsyncGenerator<CapturedPicture> {
    throwIfAborted(caller);
    end.assertOpen();
    if (shot) throw captureError('device-busy');
    const linked = linkAbort(caller, life.signal);
    try {
      shot = new PtpShot();
      const before = await camera.handles(linked.signal);
      await camera.initiateCapture(linked.signal);
      for await (const handle of shot.newHandles(camera, { before, clock, signal: linked.signal })) {
        const picture = await camera.picture(handle, linked.signal);
        if (!picture) continue;
        Object.assign(size, { widthPx: picture.info.widthPx, heightPx: picture.info.heightPx });
        yield { kind: 'bytes', bytes: picture.bytes };
        if (options.deleteAfterTransfer) await camera.deleteObject(handle);
      }
    } catch (error) {
      throw linked.signal.aborted ? abortError(linked.signal) : AnjuanError.from(error);
    } finally {
      shot = undefined;
      linked.release();
    }
  }

  return {
    device: described,
    get widthPx() {
      return size.widthPx;
    },
    get heightPx() {
      return size.heightPx;
    },
    warnings: [],
    controls: [],
    preview: { kind: 'none' },
    capture: (capturing = {}) => capture(capturing.signal),
    setControl: () => Promise.reject(captureError('feature-missing')),
    ended: end.ended,
    close: () => over(),
  };
}
