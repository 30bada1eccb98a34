import { fromWire, toWire } from '@anjuan/core/worker';
import type { PageImage } from '../recipe/types.js';
import type { PipelineWorker } from './protocol.js';
import { pipelineFailed } from './pipeline-failed.js';

type Transfer = <T extends object>(value: T, list: Transferable[]) => T;

/** The service as other threads see it: buffers move instead of being copied, and errors keep their code. */
export function exposedService(service: Promise<PipelineWorker>, transfer: Transfer): PipelineWorker {
  const run = async <T>(work: (worker: PipelineWorker) => Promise<T>): Promise<T> => {
    try {
      return await work(await service);
    } catch (error) {
      throw toWire(error, pipelineFailed);
    }
  };
  return {
    backend: () => run((worker) => worker.backend()),
    analyseFrame: (frame, options) => run((worker) => worker.analyseFrame(frame, options)),
    calibrateMat: (frame) => run((worker) => worker.calibrateMat(frame)),
    encodeMaster: (picture) => run((worker) => worker.encodeMaster(picture)),
    findPages: (master, options) => run((worker) => worker.findPages(master, options)),
    process: (master, options) =>
      run(async (worker) => {
        const page = await worker.process(master, options);
        return transfer(page, buffersOf(page.image));
      }),
    compare: (page, earlier) => run((worker) => worker.compare(page, earlier)),
    assemble: (request) =>
      run(async (worker) => {
        const bytes = await worker.assemble(request);
        return transfer(bytes, [bytes.buffer as ArrayBuffer]);
      }),
    readBarcodes: (picture, how) => run((worker) => worker.readBarcodes(picture, how)),
    importFile: (file, options, onPage) =>
      run((worker) =>
        worker.importFile(file, options, async (page) => {
          try {
            await onPage(page);
          } catch (error) {
            throw fromWire(error, pipelineFailed);
          }
        }),
      ),
  };
}

function buffersOf(image: PageImage): Transferable[] {
  const parts =
    image.codec === 'mrc'
      ? [image.stencil, image.background.data, ...image.inks.map(({ stencil }) => stencil)]
      : [image.data];
  return [...new Set(parts.map(({ buffer }) => buffer as ArrayBuffer))];
}
