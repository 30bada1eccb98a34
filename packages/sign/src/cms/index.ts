export type { CmsFinding, CmsFindingId, SignedData } from './signed-data.js';
export { parseSignedData } from './parse-signed-data.js';
export { buildSignedAttributes } from './build-attributes.js';
export { buildSignedData, withSignatureTimestamp } from './build-signed-data.js';
export { checkSignerInfo, type SignerCheck } from './check-signer.js';
export { buildTimestampRequest, parseTimestampResponse } from './timestamp-exchange.js';
export {
  checkTimestampToken,
  parseTimestampToken,
  type TimestampCheck,
  type TimestampToken,
} from './timestamp-token.js';
export { signatureAlgorithmFor } from './signature-algorithm.js';
