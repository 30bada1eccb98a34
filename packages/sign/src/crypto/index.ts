export * from './algorithms.js';
export { openCryptoEngine } from './engine.js';
export { ecdsaToDer, ecdsaToRaw } from './ecdsa-value.js';
export { hashOids, hashOfOid, signatureAlgorithmOf, writeSignatureAlgorithm } from './algorithm-ids.js';
