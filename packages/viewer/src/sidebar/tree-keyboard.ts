import type { TreeRow } from './tree-rows.js';

/** What a key does in the tree. `none`: the key is not the tree's business. */
export type TreeMove =
  | { readonly type: 'none' }
  | { readonly type: 'focus'; readonly rowId: string }
  | { readonly type: 'expand'; readonly groupKeys: readonly string[] }
  | { readonly type: 'collapse'; readonly groupKey: string }
  | { readonly type: 'activate'; readonly row: TreeRow };

const NONE: TreeMove = { type: 'none' };

function focusAt(rows: readonly TreeRow[], index: number): TreeMove {
  const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
  return row ? { type: 'focus', rowId: row.id } : NONE;
}

function moveRight(rows: readonly TreeRow[], index: number, row: TreeRow): TreeMove {
  if (row.kind === 'document') return NONE;
  return row.expanded ? focusAt(rows, index + 1) : { type: 'expand', groupKeys: [row.group.key] };
}

function moveLeft(row: TreeRow): TreeMove {
  if (row.kind === 'document') return { type: 'focus', rowId: row.groupId };
  return row.expanded ? { type: 'collapse', groupKey: row.group.key } : NONE;
}

function rowText(row: TreeRow): string {
  return (row.kind === 'group' ? row.group.label : row.document.title).normalize('NFKC').toLowerCase();
}

/** The next row whose text starts with the typed character, going round. */
function typeAhead(rows: readonly TreeRow[], index: number, key: string): TreeMove {
  const wanted = key.normalize('NFKC').toLowerCase();
  for (let step = 1; step <= rows.length; step += 1) {
    const row = rows[(index + step) % rows.length];
    if (row && rowText(row).startsWith(wanted)) return { type: 'focus', rowId: row.id };
  }
  return NONE;
}

/** @source WAI-ARIA Authoring Practices, tree view pattern. */
export function treeMove(rows: readonly TreeRow[], focusedId: string | undefined, key: string): TreeMove {
  const index = Math.max(
    0,
    rows.findIndex((row) => row.id === focusedId),
  );
  const row = rows[index];
  if (!row) return NONE;
  switch (key) {
    case 'ArrowDown':
      return focusAt(rows, index + 1);
    case 'ArrowUp':
      return focusAt(rows, index - 1);
    case 'Home':
      return focusAt(rows, 0);
    case 'End':
      return focusAt(rows, rows.length - 1);
    case 'ArrowRight':
      return moveRight(rows, index, row);
    case 'ArrowLeft':
      return moveLeft(row);
    case 'Enter':
    case ' ':
      return { type: 'activate', row };
    case '*':
      return {
        type: 'expand',
        groupKeys: rows.flatMap((each) => (each.kind === 'group' && !each.expanded ? [each.group.key] : [])),
      };
    default:
      return /^\p{Letter}$/u.test(key) && /\P{ASCII}/u.test(key) ? typeAhead(rows, index, key) : NONE;
  }
}
