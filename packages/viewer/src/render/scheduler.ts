import { AnjuanError, Scope, type Lane } from '@anjuan/core';

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
  readonly startedMs: number;
}

interface Requested {
  readonly job: RenderJob;
  readonly signal: AbortSignal;
  readonly settle: (error?: unknown) => void;
}

/** At most so many at once; nothing below `visible` runs while a visible page waits. */
const LIMITS = { total: 6, cpu: 2 } as const;
/** The page that matters most has the line and the processor to itself for so long. */
const HEAD_START_MS = 60;

/** Runs what is wanted now, in lane order, and aborts what is no longer wanted. */
export class RenderScheduler {
  readonly #scope = new Scope();
  #wanted: readonly RenderJob[] = [];
  #cancelWait: () => void = () => undefined;
  readonly #requests: Requested[] = [];
  readonly #running = new Map<string, Running>();
  #disposed = false;

  /** Jobs under way, for tests and diagnostics. */
  get runningKeys(): readonly string[] {
    return [...this.#running.keys()];
  }

  /** True while a page in the view has no picture as sharp as wanted. */
  get waitsForVisible(): boolean {
    const visible = (job: RenderJob): boolean => job.lane === 'visible';
    return this.#wanted.some(visible) || [...this.#running.values()].some(({ job }) => visible(job));
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
    this.#scope.dispose();
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
    const startedMs = performance.now();
    this.#running.set(job.key, { job, controller, requested: request !== undefined, startedMs });
    if (job.lane === 'visible') this.#pumpAfterHeadStart();
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
    if (job.lane === 'visible') {
      const now = performance.now();
      return running.some((other) => other.job.lane === 'visible' && now - other.startedMs < HEAD_START_MS);
    }
    if (this.waitsForVisible) return true;
    // One slot of each kind stays free for a page that comes into view.
    return running.length >= (job.kind === 'cpu' ? 1 : LIMITS.total - 2);
  }

  #pumpAfterHeadStart(): void {
    this.#cancelWait();
    this.#cancelWait = this.#scope.timeout(() => this.#pump(), HEAD_START_MS + 1);
  }
}

/** The transport's lane for a render lane. */
export function transportLane(lane: RenderLane): Lane {
  return lane === 'visible' ? 'interactive' : lane === 'ahead' ? 'ahead' : 'background';
}
