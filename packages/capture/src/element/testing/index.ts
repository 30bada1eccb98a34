export { drawnDesk, drawnPage } from './drawn-pages.js';
export { MemoryOutbox } from './memory-outbox.js';
export { MemoryParts } from './memory-parts.js';
export { MemoryStore } from './memory-store.js';
export { StubPipeline } from './stub-pipeline.js';
export { StubSource } from './stub-source.js';
