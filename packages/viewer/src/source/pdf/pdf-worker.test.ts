import { AnjuanError } from '@anjuan/core';
import { expect } from 'chai';
import { TEST_ASSETS_URL } from '../../testing/viewport-harness.js';
import { acquirePdfRuntime } from './pdf-worker.js';
import { trustedScriptUrl } from '@anjuan/core/element';

async function codeOf(runtime: Promise<unknown>): Promise<string> {
  const error = await runtime.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return AnjuanError.is(error) ? error.code : 'started';
}

describe('pdf worker', () => {
  const RealWorker = globalThis.Worker;
  afterEach(() => (globalThis.Worker = RealWorker));

  it('is shared, and ends with its last user', async () => {
    let live = 0;
    globalThis.Worker = class extends RealWorker {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        super(...args);
        live += 1;
      }
      override terminate(): void {
        live -= 1;
        super.terminate();
      }
    };
    const [one, two] = [acquirePdfRuntime(TEST_ASSETS_URL), acquirePdfRuntime(TEST_ASSETS_URL)];
    expect(await one.runtime).equal(await two.runtime);
    expect(live).equal(1);
    one.release();
    one.release();
    expect(live).equal(1);
    two.release();
    expect(live).equal(0);
  });

  it('says worker-blocked when the page may not start workers', async () => {
    globalThis.Worker = class {
      constructor() {
        throw new DOMException('refused by policy', 'SecurityError');
      }
    } as unknown as typeof Worker;
    const { runtime, release } = acquirePdfRuntime(TEST_ASSETS_URL);
    expect(await codeOf(runtime)).equal('worker-blocked');
    release();
  });

  it('says worker-blocked when the script is there but does not run, and starts anew for the next user', async () => {
    globalThis.Worker = class extends EventTarget {
      constructor() {
        super();
        queueMicrotask(() => this.dispatchEvent(new Event('error', { cancelable: true })));
      }
      terminate(): void {
        // Nothing runs.
      }
    } as unknown as typeof Worker;
    const first = acquirePdfRuntime(TEST_ASSETS_URL);
    expect(await codeOf(first.runtime)).equal('worker-blocked');
    first.release();
    globalThis.Worker = RealWorker;
    const second = acquirePdfRuntime(TEST_ASSETS_URL);
    expect(await codeOf(second.runtime)).equal('started');
    second.release();
  });

  it('ends with aborted when the last user leaves during the start', async () => {
    const { runtime, release } = acquirePdfRuntime(TEST_ASSETS_URL);
    release();
    expect(await codeOf(runtime)).equal('aborted');
  });

  it('admits scripts below the assets folder only', () => {
    expect(String(trustedScriptUrl('/assets', 'pdfjs/pdf.worker.min.mjs'))).match(
      /\/assets\/pdfjs\/pdf\.worker\.min\.mjs$/,
    );
    for (const path of [
      '../evil.mjs',
      'https://elsewhere.invalid/x.mjs',
      '//elsewhere.invalid/x.mjs',
      'data:text/javascript,1',
    ]) {
      expect(() => trustedScriptUrl('/assets/', path)).throw('worker');
    }
  });
});
