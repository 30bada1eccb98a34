import type { RecordLayout } from './record-layout.js';

/** What the reader looks at: the page with the largest visible share, else the document under the upper edge. */
export function visiblePage(
  layout: RecordLayout,
  window: { readonly top: number; readonly bottom: number },
): { documentIndex: number; pageIndex: number | undefined } {
  const range = layout.pagesIn(window.top, window.bottom);
  const viewHeight = Math.max(1, window.bottom - window.top);
  let best: { share: number; pageIndex: number | undefined } = { share: 0, pageIndex: undefined };
  for (let pageIndex = range.first; pageIndex <= range.last; pageIndex += 1) {
    const page = layout.page(pageIndex);
    const visible = Math.min(window.bottom, page.top + page.height) - Math.max(window.top, page.top);
    const share = visible / Math.min(viewHeight, Math.max(1, page.height));
    if (share > best.share + 0.001) best = { share, pageIndex };
  }
  const documents = layout.documentsIn(window.top, window.bottom);
  for (let index = documents.first; index <= documents.last; index += 1) {
    const pages = layout.pagesOf(index);
    if (index < 0 || pages.last >= pages.first) continue;
    // A document without pages counts like a page as high as its box.
    const box = layout.document(index);
    const visible = Math.min(window.bottom, box.top + box.height) - Math.max(window.top, box.top);
    if (visible / Math.min(viewHeight, Math.max(1, box.height)) > best.share + 0.001) {
      return { documentIndex: index, pageIndex: undefined };
    }
  }
  if (best.pageIndex === undefined) return { documentIndex: layout.documentAt(window.top), pageIndex: undefined };
  return { documentIndex: layout.documentOf(best.pageIndex), pageIndex: best.pageIndex };
}
