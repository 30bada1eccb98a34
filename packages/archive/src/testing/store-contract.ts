import type { Store } from '../store/store.js';
import type { ContractCase } from './contract.js';
import { storeSearchCases } from './store-search-cases.js';
import { storeWriteCases } from './store-write-cases.js';

/** Run every case against a fresh, empty store. */
export const storeContract: readonly ContractCase<Store>[] = [...storeWriteCases, ...storeSearchCases];
