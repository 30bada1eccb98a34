export * from './ports.js';
export type { CallOptions } from './bounded-call.js';
export { fixedTrustStore } from './fixed-trust-store.js';
export { hostRevocation } from './host-revocation.js';
export { httpTimestampAuthority } from './http-timestamp-authority.js';
export type { HttpTimestampAuthorityOptions } from './timestamp-exchange.js';
export { networkRevocation } from './network-revocation.js';
export type { NetworkRevocationOptions } from './ask-revocation.js';
