import type { BatchPage, PagePlace } from '@anjuan/core/outbox';
import type { CapturedPicture } from '../devices/frame-source.js';
import type { PageColour, PageRecipe } from '../recipe/types.js';
import type { DetectMode } from '../worker/protocol.js';
import { modePreset, type CaptureMode } from './modes.js';
import { newId } from './new-id.js';
import type { OpenBatch } from './open-batch.js';
import { pageData, readPageData, type PageData } from './page-data.js';
import type { SessionPorts } from './session-ports.js';

/** Where the next picture goes. */
export type Aim =
  | { readonly kind: 'append' }
  | { readonly kind: 'retake'; readonly pageId: string }
  | { readonly kind: 'insert'; readonly before: string };

/** How the next picture is taken in. */
export interface IntakeChoice {
  readonly mode: CaptureMode;
  readonly colour: PageColour;
  readonly aim: Aim;
  /** Default: `free-hand`. */
  readonly detect?: DetectMode;
}

/** An identity card; its portrait is no shadow to clear away. @source ISO/IEC 7810 ID-1 */
const CARD = { paperMm: { width: 85.6, height: 54 }, flatten: false } as const;

/**
 * The shutter: resolves when the page is durable on this computer, and not before. Errors: those of `addPage` and of
 * the worker's `encodeMaster`.
 */
export async function takeIn(
  ports: SessionPorts,
  desk: OpenBatch,
  picture: CapturedPicture,
  choice: IntakeChoice,
): Promise<BatchPage> {
  const master = picture.kind === 'bytes' ? picture.bytes : await (await ports.pipeline()).encodeMaster(picture.bitmap);
  const front = choice.aim.kind === 'append' ? openCard(desk, choice.mode) : undefined;
  const page = await ports.store.addPage({
    batchId: desk.batchId,
    pageId: newId(),
    master,
    data: pageData(newData(choice, { dpi: picture.dpi, front, insteadOf: replacedBy(desk, choice.aim) })),
    place: placeFor(desk, choice.aim, front),
  });
  desk.masters.remember(page.pageId, master);
  desk.take(page);
  await desk.reread();
  if (choice.aim.kind === 'append' && front === undefined) await presetType(desk, page, choice.mode);
  return page;
}

function newData(
  { mode, colour, detect }: IntakeChoice,
  origin: {
    readonly dpi: number | undefined;
    readonly front: string | undefined;
    readonly insteadOf: readonly string[];
  },
): PageData {
  const { dpi, front, insteadOf } = origin;
  const recipe: PageRecipe = mode === 'id-card' ? { colour, ...CARD } : { colour };
  return {
    mode,
    recipe,
    work: 'waiting',
    ...(dpi === undefined ? {} : { dpi }),
    ...(detect === 'mat' ? { detect } : {}),
    ...(front === undefined ? {} : { partOf: front }),
    ...(insteadOf.length === 0 ? {} : { insteadOf }),
  };
}

/** Every page whose place a retaken one takes: its own, and those that were retaken before. */
function replacedBy(desk: OpenBatch, aim: Aim): readonly string[] {
  const replaced = aim.kind === 'retake' ? desk.page(aim.pageId) : undefined;
  return replaced ? [replaced.pageId, ...(readPageData(replaced).insteadOf ?? [])] : [];
}

/** The card that waits for its back: the last page of the last document. */
function openCard(desk: OpenBatch, mode: CaptureMode): string | undefined {
  if (!modePreset(mode).twoSided) return undefined;
  const last = desk.tray.documents.at(-1)?.pages.at(-1);
  return last?.waitsForBack ? last.pageId : undefined;
}

function placeFor(desk: OpenBatch, aim: Aim, front: string | undefined): PagePlace {
  const { documents } = desk.batch;
  const at = aim.kind === 'retake' ? aim.pageId : aim.kind === 'insert' ? aim.before : front;
  const document = documents.find(({ pageIds }) => at !== undefined && pageIds.includes(at));
  if (at === undefined || !document) return { documentId: desk.lastDocument.documentId };
  const { documentId } = document;
  if (aim.kind === 'retake') return { documentId, replaces: at };
  return { documentId, index: document.pageIds.indexOf(at) + (aim.kind === 'insert' ? 0 : 1) };
}

/** The first page of a document gives it the type of its mode. */
async function presetType(desk: OpenBatch, page: BatchPage, mode: CaptureMode): Promise<void> {
  const { typeCode } = modePreset(mode);
  if (typeCode === undefined) return;
  const isFirst = desk.batch.documents.some(
    (document) => document.typeCode === undefined && document.pageIds[0] === page.pageId,
  );
  if (!isFirst) return;
  await desk.arrange((documents) =>
    documents.map((document) => (document.pageIds[0] === page.pageId ? { ...document, typeCode } : document)),
  );
}
