import type { TreeDocument, TreeGroup } from './tree-model.js';

/** The tree as a flat list of visible rows: what arrow keys walk over. */
export type TreeRow =
  | {
      readonly kind: 'group';
      readonly id: string;
      readonly group: TreeGroup;
      readonly expanded: boolean;
      readonly position: number;
      readonly siblings: number;
    }
  | {
      readonly kind: 'document';
      readonly id: string;
      readonly groupId: string;
      readonly document: TreeDocument;
      readonly position: number;
      readonly siblings: number;
    };

export function groupRowId(key: string): string {
  return `g:${key}`;
}

export function documentRowId(documentId: string): string {
  return `d:${documentId}`;
}

export function visibleRows(groups: readonly TreeGroup[], expanded: ReadonlySet<string>): readonly TreeRow[] {
  return groups.flatMap((group, index): readonly TreeRow[] => {
    const id = groupRowId(group.key);
    const open = expanded.has(group.key);
    const head: TreeRow = {
      kind: 'group',
      id,
      group,
      expanded: open,
      position: index + 1,
      siblings: groups.length,
    };
    if (!open) return [head];
    const rows = group.documents.map((document, position): TreeRow => ({
      kind: 'document',
      id: documentRowId(document.documentId),
      groupId: id,
      document,
      position: position + 1,
      siblings: group.documents.length,
    }));
    return [head, ...rows];
  });
}

/** More documents than this, and the tree starts with only the branch being read open. */
const OPEN_ALL_UP_TO = 30;

/** Branches open at first sight: all in a small record, the first in a large one. */
export function initiallyExpanded(groups: readonly TreeGroup[]): ReadonlySet<string> {
  const total = groups.reduce((sum, group) => sum + group.documents.length, 0);
  return new Set((total <= OPEN_ALL_UP_TO ? groups : groups.slice(0, 1)).map((group) => group.key));
}

export function groupKeyOfDocument(groups: readonly TreeGroup[], documentId: string): string | undefined {
  return groups.find((group) => group.documents.some((document) => document.documentId === documentId))?.key;
}
