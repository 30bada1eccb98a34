export { parseSm2Ciphertext, type Sm2Ciphertext } from './ciphertext.js';
export { sm2DefaultUserId, sm2Digest, sm2DigestHasher, sm2Z, type Sm2Identity } from './digest.js';
export { sm2PointOfSpki, sm2SpkiOfPoint } from './public-key.js';
export { sm2PublicKey, sm2Sign, sm2SignDigest, type Sm2SigningKey } from './sign.js';
export { sm2Verify, sm2VerifyDigest, sm2VerifySpki } from './verify.js';
