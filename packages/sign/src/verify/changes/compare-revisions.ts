import { isArray, isDict, isName, isRef, isStream, isString, type PdfDict, type PdfObject } from '../../pdf/objects.js';
import { accountForUpdate } from './accounting.js';
import { below, Comparison, keysOf } from './comparison.js';
import { compareForm, delegateForm } from './form.js';
import type { NewWidgets } from './new-field.js';
import type { ObjectGraph } from './object-graph.js';
import { comparePages, delegatePages } from './pages.js';
import { hasOnlyGrown } from './structure-tree.js';
import type { RawChange } from './raw-change.js';

const EMPTY: PdfDict = { type: 'dict', entries: new Map() };
/** Entries of a trailer that every update writes anew. @source ISO 32000-2 tables 15, 17, 19 */
const OWN_TRAILER = new Set('Size Prev XRefStm Type W Index Length Filter DecodeParms DL'.split(' '));

/**
 * Everything in which revision `to` differs from the one before. What no rule knows is forbidden.
 * Errors: `pdf-malformed`, `pdf-limits-exceeded`, `aborted`.
 */
export async function compareRevisions(graph: ObjectGraph, to: number): Promise<readonly RawChange[]> {
  const step = new Comparison(graph, to, await graph.dirty(to - 1, to));
  const before = graph.file.revisions[step.from]?.trailer ?? EMPTY;
  const after = graph.file.revisions[to]?.trailer ?? EMPTY;
  await compareTrailer(step, before, after);
  await accountForUpdate(step);
  return step.changes;
}

async function compareTrailer(step: Comparison, before: PdfDict, after: PdfDict): Promise<void> {
  for (const key of keysOf(before, after)) {
    const [was, is] = [before.entries.get(key), after.entries.get(key)];
    const path = below('Trailer', key);
    if (OWN_TRAILER.has(key)) continue;
    if (key === 'Root') await compareRoot(step, was, is);
    else if (key === 'Info') await compareInfo(step, was, is);
    else if (key === 'ID') await compareId(step, was, is, path);
    // Checksums of whole files and the like do not survive an update.
    else if (is !== undefined || key === 'Encrypt') await step.exact(was, is, path);
  }
}

async function compareId(
  step: Comparison,
  was: PdfObject | undefined,
  is: PdfObject | undefined,
  path: string,
): Promise<void> {
  // Only encryption makes use of it; some producers draw a new one with every save.
  if (step.graph.file.encryption === undefined) return;
  const [before, after] = [await step.old(was ?? null), await step.new(is ?? null)];
  if (isArray(before) && isArray(after)) await step.exact(before[0], after[0], `${path}/0`);
  else await step.exact(was, is, path);
}

async function compareInfo(step: Comparison, was: PdfObject | undefined, is: PdfObject | undefined): Promise<void> {
  if ((await step.difference(was, is, 'Trailer/Info')) === undefined) return;
  const info = await step.new(is ?? null);
  const plain =
    info === null || (isDict(info) && [...info.entries.values()].every((value) => isString(value) || isName(value)));
  step.report({
    kind: 'metadata',
    path: 'Trailer/Info',
    needs: plain ? 'always' : 'suspicious',
    say: 'change-metadata',
  });
}

async function compareRoot(step: Comparison, was: PdfObject | undefined, is: PdfObject | undefined): Promise<void> {
  const [before, after] = [await step.old(was ?? null), await step.new(is ?? null)];
  if (!isRef(was) || !isRef(is) || !isDict(before) || !isDict(after)) {
    return step.report({ kind: 'catalog', path: 'Root', needs: 'never', say: 'change-trailer' });
  }
  if (was.number === is.number && !step.dirty.has(is.number)) return;
  if (was.number === is.number) step.delegated.add(is.number);
  const [a, b] = [before.entries, after.entries];
  const [oldForm, newForm] = await step.dicts(a.get('AcroForm'), b.get('AcroForm'));
  const widgets: NewWidgets = new Map();
  const nodes = await delegatePages(step, a.get('Pages'), b.get('Pages'));
  await delegateForm(step, oldForm, newForm);
  for (const key of keysOf(before, after)) {
    const path = below('Root', key);
    const [old, now] = [a.get(key), b.get(key)];
    if (key === 'Pages') continue;
    if (key === 'AcroForm') await compareForm(step, oldForm, newForm, widgets);
    else if (key === 'Version' && isName(now)) continue;
    else if (key === 'DSS' || key === 'Extensions' || key === 'Metadata')
      await compareAddition(step, key, old, now, path);
    else if (key === 'StructTreeRoot' && old !== undefined && (await step.difference(old, now, path)) !== undefined) {
      if (!(await hasOnlyGrown(step, old, now))) await step.exact(old, now, path);
      else step.report({ kind: 'structure-tree', path, needs: 'always', say: 'change-structure' });
    } else await step.exact(old, now, path);
  }
  await comparePages(step, nodes, widgets);
}

async function compareAddition(
  step: Comparison,
  key: 'DSS' | 'Extensions' | 'Metadata',
  was: PdfObject | undefined,
  is: PdfObject | undefined,
  path: string,
): Promise<void> {
  if ((await step.difference(was, is, path)) === undefined) return;
  const value = await step.new(is ?? null);
  const fits =
    key === 'DSS'
      ? await isDss(step, value)
      : key === 'Metadata'
        ? isStream(value) || value === null
        : await isPlain(step, value, 0);
  const needs = fits ? 'always' : 'never';
  if (key === 'DSS') step.report({ kind: 'dss', path, needs, say: 'change-dss' });
  else
    step.report({ kind: fits ? 'metadata' : 'catalog', path, needs, say: fits ? 'change-metadata' : 'change-object' });
}

/** @source ISO 32000-2 12.8.4.3, 12.8.4.4 */
async function isDss(step: Comparison, value: PdfObject): Promise<boolean> {
  if (!isDict(value)) return false;
  for (const [key, entry] of value.entries) {
    if (key === 'Type') continue;
    if (key === 'VRI') {
      const vri = await step.new(entry);
      if (!isDict(vri)) return false;
      for (const [name, one] of vri.entries) {
        if (name !== 'Type' && !(await isDss(step, await step.new(one)))) return false;
      }
    } else if (/^(Certs?|OCSPs?|CRLs?)$/.test(key)) {
      const list = await step.new(entry);
      if (!isArray(list)) return false;
      for (const item of list) if (!isStream(await step.new(item))) return false;
    } else if (key === 'TU') continue;
    else if (key !== 'TS' || !isStream(await step.new(entry))) return false;
  }
  return true;
}

async function isPlain(step: Comparison, value: PdfObject, depth: number): Promise<boolean> {
  if (isArray(value)) return everyPlain(step, value, depth);
  if (isDict(value)) return everyPlain(step, [...value.entries.values()], depth);
  return !isStream(value);
}

async function everyPlain(step: Comparison, values: readonly PdfObject[], depth: number): Promise<boolean> {
  for (const value of values) if (depth > 6 || !(await isPlain(step, await step.new(value), depth + 1))) return false;
  return true;
}
