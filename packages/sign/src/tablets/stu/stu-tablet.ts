import { abortError, AnjuanError, delay, type Clock } from '@anjuan/core';
import { signError } from '../../errors/sign-codes.js';
import type { EncryptionWire } from './encryption.js';
import {
  asciiOf,
  decodeCapability,
  decodeEncryptionStatus,
  decodeInformation,
  decodeStatus,
  decodeThreshold,
  encodeClearArea,
  encodeImageBlock,
  encodeImageStart,
  payloadOf,
  protocolError,
  type StuCapability,
  type StuEncryptionStatus,
  type StuInformation,
  type StuRectangle,
  type StuStatus,
} from './feature-reports.js';
import type { StuHidDevice } from './hid-types.js';
import { blocksOf, type EncodedPicture } from './images.js';
import { mayBeSet, reportIds, resultCodes, statusCodes } from './report-ids.js';

/** How long a busy tablet is waited for. @source WacomGSS/STU ProtocolHelper: 25 times 50 ms */
const POLLS = 25;
const POLL_MS = 50;
/** Shortest time between start and end of a capture. @source WacomGSS/STU Tablet.cpp */
const CAPTURE_MS = 80;

/** Talks the reports of an open tablet, one exchange after the other. Errors of every call: `pad-lost`, `pad-protocol`, `aborted`. */
export class StuTablet implements EncryptionWire {
  readonly #device: StuHidDevice;
  readonly #clock: Clock;
  readonly #signal: AbortSignal;

  constructor(device: StuHidDevice, clock: Clock, signal: AbortSignal) {
    this.#device = device;
    this.#clock = clock;
    this.#signal = signal;
  }

  /** Payload of a feature report, without its id. */
  async get(reportId: number, lengthBytes: number): Promise<DataView> {
    const view = await this.#wire(() => this.#device.receiveFeatureReport(reportId), reportId);
    return payloadOf(view, reportId, lengthBytes);
  }

  /** Sets a report when the tablet may take it, and asks whether it did. */
  async set(reportId: number, payload: readonly number[]): Promise<void> {
    await this.#whenReady(reportId);
    await this.#send(reportId, payload);
    const { lastResult } = await this.status();
    if (lastResult !== resultCodes.none) {
      const reason = lastResult === resultCodes.wrongState ? 'wrong-state' : 'refused';
      throw signError('pad-protocol', { details: { reason, reportId, lastResult } });
    }
  }

  /** Writes a setting that the tablet keeps when it is off, only when it differs: its memory wears out. */
  async keep(reportId: number, payload: readonly number[]): Promise<boolean> {
    const now = await this.get(reportId, payload.length);
    if (payload.every((byte, at) => now.getUint8(at) === byte)) return false;
    await this.set(reportId, payload);
    return true;
  }

  async status(): Promise<StuStatus> {
    return decodeStatus(await this.get(reportIds.status, 4));
  }

  async information(): Promise<StuInformation> {
    return decodeInformation(await this.get(reportIds.information, 16));
  }

  async capability(): Promise<StuCapability> {
    return decodeCapability(await this.get(reportIds.capability, 14));
  }

  async encryptionStatus(): Promise<StuEncryptionStatus> {
    return decodeEncryptionStatus(await this.get(reportIds.encryptionStatus, 8));
  }

  async threshold(): Promise<{ readonly on: number; readonly off: number }> {
    return decodeThreshold(await this.get(reportIds.inkThreshold, 4));
  }

  /** Serial number: the letters of newer models, the number of older ones; undefined where there is none. */
  async serial(): Promise<string | undefined> {
    for (const [reportId, length] of [
      [reportIds.serial, 13],
      [reportIds.uid2, 10],
      [reportIds.uid, 4],
    ] as const) {
      // prettier-ignore
      try {
        const view = await this.get(reportId, length);
        const text = reportId === reportIds.uid ? view.getUint32(0).toString(16) : asciiOf(view, 0, length);
        if (text !== '' && text !== '0') return text;
      } catch (error) {
        // A model without the report refuses to answer; a tablet that is gone ends the search.
        if (AnjuanError.is(error) && error.code !== 'pad-protocol') throw error;
      }
    }
    return undefined;
  }

  /** Wipes the screen, or a part of it. */
  clear(area?: StuRectangle): Promise<void> {
    return area ? this.set(reportIds.clearScreenArea, encodeClearArea(area)) : this.set(reportIds.clearScreen, [0]);
  }

  /** Shows a picture on the whole screen or in an area. When it breaks off, the tablet is told to forget it. */
  async show(picture: EncodedPicture, blockBytes: number, area?: StuRectangle): Promise<void> {
    const start = area ? reportIds.startImageDataArea : reportIds.startImageData;
    await this.set(start, encodeImageStart(picture.mode, area));
    try {
      for (const block of blocksOf(picture.bytes, blockBytes)) {
        // The report has one length, so the last block is filled up with zeros.
        const payload = encodeImageBlock(block);
        while (payload.length < blockBytes + 2) payload.push(0);
        await this.#send(reportIds.imageDataBlock, payload);
      }
      await this.set(reportIds.endImageData, [0]);
    } catch (error) {
      await this.#device.sendFeatureReport(reportIds.endImageData, Uint8Array.of(1)).catch(() => undefined);
      throw error;
    }
    await this.#until((code) => code === statusCodes.ready || code === statusCodes.capture, start);
  }

  /** Ends a capture when one is going on; the tablet wants a pause before. */
  async endCapture(): Promise<void> {
    if ((await this.status()).statusCode !== statusCodes.capture) return;
    await delay(this.#clock, CAPTURE_MS, this.#signal);
    await this.set(reportIds.endCapture, [0]);
    await this.#until((code) => code === statusCodes.ready, reportIds.endCapture);
  }

  pause(): Promise<void> {
    return delay(this.#clock, POLL_MS, this.#signal);
  }

  /** A tablet left in the middle of another program's work is brought back to its start. */
  async settle(): Promise<void> {
    const { statusCode } = await this.status();
    if (statusCode === statusCodes.image) await this.#send(reportIds.endImageData, [1]);
    else if (statusCode === statusCodes.capture) await this.endCapture();
    await this.#until((code) => code === statusCodes.ready, reportIds.status);
  }

  async #whenReady(reportId: number): Promise<void> {
    await this.#until((code) => mayBeSet(reportId, code), reportId);
  }

  async #until(fits: (statusCode: number) => boolean, reportId: number): Promise<void> {
    for (let poll = 0; poll < POLLS; poll += 1) {
      const { statusCode } = await this.status();
      if (fits(statusCode)) return;
      // Only calculating, starting up and writing its memory end by themselves.
      if (statusCode === statusCodes.image || statusCode === statusCodes.capture) break;
      await this.pause();
    }
    throw protocolError('wrong-state', reportId);
  }

  #send(reportId: number, payload: readonly number[]): Promise<void> {
    return this.#wire(() => this.#device.sendFeatureReport(reportId, Uint8Array.from(payload)), reportId);
  }

  async #wire<T>(exchange: () => Promise<T>, reportId: number): Promise<T> {
    if (this.#signal.aborted) throw abortError(this.#signal);
    try {
      return await exchange();
    } catch (cause) {
      if (this.#signal.aborted) throw abortError(this.#signal);
      const gone = cause instanceof DOMException && (cause.name === 'NetworkError' || cause.name === 'NotFoundError');
      if (gone || !this.#device.opened) throw signError('pad-lost', { cause });
      throw signError('pad-protocol', { details: { reason: 'report-refused', reportId }, cause });
    }
  }
}
