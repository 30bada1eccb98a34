import type { Clock } from '@anjuan/core';
import type { InkSource } from '../../ink/ink.js';

/** The parts of a WebSocket that are used. */
export interface LocalPadSocket extends EventTarget {
  send(text: string): void;
  close(): void;
}

/** Where the service listens. */
export interface LocalPadInkSourceOptions {
  /** For example `ws://127.0.0.1:21071/pad`. */
  readonly url: string;
  /** Default a `WebSocket` of the page. */
  readonly webSocket?: (url: string) => LocalPadSocket;
  /** How long the service may take to answer. Default 10,000. */
  readonly timeoutMs?: number;
  /** Told when messages with samples never came. Default nothing. */
  readonly onGap?: (gap: { readonly missingMessages: number }) => void;
  /** Default the machine's. */
  readonly clock?: Clock;
}

/**
 * Ink from a pad that only a service on this computer can drive; the contract is in `LOCAL_PAD_PROTOCOL`. When the service or its
 * pad goes away in a stroke, `lost` is reported and the ink so far stays.
 * Errors of `open`: `pad-service-missing` (details.reason `blocked` when the browser's permission for the local network is denied),
 * `pad-not-found`, `pad-busy`, `pad-lost`, `pad-unsupported`, `pad-protocol`, `pad-insecure-context` (an unencrypted address that
 * the browser does not let an https page call), `aborted`.
 */
export function localPadInkSource(options: LocalPadInkSourceOptions): InkSource {
  return { open: async (request) => (await import('./open-local-pad.js')).openLocalPad(options, request) };
}
