export { verifyPdf } from './verify-pdf.js';
export { signedRevision } from './signed-revision.js';
export { lintBeforeSigning, type LintFinding } from './lint.js';
export type { VerifyOptions, VerifyPolicy } from './options.js';
export { checkIds, changeKinds, type CheckId } from './check-ids.js';
