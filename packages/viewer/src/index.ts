export * from './source/page-source.js';
export { AnjuanViewer } from './viewer/anjuan-viewer.js';
export * from './viewer/viewer-events.js';
export { AnjuanSearchCompletedEvent } from './search/search-event.js';
export { defaultViewerKeymap, type ViewerCommand, type ViewerKeymap } from './viewer/viewer-keymap.js';
export type { ViewerSource } from './viewer/viewer-attributes.js';
export type { ViewerState } from './viewer/viewer-state.js';
export type { ZoomTarget } from './viewer/zoom.js';
export { AnjuanRecordChosenEvent, AnjuanSearchBox } from './search-box/anjuan-search-box.js';
