import { AnjuanError, type Lane } from '@anjuan/core';

/** Order of service. `visible`: a person looks at an empty place; `ahead`: next in scroll direction. */
export const RENDER_LANES = ['visible', 'ahead', 'thumbnail', 'prefetch'] as const;
export type RenderLane = (typeof RENDER_LANES)[number];

export interface RenderJob {
  /** Same key, same work: a job under way is not started again. */
  readonly key: string;
  readonly lane: RenderLane;
  /** `cpu` work draws on the main thread or in the one PDF worker, `network` work mostly waits. */
  readonly kind: 'network' | 'cpu';
  /** Must settle soon after the signal fires, and handle its own errors. */
  run(signal: AbortSignal): Promise<void>;
}

interface Running {
  readonly job: RenderJob;
  readonly controller: AbortController;
  readonly requested: boolean;
}

interface Requested {
  readonly job: RenderJob;
  readonly signal: AbortSignal;
  readonly settle: (error?: unknown) => void;
}

/** At most so many at once; lanes below `visible` leave room for it. */
const LIMITS = { total: 6, cpu: 2, background: 2 } as const;

/** Runs what is wanted now, in lane order, and aborts what is no longer wanted. */
export class RenderScheduler {
  #wanted: readonly RenderJob[] = [];
  readonly #requests: Requested[] = [];
  readonly #running = new Map<string, Running>();
  #disposed = false;

  /** Jobs under way, for tests and diagnostics. */
  get runningKeys(): readonly string[] {
    return [...this.#running.keys()];
  }

  /** Replaces the wish list, in order of importance within a lane. Jobs not on it any more are aborted. */
  setWanted(jobs: readonly RenderJob[]): void {
    if (this.#disposed) return;
    this.#wanted = jobs;
    const keys = new Set(jobs.map((job) => job.key));
    for (const [key, running] of this.#running) if (!running.requested && !keys.has(key)) running.controller.abort();
    this.#pump();
  }

  /** One job with its own life, for example a thumbnail of the side rail. Rejects `aborted` when the signal fires. */
  request(job: RenderJob, signal: AbortSignal): Promise<void> {
    if (this.#disposed || signal.aborted) return Promise.reject(new AnjuanError('aborted'));
    return new Promise<void>((resolve, reject) => {
      const settle = (error?: unknown): void => {
        signal.removeEventListener('abort', abort);
        const index = this.#requests.indexOf(request);
        if (index >= 0) this.#requests.splice(index, 1);
        if (error === undefined) resolve();
        else reject(AnjuanError.from(error));
      };
      const abort = (): void => settle(new AnjuanError('aborted'));
      const request: Requested = { job, signal, settle };
      this.#requests.push(request);
      signal.addEventListener('abort', abort, { once: true });
      this.#pump();
    });
  }

  dispose(): void {
    this.#disposed = true;
    this.#wanted = [];
    for (const running of this.#running.values()) running.controller.abort();
    for (const request of [...this.#requests]) request.settle(new AnjuanError('aborted'));
  }

  #pump(): void {
    for (const lane of RENDER_LANES) {
      for (const job of this.#wanted) if (job.lane === lane) this.#tryStart(job);
      for (const request of [...this.#requests]) if (request.job.lane === lane) this.#tryStart(request.job, request);
    }
  }

  #tryStart(job: RenderJob, request?: Requested): void {
    if (this.#disposed || this.#running.has(job.key) || this.#full(job)) return;
    const controller = new AbortController();
    const abort = (): void => controller.abort();
    request?.signal.addEventListener('abort', abort, { once: true });
    this.#running.set(job.key, { job, controller, requested: request !== undefined });
    const done = (error?: unknown): void => {
      request?.signal.removeEventListener('abort', abort);
      this.#running.delete(job.key);
      // A finished job is not wanted again until the next list says so; an aborted one may be wanted anew already.
      const finished = !controller.signal.aborted && error === undefined;
      if (finished) this.#wanted = this.#wanted.filter((other) => other.key !== job.key);
      request?.settle(error);
      this.#pump();
    };
    job.run(controller.signal).then(
      () => done(),
      (error: unknown) => done(error ?? new AnjuanError('unexpected')),
    );
  }

  #full(job: RenderJob): boolean {
    const running = [...this.#running.values()];
    if (running.length >= LIMITS.total) return true;
    if (job.kind === 'cpu' && running.filter((other) => other.job.kind === 'cpu').length >= LIMITS.cpu) return true;
    if (job.lane === 'visible') return false;
    const background = running.filter((other) => other.job.lane !== 'visible').length;
    const busy = running.length > background || this.#wanted.some((other) => other.lane === 'visible');
    // One slot of each kind stays free for a page that comes into view.
    if (job.kind === 'cpu' && (busy || background >= 1)) return true;
    return background >= (busy ? LIMITS.background : LIMITS.total - 2);
  }
}

/** The transport's lane for a render lane. */
export function transportLane(lane: RenderLane): Lane {
  return lane === 'visible' ? 'interactive' : lane === 'ahead' ? 'ahead' : 'background';
}
