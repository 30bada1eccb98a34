import type { PageTask, ResultOf } from '../worker/protocol.js';

/**
 * Who measures, reads and draws files: the thread pool on Node. Absent in a browser, where the archive serves only what an
 * ingest made before.
 */
export interface PageMaker {
  run<T extends PageTask>(
    task: T,
    options: {
      readonly read: () => Promise<Uint8Array>;
      readonly lane?: 'interactive' | 'background';
      /** Takes a task out of the queue; one that has begun goes on to its result. */
      readonly signal?: AbortSignal;
    },
  ): Promise<ResultOf<T>>;
}
