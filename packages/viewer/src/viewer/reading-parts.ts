// What only an open record needs. Loaded by load-reading-parts.ts, so that the first tag is on screen without it.
export { helpDialog } from '../help/help-dialog.js';
export { SourcePool } from '../render/source-pool.js';
export { searchInFiles, textsOfFiles } from '../search/search-in-files.js';
export { searchView } from '../search/search-view.js';
export { thumbnailsView } from '../sidebar/thumbnails-view.js';
export { treeView } from '../sidebar/tree-view.js';
export { RecordViewport } from '../viewport/record-viewport.js';
export { overview } from './overview.js';
export { overviewHits } from './overview-model.js';
export { readingStyles } from './reading.styles.js';
export { RotationMemory } from './rotation-memory.js';
export { prepareSources, sourcesFor } from './sources-for.js';
export { ViewerTemplates } from './viewport-templates.js';
