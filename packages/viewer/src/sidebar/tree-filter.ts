import type { TreeDocument, TreeGroup } from './tree-model.js';

export interface FilteredTree {
  readonly groups: readonly TreeGroup[];
  /** Documents left. */
  readonly count: number;
}

/** Full-width and half-width, upper and lower case are the same to a reader. */
function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

function haystack(group: TreeGroup, document: TreeDocument): string {
  return fold(
    `${group.label} ${document.title} ${document.author} ${document.dateTime.slice(0, 16).replace('T', ' ')}`,
  );
}

/** Keeps the documents that contain every word of the query in title, category, author or date. */
export function filterTree(groups: readonly TreeGroup[], query: string): FilteredTree {
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return { groups, count: countDocuments(groups) };
  const kept = groups
    .map((group) => ({
      ...group,
      documents: group.documents.filter((document) => {
        const text = haystack(group, document);
        return words.every((word) => text.includes(word));
      }),
    }))
    .filter((group) => group.documents.length > 0);
  return { groups: kept, count: countDocuments(kept) };
}

function countDocuments(groups: readonly TreeGroup[]): number {
  return groups.reduce((sum, group) => sum + group.documents.length, 0);
}
