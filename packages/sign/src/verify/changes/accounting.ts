import { isDict, isName, isStream, type PdfObject } from '../../pdf/objects.js';
import type { PdfRevision, XrefEntry } from '../../pdf/pdf-file.js';
import type { Comparison } from './comparison.js';

/** Accounts for every object and every byte that an update brings: what nothing uses was put there for something else. */
export async function accountForUpdate(step: Comparison): Promise<void> {
  const { graph, from, to } = step;
  const revision = graph.file.revisions[to];
  if (!revision) return;
  const [usedBefore, usedNow] = [await graph.reachable(from), await graph.reachable(to)];
  const containers = new Set(
    [...revision.entries.values()].flatMap((e) => (e.kind === 'compressed' ? [e.streamNumber] : [])),
  );
  for (const [number, entry] of revision.entries) {
    if (number === 0 || entry.kind === 'free') continue;
    const was = graph.file.entry(number, { revision: from });
    checkEntry(step, revision, number, entry, was);
    if (usedNow.has(number) || containers.has(number) || isXref(revision, entry)) continue;
    if (graph.version(number, from) === graph.version(number, to)) continue;
    const object = await graph.get(number, to);
    const leftOver = object === null || (isStream(object) && isName(object.dict.entries.get('Type'), 'XRef'));
    if (leftOver || (await step.difference(await graph.get(number, from), object, 'Object')) === undefined) continue;
    step.report({
      kind: 'unused-object',
      path: `Object/${number}`,
      needs: isBuildingBlock(object) ? 'suspicious' : 'always',
      say: 'change-unused',
      objectNumber: number,
    });
  }
  for (const number of usedNow) {
    if (usedBefore.has(number) || graph.version(number, from) === undefined) continue;
    const [old, now] = [await graph.get(number, from), await graph.get(number, to)];
    // A number that led to nothing, or to the table of an older update, reveals nothing.
    if (old === null || now === null || isBookkeeping(old)) continue;
    step.report({
      kind: 'hidden-object',
      path: `Object/${number}`,
      needs: 'never',
      say: 'change-revealed',
      objectNumber: number,
    });
  }
  await accountForBytes(step, revision);
}

/** What a repairing reader could take up by itself, or a later update reveal as something to see. */
const isBuildingBlock = (object: PdfObject): boolean => {
  const dict = isStream(object) ? object.dict : isDict(object) ? object : undefined;
  if (!dict) return false;
  const type = dict.entries.get('Type');
  const structural = ['Catalog', 'Pages', 'Page', 'Sig', 'DocTimeStamp', 'Annot', 'ObjStm'];
  return (
    structural.some((name) => isName(type, name)) ||
    ['FT', 'Contents', 'Kids', 'ByteRange'].some((key) => dict.entries.has(key))
  );
};

const isXref = (revision: PdfRevision, entry: XrefEntry): boolean =>
  entry.kind === 'offset' && entry.offset === revision.xrefOffset;

const isBookkeeping = (value: PdfObject): boolean =>
  isStream(value) && ['XRef', 'ObjStm'].some((type) => isName(value.dict.entries.get('Type'), type));

function checkEntry(
  step: Comparison,
  revision: PdfRevision,
  objectNumber: number,
  entry: XrefEntry,
  was: XrefEntry | undefined,
): void {
  const path = `Object/${objectNumber}`;
  const report = (say: 'change-outside' | 'change-generation', needs: 'never' | 'suspicious'): void =>
    step.report({ kind: 'cross-reference', path, needs, say, objectNumber });
  if (entry.kind === 'compressed') {
    const home = step.graph.file.entry(entry.streamNumber, { revision: step.to });
    const inside = home?.kind === 'offset' && home.offset >= revision.startOffset && home.offset < revision.endOffset;
    const same = was?.kind === 'compressed' && was.streamNumber === entry.streamNumber && was.index === entry.index;
    if (!inside && !same) report('change-outside', 'never');
    return;
  }
  if (entry.kind === 'free') return;
  const inside = entry.offset >= revision.startOffset && entry.offset < revision.endOffset;
  if (!inside && !(was?.kind === 'offset' && was.offset === entry.offset)) report('change-outside', 'never');
  if (was?.kind === 'offset' && was.generation !== entry.generation) report('change-generation', 'never');
  if (was?.kind === 'compressed' && entry.generation !== 0) report('change-generation', 'never');
}

/** Every byte of the update belongs to one object that its cross-reference names, or to the cross-reference. */
async function accountForBytes(step: Comparison, { startOffset, endOffset }: PdfRevision): Promise<void> {
  const { unexplained, overlaps } = await step.graph.coverage();
  for (const [offset, lengthBytes] of [...unexplained, ...overlaps]) {
    if (offset + lengthBytes <= startOffset || offset >= endOffset) continue;
    step.report({ kind: 'cross-reference', path: `Bytes/${offset}`, needs: 'never', say: 'change-bytes' });
  }
}
