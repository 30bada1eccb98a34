import { Scope } from '@anjuan/core';
import { autoCaptureStart, stepAutoCapture } from '../../../packages/capture/src/auto-capture/index.js';
import { createCameraSource } from '../../../packages/capture/src/devices/camera/index.js';
import { openPipeline, type Pipeline } from '../../../packages/capture/src/worker/open-pipeline.js';

/** One picture that auto-capture took. */
export interface Shot {
  /** Of the processed page. */
  readonly differenceHash: string;
  /** From the decision to the encoded master, when the next page may come. */
  readonly readyMs: number;
}

export interface OperatorBench {
  /** Watches the camera for a time and takes what auto-capture tells it to. */
  run(durationMs: number): Promise<readonly Shot[]>;
  /** Hashes of pages as they are. */
  hashes(urls: readonly string[]): Promise<readonly string[]>;
}

declare global {
  var operatorBench: OperatorBench;
}

const scope = new Scope();
const opened = openPipeline({ assetsUrl: '/assets/', scope });

async function hashOf(pipeline: Pipeline, master: Blob, recipe: { quad?: 'whole' }): Promise<string> {
  const page = await pipeline.process(master, {
    recipe: { colour: 'gray', rotationDeg: 0, ...recipe },
    mode: 'free-hand',
  });
  return page.differenceHash;
}

globalThis.operatorBench = {
  run: async (durationMs) => {
    const pipeline = await opened;
    const source = createCameraSource();
    const [device] = await source.list();
    if (!device) throw new Error('no camera');
    const session = await source.open(device.deviceId);
    if (session.preview.kind !== 'media-stream') throw new Error('no preview');
    const video = document.createElement('video');
    video.muted = true;
    video.srcObject = session.preview.stream;
    await video.play();
    const masters: { master: Blob; readyMs: number }[] = [];
    let memory = autoCaptureStart;
    for (const end = performance.now() + durationMs; performance.now() < end;) {
      await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
      const analysis = await pipeline.analyseFrame(await createImageBitmap(video), { mode: 'free-hand' });
      memory = stepAutoCapture(memory, analysis, performance.now());
      if (memory.state.status !== 'shoot') continue;
      const from = performance.now();
      for await (const picture of session.capture()) {
        const master = picture.kind === 'bytes' ? picture.bytes : await pipeline.encodeMaster(picture.bitmap);
        masters.push({ master, readyMs: performance.now() - from });
      }
    }
    session.close();
    const shots: Shot[] = [];
    for (const { master, readyMs } of masters) {
      shots.push({ differenceHash: await hashOf(pipeline, master, {}), readyMs });
    }
    return shots;
  },
  hashes: async (urls) => {
    const pipeline = await opened;
    const hashes: string[] = [];
    for (const url of urls) hashes.push(await hashOf(pipeline, await (await fetch(url)).blob(), { quad: 'whole' }));
    return hashes;
  },
};
