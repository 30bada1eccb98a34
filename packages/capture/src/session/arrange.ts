import type { BatchDocument } from '@anjuan/core/outbox';

/** Pure changes of the order of pages; each gives the documents anew. `pageIds` are a page and its parts. */
export type Documents = readonly BatchDocument[];

const without = (documents: Documents, pageIds: readonly string[]): BatchDocument[] =>
  documents.map((document) => ({
    ...document,
    pageIds: document.pageIds.filter((pageId) => !pageIds.includes(pageId)),
  }));

/** Documents that lost their last page go. The last one stays also when empty: the next page begins it. */
export function dropEmpty(documents: Documents): BatchDocument[] {
  return documents.filter(({ pageIds }, index) => pageIds.length > 0 || index === documents.length - 1);
}

/**
 * A separator sheet begins a document, and leaves it as soon as it is removed: every visible page stays in a document,
 * and doing it again after a crash changes nothing. Sheets that follow one another make no empty documents: the last
 * type wins.
 */
export function cutAtSeparator(
  documents: Documents,
  pageId: string,
  next: { readonly documentId: string; readonly typeCode?: string },
): BatchDocument[] {
  return documents.flatMap((document): BatchDocument[] => {
    const at = document.pageIds.indexOf(pageId);
    if (at < 0) return [document];
    const typed = next.typeCode === undefined ? {} : { typeCode: next.typeCode };
    if (at === 0) return [{ ...document, ...typed }];
    return [
      { ...document, pageIds: document.pageIds.slice(0, at) },
      { documentId: next.documentId, ...typed, pageIds: document.pageIds.slice(at) },
    ];
  });
}

/** Puts pages before `before`, or at the end of the document. */
export function movePages(
  documents: Documents,
  pageIds: readonly string[],
  target: { readonly documentId: string; readonly before?: string },
): BatchDocument[] {
  if (target.before !== undefined && pageIds.includes(target.before)) return [...documents];
  const rest = without(documents, pageIds);
  if (!rest.some(({ documentId }) => documentId === target.documentId)) return [...documents];
  const moved = rest.map((document) => {
    if (document.documentId !== target.documentId) return document;
    const at = target.before === undefined ? -1 : document.pageIds.indexOf(target.before);
    const index = at < 0 ? document.pageIds.length : at;
    return {
      ...document,
      pageIds: [...document.pageIds.slice(0, index), ...pageIds, ...document.pageIds.slice(index)],
    };
  });
  return dropEmpty(moved);
}

/** The document of a page is cut before the page; what follows becomes a document of its own. */
export function splitBefore(documents: Documents, pageId: string, documentId: string): BatchDocument[] {
  return documents.flatMap((document) => {
    const at = document.pageIds.indexOf(pageId);
    if (at <= 0) return [document];
    return [
      { ...document, pageIds: document.pageIds.slice(0, at) },
      { documentId, pageIds: document.pageIds.slice(at) },
    ];
  });
}

/** The pages of a document go to the end of the one before it. */
export function joinWithPrevious(documents: Documents, documentId: string): BatchDocument[] {
  const at = documents.findIndex((document) => document.documentId === documentId);
  const [previous, joined] = [documents[at - 1], documents[at]];
  if (!previous || !joined) return [...documents];
  const whole = { ...previous, pageIds: [...previous.pageIds, ...joined.pageIds] };
  return [...documents.slice(0, at - 1), whole, ...documents.slice(at + 1)];
}

/** What the operator tells about a document; undefined takes a value away. */
export interface DocumentWords {
  readonly typeCode?: string | undefined;
  readonly title?: string | undefined;
  readonly dateTime?: string | undefined;
}

/** Type, title, date of one document. */
export function describe(documents: Documents, documentId: string, words: DocumentWords): BatchDocument[] {
  return documents.map((document) => {
    if (document.documentId !== documentId) return document;
    const { typeCode, title, dateTime, ...rest } = { ...document, ...words };
    return {
      ...rest,
      ...(typeCode ? { typeCode } : {}),
      ...(title ? { title } : {}),
      ...(dateTime ? { dateTime } : {}),
    };
  });
}

/** An earlier order, with the pages that there are now: those captured since stay where they are, removed ones stay away. */
export function rebase(earlier: Documents, now: Documents): BatchDocument[] {
  const present = new Set(now.flatMap(({ pageIds }) => pageIds));
  const known = new Set(earlier.flatMap(({ pageIds }) => pageIds));
  const back = earlier.map((document) => ({
    ...document,
    pageIds: document.pageIds.filter((pageId) => present.has(pageId)),
  }));
  for (const document of now) {
    const added = document.pageIds.filter((pageId) => !known.has(pageId));
    if (added.length === 0) continue;
    const place = back.findIndex(({ documentId }) => documentId === document.documentId);
    const there = back[place];
    if (there) back[place] = { ...there, pageIds: [...there.pageIds, ...added] };
    else back.push({ ...document, pageIds: added });
  }
  return dropEmpty(back);
}
