import { isArray, isDict, isName, isRef, isStream, pdfDict, type PdfDict, type PdfObject } from '../../pdf/objects.js';
import { below } from '../changes/comparison.js';
import type { ObjectGraph } from '../changes/object-graph.js';
import { lint, type LintFinding } from './lint-finding.js';

const ACTIVE = new Set([
  'JavaScript',
  'Launch',
  'SubmitForm',
  'ImportData',
  'Rendition',
  'RichMediaExecute',
  'GoToE',
  'GoToR',
]);

/** Goes through everything in use from the trailer on, then names what is not in use. */
export async function lintObjects(graph: ObjectGraph): Promise<LintFinding[]> {
  const { file } = graph;
  const last = file.revisions.length - 1;
  const found: LintFinding[] = [];
  const seen = new Set<number>();
  const open: [PdfObject, string][] = [[file.trailer, 'Trailer']];
  for (let next = open.shift(); next; next = open.shift()) {
    const [value, path] = next;
    if (isRef(value)) {
      if (seen.has(value.number)) continue;
      seen.add(value.number);
      open.push([await graph.get(value.number, last), path]);
    } else if (isArray(value)) value.forEach((item, index) => open.push([item, `${path}/${String(index)}`]));
    else if (isDict(value) || isStream(value)) {
      const dict = isStream(value) ? value.dict : value;
      found.push(...lintDict(dict, path, isStream(value)));
      for (const [key, entry] of dict.entries) {
        // The catalog first: paths are the shortest from there.
        open.push([entry, path === 'Trailer' && key === 'Root' ? 'Root' : below(path, key)]);
      }
    }
  }
  found.push(...(await lintLayers(graph, last)), ...(await lintUnused(graph, last, seen)));
  return found;
}

function* lintDict(dict: PdfDict, path: string, stream: boolean): Generator<LintFinding> {
  const { entries } = dict;
  const action = entries.get('S');
  if ((isName(action) && ACTIVE.has(action.value)) || entries.has('JS') || entries.has('AA'))
    yield lint('active', path);
  if (path === 'Root' && entries.has('OpenAction')) yield lint('active', 'Root/OpenAction');
  if (entries.has('XFA')) yield lint('xfa', path);
  if (entries.get('NeedAppearances') === true) yield lint('regenerates', path);
  if (stream && entries.has('F')) yield lint('external', path);
  if (entries.has('EF') || entries.has('EmbeddedFiles')) yield lint('embedded', path);
}

async function lintLayers(graph: ObjectGraph, revision: number): Promise<LintFinding[]> {
  const { file } = graph;
  const dict = async (value: PdfObject | undefined): Promise<PdfDict> => {
    const found = await file.resolve(value ?? null, { revision });
    return isDict(found) ? found : pdfDict({});
  };
  const root = await dict(file.trailer.entries.get('Root'));
  const layers = await dict(root.entries.get('OCProperties'));
  const usual = await dict(layers.entries.get('D'));
  const off = await file.resolve(usual.entries.get('OFF') ?? null, { revision });
  const hidden = (isArray(off) && off.length > 0) || isName(usual.entries.get('BaseState'), 'OFF');
  return hidden || layers.entries.has('Configs') ? [lint('layers', 'Root/OCProperties')] : [];
}

async function lintUnused(graph: ObjectGraph, last: number, used: ReadonlySet<number>): Promise<LintFinding[]> {
  const { file } = graph;
  const found: LintFinding[] = [];
  const all = new Set(file.revisions.flatMap(({ entries }) => [...entries.keys()]));
  const containers = new Set<number>();
  for (const number of all) {
    const entry = file.entry(number, { revision: last });
    if (entry?.kind === 'compressed') containers.add(entry.streamNumber);
  }
  for (const number of all) {
    if (number === 0 || used.has(number) || containers.has(number) || graph.version(number, last) === undefined)
      continue;
    const object = await graph.get(number, last);
    const isOwn = isStream(object) && isName(object.dict.entries.get('Type'), 'XRef');
    const isHint = isDict(object) && object.entries.has('Linearized');
    if (object === null || isOwn || isHint) continue;
    if (file.linearized && isStream(object) && object.dict.entries.has('S')) continue;
    found.push(lint('unused', `Object/${String(number)}`, { objectNumber: number }));
    if (found.length >= 50) break;
  }
  return found;
}
