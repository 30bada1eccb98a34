import { isArray, isDict, isName, isRef, isString, type PdfDict, type PdfObject } from '../../pdf/objects.js';
import { compareAnnotations } from './annotations.js';
import { below, keysOf, type Comparison } from './comparison.js';
import type { NewWidgets } from './new-field.js';

/** A page or a node above pages, as both revisions have it. */
export interface TreeNode {
  readonly number: number;
  readonly before: PdfDict;
  readonly after: PdfDict;
  readonly path: string;
  /** From 1; undefined for a node above pages. */
  readonly pageNumber?: number;
}

const MAX_NODES = 200_000;

/**
 * Walks both page trees side by side: the same objects in the same places, or a finding. Marks them as compared by the
 * rules of pages, and gives those that may differ.
 */
export async function delegatePages(
  step: Comparison,
  a: PdfObject | undefined,
  b: PdfObject | undefined,
): Promise<TreeNode[]> {
  const nodes: TreeNode[] = [];
  const seen = new Set<number>();
  let pages = 0;
  const refuse = (path: string): void => step.report({ kind: 'page-tree', path, needs: 'never', say: 'change-pages' });
  const visit = async (was: PdfObject | undefined, is: PdfObject | undefined, path: string): Promise<void> => {
    if (!isRef(was) || !isRef(is) || was.number !== is.number || was.generation !== is.generation) return refuse(path);
    if (seen.has(is.number) || seen.size > MAX_NODES) return refuse(path);
    seen.add(is.number);
    const [before, after] = [await step.old(was), await step.new(is)];
    if (!isDict(before) || !isDict(after)) return refuse(path);
    const [oldKids, newKids] = [await step.old(before.entries.get('Kids')), await step.new(after.entries.get('Kids'))];
    const leaf = !isArray(oldKids) && !isArray(newKids);
    if (leaf) pages += 1;
    if (step.dirty.has(is.number)) {
      step.delegated.add(is.number);
      nodes.push({ number: is.number, before, after, path, ...(leaf && { pageNumber: pages }) });
    }
    if (leaf) return;
    if (!isArray(oldKids) || !isArray(newKids) || oldKids.length !== newKids.length) return refuse(`${path}/Kids`);
    for (const [index, kid] of oldKids.entries()) await visit(kid, newKids[index], `${path}/Kids/${index}`);
  };
  await visit(a, b, 'Root/Pages');
  return nodes;
}

/** Compares what the pages hold; only annotations, metadata and the order of tabbing may change. */
export async function comparePages(step: Comparison, nodes: readonly TreeNode[], widgets: NewWidgets): Promise<void> {
  for (const node of nodes) {
    for (const key of keysOf(node.before, node.after)) {
      const [was, is] = [node.before.entries.get(key), node.after.entries.get(key)];
      const path = below(node.path, key);
      if (key === 'Annots' && node.pageNumber !== undefined) await compareAnnotations(step, node, widgets);
      else if (key === 'Kids') continue;
      else if (['LastModified', 'Tabs', 'StructParents'].includes(key) && was === undefined && !isRef(is)) continue;
      else if (key === 'Metadata') {
        if ((await step.difference(was, is, path)) !== undefined) {
          step.report({ kind: 'metadata', path, needs: 'always', say: 'change-metadata' });
        }
      } else if (key === 'Tabs' && isName(is)) continue;
      // The version of a program that old signing components noted in the page tree.
      else if (key === 'ITXT' && isString(is)) continue;
      else await step.exact(was, is, path, node.pageNumber);
    }
  }
}
