export { reserve, release } from './arena';
export { toGray } from './gray';
export { jbig2Generic } from './jbig2';
