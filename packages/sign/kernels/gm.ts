export { reserve, release } from './arena';
export { sm3Blocks } from './sm3';
export {
  setInfinity,
  sm2AddMultiple,
  sm2AddOnce,
  sm2AddSecretMultiple,
  sm2HasX,
  sm2Table,
  sm2TableBytes,
  sm2TableScratchBytes,
  sm2ToAffine,
} from './sm2';
