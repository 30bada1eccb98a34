import type { AnjuanError } from '@anjuan/core';

/** What a transport tells while it is open. */
export interface SamTransportEvents {
  /** Bytes in order; the listener overwrites them when it is done. */
  readonly onBytes: (bytes: Uint8Array) => void;
  /** Once; the transport is closed afterwards. Codes: `device-lost`, `device-protocol`. */
  readonly onLost: (error: AnjuanError) => void;
}

/** How to open. */
export interface SamOpenOptions extends SamTransportEvents {
  /** One of `baudRates`, for transports that have some. */
  readonly baudRate?: number;
  readonly signal?: AbortSignal;
}

/**
 * The line to a reader: bytes out, bytes in. Errors of `open`: `insecure-context`, `feature-missing`,
 * `permission-policy-blocked`, `chooser-cancelled`, `device-not-found`, `device-busy`, `device-protected`, `aborted`.
 */
export interface SamTransport {
  /** For people: product name or kind of line; never a serial number. */
  readonly name: string;
  /** Names the device among tabs, so that two of them do not talk at once. */
  readonly lockName: string;
  /** Serial lines only: speeds to try in order. */
  readonly baudRates?: readonly number[];
  open(options: SamOpenOptions): Promise<void>;
  /** Sends one whole frame. Errors: `device-lost`, `device-protocol`. */
  write(frame: Uint8Array): Promise<void>;
  /** Never rejects; opening again is allowed. */
  close(): Promise<void>;
}
