import type { ClientCache } from '../cache/client-cache.js';
import type { SharedCalls } from '../cache/shared-calls.js';
import type { ArchiveCapabilities } from '../model/capabilities.js';
import type { LaneTicket } from '../transport/call.js';
import type { WarningHook } from '../transport/warnings.js';
import type { Addresses } from './address.js';
import type { ArchiveHttp } from './http.js';
import type { CallOptions } from './types.js';

/** What the resources of one client share. */
export interface ClientContext {
  readonly http: ArchiveHttp;
  readonly addresses: Addresses;
  readonly cache: ClientCache;
  readonly shared: SharedCalls;
  readonly warn: WarningHook;
  capabilities(options?: CallOptions): Promise<ArchiveCapabilities>;
  /** Remembered capabilities; undefined before the first answer. */
  knownCapabilities(): ArchiveCapabilities | undefined;
  /** Throws `client-closed` after close(). */
  assertOpen(): void;
}

/** What travels with one call of a resource. */
export interface CallContext {
  readonly signal: AbortSignal | undefined;
  readonly ticket: LaneTicket;
}

export function callContext(options: CallOptions = {}): CallContext {
  return { signal: options.signal, ticket: { lane: options.lane ?? 'interactive' } };
}
