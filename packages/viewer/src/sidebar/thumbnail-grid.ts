/** Where thumbnails stand, and which of them exist for a scroll position. */
export interface ThumbnailGrid {
  readonly count: number;
  readonly columns: number;
  readonly rowHeightPx: number;
  readonly columnWidthPx: number;
  readonly totalHeightPx: number;
  /** First index mounted. */
  readonly first: number;
  /** End of the mounted indexes, not included. */
  readonly end: number;
}

const WANTED_COLUMN_PX = 124;

/** A portrait sheet with its number and the gap below it. */
const ROW_TO_COLUMN = 1.414;
const ROW_EXTRA_PX = 36;

/** Rows kept above and below what is seen, so that a quick scroll does not flash. */
const OVERSCAN_ROWS = 2;

export function thumbnailGrid(options: {
  readonly count: number;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly scrollTopPx: number;
}): ThumbnailGrid {
  const { count, widthPx } = options;
  const columns = Math.max(1, Math.floor(widthPx / WANTED_COLUMN_PX));
  const columnWidthPx = Math.max(1, Math.floor(widthPx / columns));
  const rowHeightPx = Math.round((columnWidthPx - 24) * ROW_TO_COLUMN) + ROW_EXTRA_PX;
  const rows = Math.ceil(count / columns);
  const firstRow = Math.max(0, Math.floor(options.scrollTopPx / rowHeightPx) - OVERSCAN_ROWS);
  const endRow = Math.ceil((options.scrollTopPx + options.heightPx) / rowHeightPx) + OVERSCAN_ROWS;
  // Without a width nothing is laid out yet, and nothing is worth drawing.
  const end = widthPx === 0 ? 0 : Math.min(count, endRow * columns);
  return {
    count,
    columns,
    rowHeightPx: Math.max(1, rowHeightPx),
    columnWidthPx,
    totalHeightPx: rows * rowHeightPx,
    first: Math.min(end, firstRow * columns),
    end,
  };
}
