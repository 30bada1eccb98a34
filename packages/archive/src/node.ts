export { DiskBlobStore } from './blob/disk-blob-store.js';
export { SqliteStore } from './store/sqlite/sqlite-store.js';
