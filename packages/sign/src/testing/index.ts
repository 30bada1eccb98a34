export * from '../element/signature-pad/testing/index.js';
export { sampleReports } from './sample-report.js';
export { CscSimulator, type CscSimulatorOptions } from './csc-simulator.js';
export type { CscSimulatedAuthorization } from './csc-credential-info.js';
export { UkeySimulator, type SimulatedUkey } from './ukey-simulator.js';
export type { UkeyEventServer } from './ukey-event-server.js';
export { simulatorFetch, type ServiceSimulator, type SimulatedKey } from './signer-simulator.js';
export { openSoftwareKey, type SoftwareKey } from './signer-software-key.js';
export { signerSuite, type SignerFixture } from './signer-suite.js';
