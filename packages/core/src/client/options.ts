import type { Clock } from '../lifecycle/clock.js';
import type { Telemetry, TokenCallback, Transport } from '../transport/transport.js';
import type { WarningHook } from '../transport/warnings.js';

/** What a client needs to know; only `baseUrl` is required. */
export interface ArchiveClientOptions {
  /** Service base of the archive, for example `https://archive.example/fhir`. In a page it may be relative to the page. */
  readonly baseUrl: string;
  /** Asked before every request; see `TokenCallback`. Absent: requests carry no token. */
  readonly getToken?: TokenCallback;
  /** Default: `fetch`. */
  readonly transport?: Transport;
  /** Milliseconds a call may take after it left the queue; for whole files, milliseconds without a byte. Default 30 000. */
  readonly timeoutMs?: number;
  /** Requests at a time per origin. Default 6. */
  readonly concurrency?: number;
  /** Facts about finished calls for the host's own monitoring. */
  readonly telemetry?: Telemetry;
  /** Things an integrator should know although calls go on. Default: nobody hears them. */
  readonly onWarning?: WarningHook;
  /** Bytes of page images kept in memory. Default 64 MiB. */
  readonly cacheBytes?: number;
  /** Origins besides the archive's own that bytes may come from (presigned stores). They never get the token. Default none. */
  readonly extraOrigins?: readonly string[];
  /** For tests. */
  readonly clock?: Clock;
  /** For tests: 0 up to, not including, 1. */
  readonly random?: () => number;
}
