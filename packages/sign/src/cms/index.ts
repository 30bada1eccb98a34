export type { CmsFinding, CmsFindingId, SignedData, SignerInfo } from './signed-data.js';
export { parseSignedData } from './parse-signed-data.js';
export { buildSignedAttributes } from './build-attributes.js';
export { buildSignedData, withSignatureTimestamp, type BuildSignedDataOptions } from './build-signed-data.js';
export { checkSignerInfo, type SignerCheck, type SignerCheckRequest } from './check-signer.js';
export { buildTimestampRequest, parseTimestampResponse, type TimestampResponse } from './timestamp-exchange.js';
export {
  checkTimestampToken,
  parseTimestampToken,
  type TimestampCheck,
  type TimestampToken,
} from './timestamp-token.js';
export { signatureAlgorithmFor } from './signature-algorithm.js';
