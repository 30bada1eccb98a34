// Runs in the browser: a clerk who scans what the plan says, whatever goes wrong, through the real store, worker and outbox.
import { AnjuanError, createArchiveClient, Scope, type ArchiveClient } from '@anjuan/core';
import { createOutbox, openCaptureStore, type Batch, type CaptureStore, type Outbox } from '@anjuan/core/outbox';
import { openPipeline, type PageImage, type PipelineWorker, type ProcessedPage } from '@anjuan/capture';
import { breakIndexedDb, fillDisk, jumpClock, killWorkers, watchWorkers } from './break-browser.js';
import type { PlannedBatch, PlannedFault, PlannedPage } from './plan.js';

/** What the runner offers to the page. */
interface Runner {
  /** True when this fault is still to happen; then the runner does its part of it. */
  chaosFault(fault: PlannedFault): Promise<boolean>;
  /** The shutter has confirmed this page. */
  chaosConfirmed(page: { readonly pageId: string; readonly sha256: string; readonly seq: number }): Promise<void>;
  chaosToken(): Promise<string>;
  /** Milliseconds from the start of this tab until its batch was back, with all confirmed pages. */
  chaosRecovered(ms: number): Promise<void>;
}

const runner = globalThis as unknown as Runner;
const scope = new Scope();
/** Where the operator is. */
let step = 'start';
watchWorkers();

interface Desk {
  readonly client: ArchiveClient;
  readonly store: CaptureStore;
  readonly outbox: Outbox;
  readonly pipeline: PipelineWorker;
}

let desk: Promise<Desk> | undefined;

async function sitDown(): Promise<Desk> {
  const client = createArchiveClient({ baseUrl: '/fhir', getToken: () => runner.chaosToken() });
  const store = await openCaptureStore();
  const outbox = createOutbox({ store, client });
  outbox.start();
  statusOf = () => outbox.status;
  // Uploading asks for a sign-in: the clerk signs in.
  outbox.watch(({ phase }) => {
    if (phase === 'sign-in') outbox.wake();
  });
  const pipeline = await openPipeline({ assetsUrl: '/assets/', scope });
  return { client, store, outbox, pipeline };
}

/** Works through one batch; after a crash the next tab calls it again with the same plan. */
async function runBatch(plan: PlannedBatch): Promise<void> {
  const { client, store, outbox, pipeline } = await (desk ??= sitDown());
  const batch = await findBatch(store, plan);
  if (batch.state === 'open') {
    step = 'lead';
    const lead = await store.lead(batch.batchId);
    step = 'scan';
    await scan(plan, batch.batchId, { client, store, pipeline });
    step = 'assemble';
    const files = await assemble(plan, batch.batchId, { store, pipeline });
    for (const fault of plan.finishFaults) await happen(fault);
    step = 'finish';
    await retried(() => outbox.finish(batch.batchId, { files }));
    lead.release();
  } else {
    step = 'finish again';
    // The tab died while the batch went out; nothing but its id is needed to go on.
    await retried(() => outbox.finish(batch.batchId));
  }
}

async function findBatch(store: CaptureStore, plan: PlannedBatch): Promise<Batch> {
  const first = plan.documentIds[0] ?? '';
  for (const known of await retried(() => store.batches())) {
    if (known.documents.some(({ documentId }) => documentId === first)) return known;
  }
  const made = await retried(() => store.createBatch({ target: { recordId: plan.recordId } }));
  const documents = plan.documentIds.map((documentId, index) => ({
    documentId,
    pageIds: [],
    typeCode: 'C0034',
    title: `chaos ${plan.number}-${index}`,
    dateTime: '2026-03-02',
  }));
  return retried(() => store.updateBatch(made.batchId, (current) => ({ ...current, documents })));
}

async function scan(
  plan: PlannedBatch,
  batchId: string,
  { client, store, pipeline }: Omit<Desk, 'outbox'>,
): Promise<void> {
  const known = new Map((await store.pages(batchId)).map((page) => [page.pageId, page]));
  if (known.size > 0) await runner.chaosRecovered(performance.now());
  // What the clerk finds in the tray counts as confirmed: the tab may have died just before it said so.
  for (const { pageId, master, seq } of known.values())
    await runner.chaosConfirmed({ pageId, sha256: master.sha256, seq });
  for (const planned of plan.pages) {
    for (const fault of stepsOf(planned, 'before')) await happen(fault);
    const page = known.get(planned.pageId) ?? (await keep(planned, { plan, batchId, store }));
    if (page.output) continue;
    const master = await retried(() => masterOf(planned.pageId, { store, client }));
    const working = retried(() =>
      pipeline.process(master, { recipe: { colour: 'gray', quad: 'whole' }, mode: 'free-hand', dpi: 100 }),
    );
    for (const fault of stepsOf(planned, 'work')) await happen(fault);
    const done = await working;
    await retried(() => store.updatePage(planned.pageId, { output: packed(done), thumbnail: done.thumbnail }));
  }
}

