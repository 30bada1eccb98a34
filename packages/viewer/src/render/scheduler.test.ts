import { AnjuanError } from '@anjuan/core';
import { expect } from 'chai';
import { RenderScheduler, type RenderJob, type RenderLane } from './scheduler.js';

/** A job that waits until it is let go, or aborted. */
function job(
  key: string,
  lane: RenderLane,
  log: string[],
  kind: RenderJob['kind'] = 'network',
): RenderJob & { finish(): void } {
  let finish: () => void = () => undefined;
  return {
    key,
    lane,
    kind,
    finish: () => finish(),
    run: (signal) =>
      new Promise((resolve, reject) => {
        log.push(key);
        finish = resolve;
        signal.addEventListener('abort', () => {
          log.push(`-${key}`);
          reject(new AnjuanError('aborted'));
        });
      }),
  };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('render scheduler', () => {
  it('starts visible pages first, one by one, then others, and leaves room', async () => {
    const log: string[] = [];
    const scheduler = new RenderScheduler();
    const jobs = [
      ...Array.from({ length: 9 }, (_, index) => job(`a${index}`, 'ahead', log)),
      ...Array.from({ length: 3 }, (_, index) => job(`v${index}`, 'visible', log)),
    ];
    scheduler.setWanted(jobs);
    expect(log).deep.equal(['v0']);
    for (const { lane, finish } of jobs) if (lane === 'visible') await settled().then(finish);
    await settled();
    expect(log.slice(0, 3)).deep.equal(['v0', 'v1', 'v2']);
    expect(log.slice(3)).deep.equal(['a0', 'a1', 'a2', 'a3']);
    scheduler.dispose();
  });

  it('aborts what is no longer wanted and runs it again when it is wanted anew', async () => {
    const log: string[] = [];
    const scheduler = new RenderScheduler();
    scheduler.setWanted([job('x', 'ahead', log), job('y', 'ahead', log)]);
    scheduler.setWanted([job('y', 'ahead', log)]);
    scheduler.setWanted([job('x', 'ahead', log), job('y', 'ahead', log)]);
    await settled();
    expect(log).deep.equal(['x', 'y', '-x', 'x']);
    scheduler.dispose();
  });

  it('does not run a finished job twice', async () => {
    const log: string[] = [];
    const scheduler = new RenderScheduler();
    const first = job('x', 'visible', log);
    scheduler.setWanted([first]);
    scheduler.setWanted([job('x', 'visible', log)]);
    first.finish();
    await settled();
    expect(log).deep.equal(['x']);
    expect(scheduler.runningKeys).deep.equal([]);
  });

  it('draws at most two pages at once on the main thread, one when it is only ahead', async () => {
    const log: string[] = [];
    const scheduler = new RenderScheduler();
    scheduler.setWanted(['a', 'b', 'c'].map((key) => job(key, 'visible', log, 'cpu')));
    expect(log).deep.equal(['a']);
    // The second starts when the first has had its head start.
    while (log.length < 2) await settled();
    expect(log).deep.equal(['a', 'b']);
    scheduler.dispose();
    const other = new RenderScheduler();
    const later: string[] = [];
    other.setWanted(['a', 'b', 'c'].map((key) => job(key, 'ahead', later, 'cpu')));
    expect(later).deep.equal(['a']);
    other.dispose();
  });

  it('ends requests with aborted, by signal and by dispose', async () => {
    const log: string[] = [];
    const scheduler = new RenderScheduler();
    const controller = new AbortController();
    const one = scheduler.request(job('t', 'thumbnail', log), controller.signal).catch((error: unknown) => error);
    const two = scheduler
      .request(job('u', 'thumbnail', log), new AbortController().signal)
      .catch((error: unknown) => error);
    controller.abort();
    expect(AnjuanError.is(await one, 'aborted')).equal(true);
    scheduler.dispose();
    expect(AnjuanError.is(await two, 'aborted')).equal(true);
    expect(log).include('-t');
  });
});
