/** The rows of the list of hits, in order. */
function rowsOf(inside: EventTarget | null): HTMLElement[] {
  const panel = inside instanceof Element ? inside.closest('[data-widget="search-panel"]') : null;
  return [...(panel?.querySelectorAll<HTMLElement>('[role="option"]') ?? [])];
}

/** The row that Tab reaches. */
export function firstHit(inside: EventTarget | null): HTMLElement | undefined {
  const rows = rowsOf(inside);
  return rows.find((row) => row.tabIndex === 0) ?? rows[0];
}

export function focusHit(row: HTMLElement | undefined): void {
  row?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: 'nearest' });
}

/** Arrow keys walk over the hits, also from one document to the next; up from the first leads back to the field. */
export function onListKeyDown(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const rows = rowsOf(event.currentTarget);
  const at = rows.findIndex((row) => row === event.target);
  const targets: Record<string, number> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 };
  const target = targets[event.key];
  const row = rows[at];
  if (!row || (target === undefined && event.key !== 'Enter' && event.key !== ' ')) return;
  event.preventDefault();
  event.stopPropagation();
  if (target === undefined) row.click();
  else if (target < 0) row.closest('[data-widget="search-panel"]')?.querySelector('input')?.focus();
  else focusHit(rows[target]);
}
