/** Moves of the active option. Rows and the "more" line are options alike; none is active before the first move. */
export type OptionMove = 'next' | 'previous' | 'page-next' | 'page-previous' | 'first' | 'last';

const PAGE_ROWS = 5;

/** Index of the option after a move, or undefined when there is none. `next` from the last stays: no surprise wrap. */
export function moveOption(active: number | undefined, move: OptionMove, count: number): number | undefined {
  if (count === 0) return undefined;
  const last = count - 1;
  if (move === 'first') return 0;
  if (move === 'last') return last;
  if (active === undefined) return move === 'previous' || move === 'page-previous' ? last : 0;
  const step = { next: 1, previous: -1, 'page-next': PAGE_ROWS, 'page-previous': -PAGE_ROWS }[move];
  return Math.min(last, Math.max(0, active + step));
}
