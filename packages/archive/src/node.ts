export { DiskBlobStore } from './blob/disk-blob-store.js';
export { ingestFolder, type IngestOptions } from './ingest/ingest-folder.js';
export type { IngestEvent, IngestSummary } from './ingest/progress.js';
export { PagePool, type PagePoolOptions } from './pages/page-pool.js';
export { devLogin, signDevToken } from './server/dev-login.js';
export { createHttpApp, type HttpAppOptions, type StaticSite } from './server/http-app.js';
export { openHouse, type House } from './server/open-house.js';
export { listen, type Listening, type ListenOptions } from './server/listen.js';
export { SqliteStore } from './store/sqlite/sqlite-store.js';
