export type * from './certificate.js';
export { parseCertificate } from './parse-certificate.js';
export { parseCrl } from './crl.js';
export { buildOcspRequest } from './ocsp-request.js';
export { parseOcspResponse } from './ocsp-response.js';
export { buildPath, type PathPurpose, type PathRequest } from './build-path.js';
export type { PathProblemId, PathResult } from './path-result.js';
export { checkRevocation, type RevocationRequest, type RevocationStatus } from './revocation.js';
