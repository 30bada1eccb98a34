export { sm4CbcDecrypt, sm4CbcEncrypt, type Sm4CbcOptions } from './sm4-cbc.js';
export { sm4GcmDecrypt, sm4GcmEncrypt, type Sm4GcmOptions } from './sm4-gcm.js';
