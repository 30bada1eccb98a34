export * from './ports.js';
export type { CallOptions } from './bounded-call.js';
export { fixedTrustStore } from './fixed-trust-store.js';
export { hostRevocation } from './host-revocation.js';
export { httpTimestampAuthority, type HttpTimestampAuthorityOptions } from './http-timestamp-authority.js';
export { networkRevocation, type NetworkRevocationOptions } from './network-revocation.js';
