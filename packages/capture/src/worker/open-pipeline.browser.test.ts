import { AnjuanError, Scope } from '@anjuan/core';
import { expect } from 'chai';
import { openPipeline, type Pipeline } from './open-pipeline.js';
import { PipelineService } from './pipeline-service.js';
import { drawDesk, drawPage } from './testing/draw-page.js';

const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'done',
    (error: unknown) => (AnjuanError.is(error) ? error.code : String(error)),
  );

describe('image worker', () => {
  const RealWorker = globalThis.Worker;
  const workers: Worker[] = [];
  let scope: Scope;
  let pipeline: Pipeline;
  let master: Blob;

  before(async () => {
    globalThis.Worker = class extends RealWorker {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        super(...args);
        workers.push(this);
      }
    };
    scope = new Scope();
    pipeline = await openPipeline({ assetsUrl: '/assets/', scope });
    master = await pipeline.encodeMaster(await createImageBitmap(drawPage({ widthPx: 620, heightPx: 877 })));
  });
  after(() => {
    scope.dispose();
    globalThis.Worker = RealWorker;
  });

  it('works with WebAssembly and makes a JPEG of the whole picture', async () => {
    expect(await pipeline.backend()).equal('wasm');
    expect(master.type).equal('image/jpeg');
    const picture = await createImageBitmap(master);
    expect([picture.width, picture.height]).deep.equal([620, 877]);
  });

  it('gives a page with its size on paper, a thumbnail and a full recipe; the same recipe gives the same bytes', async () => {
    const first = await pipeline.process(master, { recipe: { colour: 'colour', quad: 'whole' }, mode: 'free-hand' });
    expect(first.image.codec).equal('jpeg');
    expect([first.widthPt, first.heightPt].map(Math.round)).deep.equal([595, 842]);
    const thumbnail = await createImageBitmap(first.thumbnail);
    expect(Math.max(thumbnail.width, thumbnail.height)).most(320);
    const again = await pipeline.process(master, { recipe: first.recipe, mode: 'free-hand' });
    expect(again).deep.equal(first);
  });

  it('gives the same black-and-white bytes without WebAssembly', async () => {
    const options = { recipe: { colour: 'bilevel', quad: 'whole' }, mode: 'free-hand' } as const;
    const compiled = await pipeline.process(master, options);
    const script = await new PipelineService({ kernels: { kind: 'script' }, assetsUrl: '/assets/' }).process(
      master,
      options,
    );
    expect(compiled.image).deep.equal(script.image);
    expect(compiled.operations).deep.equal(script.operations);
    expect(compiled.quality).deep.equal(script.quality);
  });

  it('says image-malformed for a broken file', async () => {
    const options = { recipe: { colour: 'colour' }, mode: 'free-hand' } as const;
    const broken = new Blob([await master.slice(0, 900).arrayBuffer()]);
    expect(await codeOf(pipeline.process(broken, options))).equal('image-malformed');
    expect(await codeOf(pipeline.process(new Blob(['no picture']), options))).equal('image-malformed');
  });

  it('says image-too-large by the header, before anything is decoded', async () => {
    const bytes = new Uint8Array(await master.arrayBuffer());
    const at = bytes.findIndex((byte, i) => byte === 0xff && bytes[i + 1] === 0xc0);
    new DataView(bytes.buffer).setUint16(at + 5, 8000);
    new DataView(bytes.buffer).setUint16(at + 7, 6400);
    const options = { recipe: { colour: 'colour' }, mode: 'free-hand' } as const;
    expect(await codeOf(pipeline.process(new Blob([bytes]), options))).equal('image-too-large');
  });

  it('sees the page in a preview frame, what moved and how sharp it is', async () => {
    const frame = (x: number) => createImageBitmap(drawDesk({ widthPx: 1280, heightPx: 720, x }));
    await pipeline.analyseFrame(await frame(500), { mode: 'free-hand' });
    const still = await pipeline.analyseFrame(await frame(500), { mode: 'free-hand' });
    const moved = await pipeline.analyseFrame(await frame(640), { mode: 'free-hand' });
    expect(still.pages.length).equal(1);
    expect(still.pages[0]?.quad[0].x).closeTo(500 / 1280, 0.01);
    expect([still.motion, still.sharpness > 0.3, still.brightness > 40]).deep.equal([0, true, true]);
    expect(moved.motion).above(2);
    expect(moved.differenceHash).not.equal(still.differenceHash);
  });

  it('finds several papers against the calibrated desk, and both halves of a book', async () => {
    await pipeline.calibrateMat(await createImageBitmap(drawDesk({ widthPx: 1280, heightPx: 720 })));
    const shot = await pipeline.encodeMaster(
      await createImageBitmap(drawDesk({ widthPx: 1280, heightPx: 720, x: 100, second: 700 })),
    );
    const papers = await pipeline.findPages(shot, { mode: 'mat', layout: 'many' });
    expect(papers.map(([corner]) => Math.round(corner.x / 10) * 10).sort((a, b) => a - b)).deep.equal([100, 700]);
    const spread = await pipeline.encodeMaster(await createImageBitmap(drawPage({ widthPx: 1240, heightPx: 877 })));
    const halves = await pipeline.findPages(spread, { mode: 'free-hand', layout: 'book' });
    expect(halves.length).equal(2);
    expect((await pipeline.findPages(master, { mode: 'free-hand', layout: 'book' })).length).equal(1);
    expect(halves[0]?.[1]).deep.equal(halves[1]?.[0]);
  });

  it('works on a very large master made smaller; places stay those of the master', async () => {
    const size = { widthPx: 4000, heightPx: 5656 };
    const large = await pipeline.encodeMaster(await createImageBitmap(drawPage(size)));
    const page = await pipeline.process(large, { recipe: { colour: 'bilevel', quad: 'whole' }, mode: 'free-hand' });
    const [warp] = page.operations;
    expect(warp?.kind === 'warp' && warp.quad[2].x).closeTo(4000, 2);
    expect(warp?.kind === 'warp' && warp.quad[2].y).closeTo(5656, 2);
    expect([page.dpi, page.image.widthPx, page.image.heightPx]).deep.equal([300, 2480, 3508]);
  });

  it('imports a picture file and reads barcodes, each by a part that is loaded then', async () => {
    const pages: Blob[] = [];
    const count = await pipeline.importFile(master, { maxPages: 3 }, async ({ bytes }) => void pages.push(bytes));
    expect([count, pages[0]?.size]).deep.equal([1, master.size]);
    const refused = pipeline.importFile(master, { maxPages: 3 }, () => Promise.reject(new AnjuanError('aborted')));
    expect(await codeOf(refused)).equal('aborted');
    expect(await pipeline.readBarcodes(master)).deep.equal([]);
  });

  it('assembles a page to a PDF', async () => {
    const { image, widthPt, heightPt } = await pipeline.process(master, {
      recipe: { colour: 'seal' },
      mode: 'free-hand',
    });
    const pdf = await pipeline.assemble({
      title: 'test',
      createdOn: '2026-01-02T03:04:05+08:00',
      documentId: '7d3a52a5-6d2c-4a35-9f50-5c0a6f4f3c11',
      pages: [{ image, widthPt, heightPt }],
    });
    expect(new TextDecoder().decode(pdf.subarray(0, 5))).equal('%PDF-');
  });

  it('of waiting preview frames keeps the latest', async () => {
    const frames = await Promise.all([1, 2, 3].map(() => createImageBitmap(drawPage({ widthPx: 640, heightPx: 480 }))));
    const codes = await Promise.all(frames.map((frame) => codeOf(pipeline.analyseFrame(frame, { mode: 'free-hand' }))));
    expect(codes).deep.equal(['done', 'aborted', 'done']);
    expect(frames.map(({ width }) => width)).deep.equal([0, 0, 0]);
  });

  it('after a crash fails the call under way and starts a new worker for the next', async () => {
    const count = workers.length;
    const running = codeOf(pipeline.process(master, { recipe: { colour: 'colour' }, mode: 'free-hand' }));
    await pipeline.backend();
    workers.at(-1)?.dispatchEvent(new ErrorEvent('error', { cancelable: true }));
    expect(await running).equal('pipeline-failed');
    expect(await pipeline.backend()).equal('wasm');
    expect(workers.length).equal(count + 1);
  });

  it('ends with its scope: the call under way with aborted, later ones too', async () => {
    const ending = new Scope();
    const short = await openPipeline({ assetsUrl: '/assets/', scope: ending });
    const running = codeOf(short.process(master, { recipe: { colour: 'colour' }, mode: 'free-hand' }));
    await short.backend();
    ending.dispose();
    expect([await running, await codeOf(short.backend())]).deep.equal(['aborted', 'aborted']);
  });

  it('says worker-blocked when the file is missing or workers are forbidden', async () => {
    const ending = new Scope();
    expect(await codeOf(openPipeline({ assetsUrl: '/nowhere/', scope: ending }))).equal('worker-blocked');
    const Recording = globalThis.Worker;
    globalThis.Worker = class {
      constructor() {
        throw new DOMException('refused by policy', 'SecurityError');
      }
    } as unknown as typeof Worker;
    expect(await codeOf(openPipeline({ assetsUrl: '/assets/', scope: ending }))).equal('worker-blocked');
    globalThis.Worker = Recording;
    ending.dispose();
  });
});
