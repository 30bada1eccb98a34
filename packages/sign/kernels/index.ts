export { reserve, release } from './arena';
