export { reserve, release } from './arena';
export { toGray } from './gray';
export { jbig2Generic } from './jbig2';
export { warpRgba, warpGray } from './warp';
export { halveRgba, halveGray } from './clean-downscale';
export { flattenRgba, flattenGray } from './clean-flatten';
export { binarize } from './clean-binarize';
export { shrinkToPlanes, closeDark } from './detect-planes';
export { findEdges } from './detect-edges';
