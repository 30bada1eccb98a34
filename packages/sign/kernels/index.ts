export { reserve, release } from './arena';
export { sha256Blocks } from './sha256';
