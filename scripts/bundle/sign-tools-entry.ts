// Every tool of signing, for pages without a build that sign, draw seals or drive tablets.
export * from '@anjuan/sign';
export { storeSignedVersion } from '@anjuan/core/outbox';
