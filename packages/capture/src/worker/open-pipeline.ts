import { proxy, transfer } from 'comlink';
import type { Scope } from '@anjuan/core';
import { trustedScriptUrl } from '@anjuan/core/element';
import { WorkerHost, toWire } from '@anjuan/core/worker';
import { LatestOnly } from './latest-only.js';
import type { PipelineWorker } from './protocol.js';
import { pipelineFailed } from './pipeline-failed.js';

/** Image work off the main thread. Calls never block it; errors are AnjuanErrors. */
export type Pipeline = PipelineWorker;

/** Where the worker is and how long it lives. */
export interface PipelineOptions {
  /** Folder of the product's assets; the worker is `capture/pipeline.worker.js` in it. */
  readonly assetsUrl: string;
  /** The worker ends with this scope; calls under way then end with `aborted`. */
  readonly scope: Scope;
}

/**
 * Starts the image worker. It is started anew after a crash; the call under way then fails with `pipeline-failed`.
 * Of preview frames only the latest waits: an older waiting one ends with `aborted`.
 * Errors: `worker-blocked` (CSP, wrong assetsUrl, missing file), `aborted`.
 */
export async function openPipeline(options: PipelineOptions): Promise<Pipeline> {
  const host = new WorkerHost<PipelineWorker>({
    url: () => trustedScriptUrl(options.assetsUrl, 'capture/pipeline.worker.js'),
    name: 'anjuan-capture',
    scope: options.scope,
    ping: (worker) => worker.backend(),
    failed: pipelineFailed,
  });
  await host.start();
  const frames = new LatestOnly();
  return {
    backend: () => host.call((worker) => worker.backend()),
    analyseFrame: (frame, how) =>
      frames.run(
        () => host.call((worker) => worker.analyseFrame(transfer(frame, [frame]), how)),
        () => frame.close(),
      ),
    calibrateMat: (frame) => host.call((worker) => worker.calibrateMat(transfer(frame, [frame]))),
    encodeMaster: (picture) => host.call((worker) => worker.encodeMaster(transfer(picture, [picture]))),
    findPages: (master, how) => host.call((worker) => worker.findPages(master, how)),
    process: (master, how) => host.call((worker) => worker.process(master, how)),
    compare: (page, earlier) => host.call((worker) => worker.compare(page, earlier)),
    assemble: (request) => host.call((worker) => worker.assemble(request)),
    readBarcodes: (picture, how) => host.call((worker) => worker.readBarcodes(picture, how)),
    importFile: (file, how, onPage) => {
      const page = proxy(async (imported: Parameters<typeof onPage>[0]) => {
        host.heard();
        try {
          await onPage(imported);
        } catch (error) {
          throw toWire(error, pipelineFailed);
        } finally {
          host.heard();
        }
      });
      return host.call((worker) => worker.importFile(file, how, page));
    },
  };
}
