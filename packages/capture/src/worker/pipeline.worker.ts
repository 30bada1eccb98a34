import { expose, transfer } from 'comlink';
import { loadKernels } from '../kernels/kernels.js';
import { exposedService } from './exposed-service.js';
import { PipelineService } from './pipeline-service.js';

// The worker lies in `<assetsUrl>capture/`.
const assetsUrl = new URL('../', globalThis.location.href).href;
const service = loadKernels().then((kernels) => new PipelineService({ kernels, assetsUrl }));
expose(exposedService(service, transfer));
