export { createPtpSource, PTP, type PtpSourceOptions } from './ptp-source.js';
