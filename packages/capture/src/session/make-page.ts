import { captureError, type BatchPage } from '@anjuan/core/outbox';
import type { ProcessedPage, QualityFinding } from '../recipe/types.js';
import type { PipelineWorker } from '../worker/protocol.js';
import { packImage } from './image-layout.js';
import type { OpenBatch } from './open-batch.js';
import { madePage, pageData, readPageData, type PageData } from './page-data.js';
import type { SessionPorts } from './session-ports.js';
import { wholeOf } from './tray.js';

/**
 * Works on a page by its recipe and stores the result. Undefined when the recipe changed meanwhile: then the result is
 * out of date and the page is to be made again. Errors: those of the worker and the store.
 */
export async function makePage(ports: SessionPorts, desk: OpenBatch, page: BatchPage): Promise<BatchPage | undefined> {
  const data = readPageData(page);
  const worker = await ports.pipeline();
  const own = await processOne(desk, worker, page);
  const partPages = desk.pages.filter((other) => wholeOf(other, desk.pages)?.pageId === page.pageId);
  const parts = await Promise.all(partPages.map((part) => processOne(desk, worker, part)));
  const whole = data.mode === 'id-card' ? { ...own, ...(await ports.composeSheet([own, ...parts])) } : own;
  const compared = await worker.compare(
    { sha256: page.master.sha256, differenceHash: own.differenceHash },
    earlierPages(desk, page, data),
  );
  const quality = [...oncePerIssue([own, ...parts].flatMap((side) => side.quality)), ...compared];
  const { blob, layout } = packImage(whole.image);
  return desk.inTurn(async () => {
    const now = await ports.store.page(page.pageId);
    if (!now || now.removedOn !== undefined) return undefined;
    const latest = readPageData(now);
    if (JSON.stringify(latest.recipe) !== JSON.stringify(data.recipe)) return undefined;
    const { errorCode: _gone, ...rest } = latest;
    const done: PageData = { ...rest, work: 'done', made: { ...madePage(whole, layout), quality } };
    return ports.store.updatePage(page.pageId, { data: pageData(done), output: blob, thumbnail: whole.thumbnail });
  });
}

async function processOne(desk: OpenBatch, worker: PipelineWorker, page: BatchPage): Promise<ProcessedPage> {
  const { recipe, dpi, detect: mode = 'free-hand' } = readPageData(page);
  const master = await desk.masters.read(page);
  if (!master) throw captureError('pipeline-failed');
  return worker.process(master, { recipe, mode, ...(dpi === undefined ? {} : { dpi }) });
}

/** Pages captured before this one that it could repeat; halves of the same spread and sides of the same card cannot. */
function earlierPages(
  desk: OpenBatch,
  page: BatchPage,
  data: PageData,
): { readonly pageId: string; readonly sha256: string; readonly differenceHash: string }[] {
  const root = data.siblingOf ?? page.pageId;
  return desk.pages.flatMap((other) => {
    const { made, siblingOf, partOf } = readPageData(other);
    const sameShot = other.pageId === root || siblingOf === root || partOf !== undefined;
    if (sameShot || !made || other.seq >= page.seq) return [];
    return [{ pageId: other.pageId, sha256: other.master.sha256, differenceHash: made.differenceHash }];
  });
}

/** Both sides of a card may show the same: told once, as bad as the worse one. */
function oncePerIssue(findings: readonly QualityFinding[]): readonly QualityFinding[] {
  const worst = new Map<string, QualityFinding>();
  for (const finding of findings) {
    if (worst.get(finding.issue)?.severity !== 'reject') worst.set(finding.issue, finding);
  }
  return [...worst.values()];
}
