/** Draws pages for the visual comparison of two revisions; the host brings it (the viewer has one). */
export interface PageRenderer {
  /**
   * RGBA pixels of one page of a file, white background.
   * Errors: `render-failed`, `aborted`.
   */
  render(request: {
    readonly file: Blob;
    readonly pageIndex: number;
    readonly widthPx: number;
    readonly signal?: AbortSignal;
  }): Promise<{ readonly widthPx: number; readonly heightPx: number; readonly rgba: Uint8ClampedArray }>;
}
