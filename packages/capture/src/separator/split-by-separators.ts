import type { Separator } from './payload.js';

/** A scanned page; `separator` when it is a separator sheet. */
export interface ScannedPage {
  readonly separator?: Separator;
}

/** Pages that belong together, without the sheets between them. Never empty. */
export interface SplitDocument<Page extends ScannedPage> {
  readonly pages: readonly Page[];
  /** From the nearest sheet before, or the cover before that. */
  readonly encounter?: string;
  /** From the nearest sheet before. */
  readonly category?: string;
}

/**
 * Cuts a batch at its separator sheets. Sheets that follow one another, at the end, or with both sides scanned make no
 * empty documents: the last one counts, and what it leaves open comes from those directly before it. The encounter of a
 * cover holds until the next cover.
 */
export function splitBySeparators<Page extends ScannedPage>(pages: readonly Page[]): readonly SplitDocument<Page>[] {
  const documents: { pages: Page[]; encounter?: string; category?: string }[] = [];
  let stay: string | undefined;
  let ahead: { encounter?: string; category?: string } | undefined = {};
  for (const page of pages) {
    const { separator } = page;
    if (separator) {
      const { type, encounter, category } = separator;
      if (type === 'cover') stay = encounter;
      // Fields of sheets directly before stay, except that a cover starts afresh.
      ahead = {
        ...(type === 'cover' ? {} : ahead),
        ...(encounter === undefined ? {} : { encounter }),
        ...(category === undefined ? {} : { category }),
      };
      continue;
    }
    if (ahead) {
      const encounter = ahead.encounter ?? stay;
      documents.push({ pages: [], ...ahead, ...(encounter === undefined ? {} : { encounter }) });
      ahead = undefined;
    }
    documents.at(-1)?.pages.push(page);
  }
  return documents;
}
