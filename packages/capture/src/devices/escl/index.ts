export { createEsclSource, type EsclScanner, type EsclSourceOptions } from './escl-source.js';
export type { EsclSettings } from './scan-settings.js';
