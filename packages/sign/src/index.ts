export * from './bytes/byte-source.js';
export * from './crypto/algorithms.js';
export * from './signers/index.js';
export * from './trust/index.js';
export * from './appearance/index.js';
export * from './ink/index.js';
export * from './verify/report.js';
export * from './verify/index.js';
export * from './verify/page-renderer.js';
export { isSignErrorCode, signError } from './errors/sign-codes.js';
export { signErrorParts } from './errors/sign-error-texts.js';
export * from './signing/index.js';
export { AnjuanSignaturePad } from './element/signature-pad/anjuan-signature-pad.js';
export type { AlternativesPolicy, SignatureAlternative, SignatureStamp } from './element/signature-pad/alternatives.js';
export * from './element/signature-pad/signature-pad-events.js';
export {
  verdictOf,
  watchSignatures,
  type RecordVerifier,
  type RecordVerifierOptions,
  type VerifiedDocument,
} from './record/record-verifier.js';
export {
  openSigningDesk,
  type DeskCheck,
  type SignedFile,
  type SigningDesk,
  type SigningDeskOptions,
} from './worker/open-signing-desk.js';
export type { DeskSetup } from './worker/desk-ports.js';
export type { ServiceAddress } from './worker/protocol.js';
export { AnjuanSignatureReport } from './element/signature-report/anjuan-signature-report.js';
export * from './element/signature-report/signature-report-events.js';
export { signatureReportMessages } from './element/signature-report/locales/signature-report.js';
export * from './tablets/index.js';
