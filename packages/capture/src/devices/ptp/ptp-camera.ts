import { delay, type Clock } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import { PtpFormat, PtpOperation, PtpResponse } from './ptp-codes.js';
import { MAX_OBJECT_BYTES, ptpError } from './ptp-container.js';
import {
  parseDeviceInfo,
  parseHandles,
  parseObjectInfo,
  type PtpDeviceInfo,
  type PtpObjectInfo,
} from './ptp-datasets.js';
import type { PtpTransport } from './ptp-transport.js';

/** Milliseconds between two tries while the camera says that it is busy. */
const BUSY_PAUSE_MS = 500;
const BUSY_TRIES = 20;
/** All stores, any format, any folder. */
const ANYWHERE = 0xffffffff;

/** Kinds of file that are pictures, with their media type. */
const PICTURES: Readonly<Record<number, string>> = {
  [PtpFormat.ExifJpeg]: 'image/jpeg',
  [PtpFormat.Jfif]: 'image/jpeg',
  [PtpFormat.Png]: 'image/png',
  [PtpFormat.Tiff]: 'image/tiff',
};

/** Operations of a camera by name. */
export class PtpCamera {
  readonly #transport: PtpTransport;
  readonly #clock: Clock;

  constructor(transport: PtpTransport, clock: Clock) {
    this.#transport = transport;
    this.#clock = clock;
  }

  /** Opens session 1; one that another program left open is used on. */
  async openSession(signal?: AbortSignal): Promise<PtpDeviceInfo> {
    await this.#ask(PtpOperation.OpenSession, [1], { signal, also: PtpResponse.SessionAlreadyOpen });
    return parseDeviceInfo(await this.#ask(PtpOperation.GetDeviceInfo, [], { signal }));
  }

  /** Tells the camera that we leave; nobody waits for its answer. */
  closeSession(): void {
    this.#transport.farewell(PtpOperation.CloseSession);
  }

  /** Presses the shutter; pictures are told by events afterwards. */
  async initiateCapture(signal?: AbortSignal): Promise<void> {
    await this.#ask(PtpOperation.InitiateCapture, [0, 0], { signal });
  }

  async handles(signal?: AbortSignal): Promise<readonly number[]> {
    return parseHandles(await this.#ask(PtpOperation.GetObjectHandles, [ANYWHERE, 0, 0], { signal }));
  }

  async objectInfo(handle: number, signal?: AbortSignal): Promise<PtpObjectInfo> {
    return parseObjectInfo(await this.#ask(PtpOperation.GetObjectInfo, [handle], { signal }));
  }

  /** The file behind a handle, or nothing when it is no picture. */
  async picture(
    handle: number,
    signal?: AbortSignal,
  ): Promise<{ readonly bytes: Blob; readonly info: PtpObjectInfo } | undefined> {
    const info = await this.objectInfo(handle, signal);
    const type = PICTURES[info.format];
    if (type === undefined) return undefined;
    if (info.sizeBytes > MAX_OBJECT_BYTES)
      throw captureError('image-too-large', { details: { sizeBytes: info.sizeBytes } });
    const bytes = await this.#ask(PtpOperation.GetObject, [handle], { signal });
    if (bytes.length !== info.sizeBytes) throw ptpError('object-size');
    return { bytes: new Blob([bytes], { type }), info };
  }

  async deleteObject(handle: number): Promise<void> {
    await this.#ask(PtpOperation.DeleteObject, [handle, 0]);
  }

  async #ask(
    code: number,
    params: readonly number[],
    { signal, also }: { readonly signal?: AbortSignal | undefined; readonly also?: number } = {},
  ): Promise<Uint8Array<ArrayBuffer>> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.#transport.run(code, params, signal);
      if (answer.code === PtpResponse.Ok || answer.code === also) return answer.data;
      if (answer.code !== PtpResponse.DeviceBusy || attempt >= BUSY_TRIES) throw refusal(answer.code, code);
      await delay(this.#clock, BUSY_PAUSE_MS, signal ?? new AbortController().signal);
    }
  }
}

function refusal(response: number, operation: number): ReturnType<typeof captureError> {
  const details = { details: { response, operation } };
  if (response === PtpResponse.DeviceBusy || response === PtpResponse.AccessDenied)
    return captureError('device-busy', details);
  if (response === PtpResponse.OperationNotSupported) return captureError('feature-missing', details);
  return captureError('service-failed', { ...details, message: 'The camera refused the operation.' });
}
