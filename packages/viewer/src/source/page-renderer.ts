import type { DrawFilePage, PagePixels } from './pdf/draw-file-page.js';

/** Draws single pages of PDF files as pixels. */
export interface PageRenderer {
  /** Errors: `pdf-*`, `page-not-found`, `render-*`, `worker-blocked`, `assets-missing`, `aborted`. */
  render(request: DrawFilePage): Promise<PagePixels>;
}

export type { DrawFilePage, PagePixels };

/**
 * Draws pages with the viewer's own engine, for example to compare two revisions of a signed file. The engine is loaded
 * with the first page and shared with open viewers.
 */
export function createPageRenderer({ assetsUrl }: { readonly assetsUrl: string }): PageRenderer {
  return {
    render: async (request) => {
      const { drawFilePage } = await import('./pdf/draw-file-page.js');
      return drawFilePage(assetsUrl, request);
    },
  };
}
