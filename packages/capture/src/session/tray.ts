import type { Batch, BatchDocument, BatchPage } from '@anjuan/core/outbox';
import type { PageColour, QualityFinding } from '../recipe/types.js';
import { readPageData, type PageData } from './page-data.js';

/** What the dot of a page says. `kept`: findings that the operator looked at. */
export type PageMark = 'working' | 'good' | 'warn' | 'reject' | 'kept' | 'failed';

/** One page of the tray: what becomes one page of a document. */
export interface TrayPage {
  readonly pageId: string;
  readonly documentId: string;
  /** In the batch, from 1, as the pages lie now. */
  readonly number: number;
  /** In the document, from 1. */
  readonly numberInDocument: number;
  readonly mark: PageMark;
  readonly findings: readonly QualityFinding[];
  readonly colour: PageColour;
  /** Stored pages that are part of this one: the back of a card. */
  readonly partIds: readonly string[];
  /** A card that waits for its other side. */
  readonly waitsForBack: boolean;
  readonly uploaded: boolean;
  /** Changes whenever there is another thumbnail. */
  readonly pictureKey: string | undefined;
  readonly data: PageData;
}

/** One document of the tray. */
export interface TrayDocument {
  readonly documentId: string;
  /** From 1. */
  readonly number: number;
  readonly typeCode: string | undefined;
  readonly title: string | undefined;
  readonly dateTime: string | undefined;
  readonly pages: readonly TrayPage[];
}

/** The pages of a batch as the operator sees them. */
export interface Tray {
  readonly documents: readonly TrayDocument[];
  /** All pages in order. */
  readonly pages: readonly TrayPage[];
}

export const EMPTY_TRAY: Tray = { documents: [], pages: [] };

/** Joins what the store knows of documents and of pages. */
export function buildTray(batch: Pick<Batch, 'documents'>, stored: readonly BatchPage[]): Tray {
  const byId = new Map(stored.filter(({ removedOn }) => removedOn === undefined).map((page) => [page.pageId, page]));
  const parts = partsOf([...byId.values()]);
  const partIds = new Set([...parts.values()].flat().map(({ pageId }) => pageId));
  let number = 0;
  const documents = batch.documents.map((document, index): TrayDocument => {
    const own = document.pageIds
      .flatMap((pageId) => byId.get(pageId) ?? [])
      .filter(({ pageId }) => !partIds.has(pageId));
    const pages = own.map((page, at) => {
      number += 1;
      return trayPage(page, { document, number, numberInDocument: at + 1, parts: parts.get(page.pageId) ?? [] });
    });
    const { documentId, typeCode, title, dateTime } = document;
    return { documentId, number: index + 1, typeCode, title, dateTime, pages };
  });
  return { documents, pages: documents.flatMap(({ pages }) => pages) };
}

/** The page that a part shows on: the one it was shot for, or the one that was retaken in its place. */
export function wholeOf(part: BatchPage, pages: readonly BatchPage[]): BatchPage | undefined {
  const { partOf } = readPageData(part);
  if (partOf === undefined) return undefined;
  const present = pages.filter(({ removedOn }) => removedOn === undefined);
  return (
    present.find(({ pageId }) => pageId === partOf) ??
    present.find((page) => readPageData(page).insteadOf?.includes(partOf))
  );
}

function partsOf(pages: readonly BatchPage[]): Map<string, BatchPage[]> {
  const parts = new Map<string, BatchPage[]>();
  for (const page of pages) {
    const whole = wholeOf(page, pages)?.pageId;
    if (whole !== undefined) parts.set(whole, [...(parts.get(whole) ?? []), page]);
  }
  return parts;
}

function trayPage(
  page: BatchPage,
  at: {
    readonly document: BatchDocument;
    readonly number: number;
    readonly numberInDocument: number;
    readonly parts: readonly BatchPage[];
  },
): TrayPage {
  const data = readPageData(page);
  return {
    pageId: page.pageId,
    documentId: at.document.documentId,
    number: at.number,
    numberInDocument: at.numberInDocument,
    mark: markOf(data),
    findings: data.made?.quality ?? [],
    colour: data.recipe.colour,
    partIds: at.parts.map(({ pageId }) => pageId),
    waitsForBack: data.mode === 'id-card' && at.parts.length === 0,
    uploaded: [page, ...at.parts].every(({ state }) => state === 'acknowledged'),
    pictureKey: page.thumbnail && `${page.pageId}:${page.thumbnail.sha256}`,
    data,
  };
}

function markOf(data: PageData): PageMark {
  if (data.work === 'failed') return 'failed';
  if (data.work === 'waiting') return 'working';
  const findings = data.made?.quality ?? [];
  if (findings.length === 0) return 'good';
  if (data.kept) return 'kept';
  return findings.some(({ severity }) => severity === 'reject') ? 'reject' : 'warn';
}
