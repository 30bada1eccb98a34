import { systemClock, type Clock } from '@anjuan/core';
import type { ServiceAccess } from './service-fault.js';
import type { SocketConstructor } from './socket-link.js';

/** Options that all vendor services share. */
export interface ServiceOptions extends ServiceAccess {
  /** Milliseconds until an answer is given up. Default 10,000. */
  readonly timeoutMs?: number;
  /** Time; default the machine's. */
  readonly clock?: Clock;
}

/** Options of services that speak HTTP. */
export interface HttpServiceOptions extends ServiceOptions {
  /** Default `globalThis.fetch`. */
  readonly fetch?: typeof fetch;
  /** Address of the service without a slash at the end. */
  readonly baseUrl?: string;
}

/** Options of services that speak WebSocket. */
export interface SocketServiceOptions extends ServiceOptions {
  /** Default `globalThis.WebSocket`. */
  readonly WebSocket?: SocketConstructor;
  /** Address of the service. */
  readonly url?: string;
}

/** Options of services that deliver pictures. */
export interface PictureServiceOptions {
  /** Largest picture to ask the device for, in pixels. Default: the largest that it offers. */
  readonly maxPixels?: number;
  /** Makes a frame of the live view visible. Default `createImageBitmap`. */
  readonly decodeFrame?: (bytes: Blob) => Promise<ImageBitmap>;
}

/** How long a service may take for one answer. */
export const DEFAULT_TIMEOUT_MS = 10_000;

/** Time and patience of a service. */
export function timing(options: ServiceOptions): { readonly clock: Clock; readonly timeoutMs: number } {
  return { clock: options.clock ?? systemClock, timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS };
}

/** A size that a device offers; `index` is its number there. */
export interface OfferedSize {
  readonly index: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** The largest size within the limit; the smallest of all when none is within. */
export function chooseSize(offered: readonly OfferedSize[], maxPixels = Infinity): OfferedSize | undefined {
  const byArea = [...offered].sort((a, b) => b.widthPx * b.heightPx - a.widthPx * a.heightPx);
  return byArea.find(({ widthPx, heightPx }) => widthPx * heightPx <= maxPixels) ?? byArea.at(-1);
}

/** `2592x1944`, `2592*1944` and the like as a size. */
export function parseSize(text: string, index: number): OfferedSize | undefined {
  const match = /^\s*(\d{2,5})\s*[x×X*]\s*(\d{2,5})/.exec(text);
  return match ? { index, widthPx: Number(match[1]), heightPx: Number(match[2]) } : undefined;
}
