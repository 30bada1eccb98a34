/**
 * The one seam between client and archive: standard Request in, standard Response out.
 * `fetch` fits; so does the handler of an archive in the same page, or an adapter to a vendor's API.
 */
export type Transport = (request: Request) => Promise<Response>;

/** Returns the bearer token for the next request, or null for none. `reason` is `expired` after a 401. */
export type TokenCallback = (context: {
  readonly reason: 'request' | 'expired';
  readonly signal: AbortSignal;
}) => Promise<string | null> | string | null;

/** Facts about one finished call: no URL, no ids, no text. */
export interface TelemetryEvent {
  /** What finished, for example `records.open`; `retry` for a repetition. */
  readonly name: string;
  /** Milliseconds, queue included; for `retry` the wait before it. */
  readonly durationMs?: number;
  /** Number of things; for `retry` the attempt that failed. */
  readonly count?: number;
  /** Error code; absent on success. */
  readonly code?: string;
}

/** A hook of the host. Anjuan itself never sends telemetry anywhere. */
export type Telemetry = (event: TelemetryEvent) => void;
