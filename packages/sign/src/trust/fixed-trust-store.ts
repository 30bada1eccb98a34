import type { TrustStore } from './ports.js';

/** A trust store of given DER certificates. `seal` defaults to what is trusted for signatures. */
export function fixedTrustStore(anchors: {
  readonly signature: readonly Uint8Array[];
  readonly timestamp?: readonly Uint8Array[];
  readonly seal?: readonly Uint8Array[];
}): TrustStore {
  const { signature, timestamp = [], seal = signature } = anchors;
  const of = { signature, timestamp, seal };
  return { anchors: (purpose) => Promise.resolve(of[purpose]) };
}
