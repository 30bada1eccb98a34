import type { Clock } from '@anjuan/core';
import type { InkSession, InkSource } from '../../ink/ink.js';
import type { StuHid, StuHidDevice } from './hid-types.js';
import type { PadPicture } from './images.js';
import type { StuStatistics } from './pen-to-ink.js';
import type { StuSettings } from './settings.js';

/** How a Wacom STU is used. */
export interface StuInkSourceOptions {
  /** Default `navigator.hid`. */
  readonly hid?: StuHid;
  /** A device that the page has chosen itself; default one that was allowed before, else the browser asks. */
  readonly device?: StuHidDevice;
  /** Encrypts what goes over the cable (v2: RSA and AES). Models that only have v1 are refused. Default `off`. */
  readonly encryption?: 'off' | 'required';
  /** Keys on the tablet's screen: confirm, clear, cancel. Default true. */
  readonly keys?: boolean;
  /** Words of the keys. Default `zh-CN`. */
  readonly locale?: 'zh-CN' | 'en';
  /** Draws the bar of keys in place of ours, for example with the hospital's own words. */
  readonly drawKeys?: (size: { readonly widthPx: number; readonly heightPx: number }) => PadPicture;
  readonly settings?: StuSettings;
  /** Told when reports never came. Default nothing. */
  readonly onGap?: (gap: { readonly missingReports: number }) => void;
  /** Default the machine's. */
  readonly clock?: Clock;
}

/** A session with what was seen on the wire. */
export interface StuInkSession extends InkSession {
  readonly statistics: StuStatistics;
}

/** An `InkSource` over a Wacom STU. */
export interface StuInkSource extends InkSource {
  open(options: Parameters<InkSource['open']>[0]): Promise<StuInkSession>;
}

/**
 * Wacom STU 300, 430, 500, 520A, 530, 540 over WebHID. When the cable is pulled, `lost` is reported and the ink so far stays;
 * `open` again finds the tablet when it is back, without asking.
 * Errors of `open`: `pad-insecure-context`, `pad-unsupported`, `pad-not-found`, `pad-busy`, `pad-lost`, `pad-protocol`, `aborted`.
 * @source WacomGSS/STU Protocol.hpp, Protocol.cpp, ProtocolHelper.cpp
 */
export function stuInkSource(options: StuInkSourceOptions = {}): StuInkSource {
  return { open: async (request) => (await import('./open-stu.js')).openStu(options, request) };
}
