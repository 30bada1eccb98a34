import type { BatchPage, JsonData } from '@anjuan/core/outbox';
import type { PageOperation, PageRecipe, ProcessedPage, QualityFinding } from '../recipe/types.js';
import type { DetectMode } from '../worker/protocol.js';
import type { ImageLayout } from './image-layout.js';
import { modePreset, type CaptureMode } from './modes.js';

/** What the worker made of a page, without its bytes: those are the page's `output` and `thumbnail`. */
export interface MadePage {
  readonly recipe: Required<PageRecipe>;
  readonly operations: readonly PageOperation[];
  readonly quality: readonly QualityFinding[];
  readonly image: ImageLayout;
  readonly widthPt: number;
  readonly heightPt: number;
  readonly dpi: number;
  readonly differenceHash: string;
}

/** What capture keeps with a page in the store. */
export interface PageData {
  readonly mode: CaptureMode;
  /** What the operator wants; absent fields are found by the worker. */
  readonly recipe: PageRecipe;
  readonly dpi?: number;
  /** Shot over the calibrated empty desk. Default: `free-hand`. */
  readonly detect?: DetectMode;
  /** `waiting`: to be worked on, also again after a restart. */
  readonly work: 'waiting' | 'done' | 'failed';
  readonly errorCode?: string;
  readonly made?: MadePage;
  /** The operator looked at the findings and keeps the page. */
  readonly kept?: boolean;
  /** Id of the page that this one is a part of: the back of a card. Parts show on that page only. */
  readonly partOf?: string;
  /** Ids of the pages that this one took the place of, so that the back of a card stays with a retaken front. */
  readonly insteadOf?: readonly string[];
  /** Id of the page with the same master: the other half of a spread is no duplicate. */
  readonly siblingOf?: string;
  /** Papers in the master were looked for. */
  readonly divided?: boolean;
}

/** Reads what `pageData` wrote; a page of another version of the software is worked on again. */
export function readPageData(page: Pick<BatchPage, 'data'>): PageData {
  const { data } = page;
  const known = (data as { readonly capture?: PageData }).capture;
  if (known?.recipe !== undefined) return known;
  return { mode: 'document', recipe: { colour: modePreset('document').colour }, work: 'waiting' };
}

/** As JSON for the store. */
export function pageData(data: PageData): JsonData {
  return { capture: data };
}

/** The parts of a worked-on page that go into the store as JSON. */
export function madePage(page: ProcessedPage, image: ImageLayout): MadePage {
  const { recipe, operations, quality, widthPt, heightPt, dpi, differenceHash } = page;
  return { recipe, operations, quality, image, widthPt, heightPt, dpi, differenceHash };
}
