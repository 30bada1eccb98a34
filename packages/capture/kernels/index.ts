export { reserve, release } from './arena';
export { toGray } from './gray';
