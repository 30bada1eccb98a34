export * from './algorithms.js';
export { openCryptoEngine, type CryptoEngineOptions } from './engine.js';
export { ecdsaToDer, ecdsaToRaw } from './ecdsa-value.js';
export { hashOids, hashOfOid, signatureAlgorithmOf, writeSignatureAlgorithm } from './algorithm-ids.js';