/** From this computer or, once the archive has it, from there. */
async function masterOf(pageId: string, { store, client }: Pick<Desk, 'store' | 'client'>): Promise<Blob> {
  const near = await store.bytes(pageId, 'master');
  if (near) return near;
  const binary = (await store.page(pageId))?.upload?.binary ?? '';
  const { bytes } = await client.request({
    name: 'chaos.master',
    method: 'GET',
    path: binary,
    headers: { accept: '*/*' },
  });
  return new Blob([bytes], { type: 'image/jpeg' });
}

async function keep(
  planned: PlannedPage,
  { plan, batchId, store }: { plan: PlannedBatch; batchId: string; store: CaptureStore },
): Promise<Awaited<ReturnType<CaptureStore['addPage']>>> {
  const master = await draw(planned.picture);
  const documentId = plan.documentIds[planned.document] ?? '';
  const add = () => store.addPage({ batchId, pageId: planned.pageId, master, place: { documentId } });
  const adding = retried(add);
  for (const fault of stepsOf(planned, 'add')) await happen(fault);
  const page = await adding;
  await runner.chaosConfirmed({ pageId: page.pageId, sha256: page.master.sha256, seq: page.seq });
  return page;
}

async function assemble(plan: PlannedBatch, batchId: string, { store, pipeline }: Omit<Desk, 'outbox' | 'client'>) {
  const files = [];
  const batch = await store.batch(batchId);
  for (const { documentId, pageIds } of batch?.documents ?? []) {
    const pages = [];
    for (const pageId of pageIds) {
      const output = await retried(
        async () => (await store.bytes(pageId, 'output')) ?? Promise.reject(new AnjuanError('aborted')),
      );
      pages.push({ image: await unpacked(output), widthPt: 150, heightPt: 210 });
    }
    const request = { documentId, pages, title: `chaos ${plan.number}`, createdOn: '2026-03-02T09:00:00+08:00' };
    const bytes = await retried(() => pipeline.assemble(request));
    files.push({ documentId, file: new Blob([bytes.slice()], { type: 'application/pdf' }) });
  }
  return files;
}

const stepsOf = ({ faults }: PlannedPage, step: PlannedFault['step']): readonly PlannedFault[] =>
  faults.filter((fault) => fault.step === step);

async function happen(fault: PlannedFault): Promise<void> {
  if (!(await runner.chaosFault(fault))) return;
  if (fault.kind === 'worker-kill') killWorkers();
  if (fault.kind === 'idb-abort') breakIndexedDb();
  if (fault.kind === 'quota') fillDisk();
  if (fault.kind === 'clock-jump') jumpClock(fault.number % 2 === 0 ? 40 * 86_400_000 : -40 * 86_400_000);
}

/** What a person does: reads the message and presses the button again. Only faults that the product calls passing. */
async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!AnjuanError.is(error) || !error.retryable) throw error;
      lastError = error.code;
    }
  }
}

/** A small page with its number and noise of its own, as a camera would give it. */
async function draw(picture: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(300, 420);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, 300, 420);
  context.fillStyle = '#111';
  context.font = '40px sans-serif';
  context.fillText(String(picture), 40, 80);
  for (let line = 0; line < 12; line += 1)
    context.fillRect(30, 120 + line * 22, 60 + ((picture * 37 + line * 53) % 180), 4);
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 });
}

/** Gray pages are JPEGs; the size stands before the bytes. */
function packed({ image }: ProcessedPage): Blob {
  if (image.codec !== 'jpeg') throw new Error('a gray page is a JPEG');
  return new Blob([Uint16Array.of(image.widthPx, image.heightPx), image.data.slice()], { type: 'image/jpeg' });
}

async function unpacked(blob: Blob): Promise<PageImage> {
  const buffer = await blob.arrayBuffer();
  const [widthPx = 0, heightPx = 0] = new Uint16Array(buffer, 0, 2);
  return { codec: 'jpeg', gray: true, widthPx, heightPx, data: new Uint8Array(buffer, 4) };
}

/** A second tab on the same desk: it must be turned away from the batch, and may upload. */
async function intrude(batchNumberDocument: string): Promise<'turned-away' | 'let-in' | 'no-batch'> {
  const { store } = await (desk ??= sitDown());
  const batches = await store.batches();
  const batch = batches.find(({ documents }) => documents.some(({ documentId }) => documentId === batchNumberDocument));
  if (!batch) return 'no-batch';
  try {
    (await store.lead(batch.batchId)).release();
    return 'let-in';
  } catch (error) {
    if (AnjuanError.is(error, 'batch-in-use')) return 'turned-away';
    throw error;
  }
}

let lastError = '';
let statusOf: () => unknown = () => undefined;

/** Phase, counts and codes only. */
function state(): string {
  return JSON.stringify({ step, lastError, outbox: statusOf() });
}

Object.assign(globalThis, { chaos: { runBatch, intrude, state } });
