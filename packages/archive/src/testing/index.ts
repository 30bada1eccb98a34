export { blobContract } from './blob-contract.js';
export type { ContractCase } from './contract.js';
export { fakePages } from './fake-pages.js';
export { faultyStore, faultyTransport, type StoreFault, type TransportFault } from './faults.js';
export { auditor, cardiologist, clerk, neurologist, patientLin, system, user } from './people.js';
export { admit, brainStay, heartStay, type SampleDocument, type SampleStay } from './sample-hospital.js';
export { storeContract } from './store-contract.js';
export {
  TestArchive,
  type TestAnswer,
  type TestArchiveOptions,
  type TestRequest,
  type TestUser,
} from './test-archive.js';
