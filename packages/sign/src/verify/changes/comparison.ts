import { equalBytes } from '../../der/index.js';
import {
  isArray,
  isDict,
  isName,
  isRef,
  isStream,
  isString,
  type PdfDict,
  type PdfObject,
  type PdfStream,
} from '../../pdf/objects.js';
import type { ChangeKind } from '../check-ids.js';
import { say, type Sentence } from '../texts.js';
import type { ObjectGraph } from './object-graph.js';
import type { Needs, RawChange } from './raw-change.js';

const MAX_CHANGES = 200;
const EMPTY: PdfDict = { type: 'dict', entries: new Map() };
const PIECE = 1 << 20;

/** Places that refer to pages and fields as such; from anywhere else these are compared like any object. */
const KNOWN =
  /^(Root\/(Pages|AcroForm|StructTreeRoot|Names|Dests|Outlines|OpenAction|AA|Threads|Perms|PieceInfo)|Object)\//;

/** Two neighbouring revisions side by side, and what was found to differ. */
export class Comparison {
  readonly graph: ObjectGraph;
  readonly from: number;
  readonly to: number;
  readonly dirty: ReadonlySet<number>;
  /** Pages, fields and widgets: compared by rules of their own, so equal wherever else they are referred to. */
  readonly delegated = new Set<number>();
  readonly changes: RawChange[] = [];
  readonly #alike = new Set<string>();

  constructor(graph: ObjectGraph, to: number, dirty: ReadonlySet<number>, from = to - 1) {
    this.graph = graph;
    this.from = from;
    this.to = to;
    this.dirty = dirty;
  }

  report(change: {
    readonly kind: ChangeKind;
    readonly path: string;
    readonly needs: Needs | 'always' | 'suspicious' | 'never';
    readonly say: Sentence;
    readonly value?: string;
    readonly objectNumber?: number | undefined;
    readonly pageNumber?: number | undefined;
  }): void {
    // The first findings decide; a flood of them shall not fill the report.
    if (this.changes.length >= MAX_CHANGES && change.needs === 'always') return;
    if (this.changes.length >= 2 * MAX_CHANGES) return;
    this.changes.push({
      kind: change.kind,
      path: change.path,
      revision: this.to,
      needs: typeof change.needs === 'string' ? { rule: change.needs } : change.needs,
      reason: say(change.say, change.value ?? ''),
      ...(change.objectNumber !== undefined && { objectNumber: change.objectNumber }),
      ...(change.pageNumber !== undefined && { pageNumber: change.pageNumber }),
    });
  }

  old(value: PdfObject | undefined): Promise<PdfObject> {
    return this.graph.file.resolve(value, { revision: this.from });
  }

  new(value: PdfObject | undefined): Promise<PdfObject> {
    return this.graph.file.resolve(value, { revision: this.to });
  }

  /** Both as dictionaries; empty ones where they are none. */
  async dicts(a: PdfObject | undefined, b: PdfObject | undefined): Promise<readonly [PdfDict, PdfDict]> {
    const [before, after] = [await this.old(a), await this.new(b)];
    return [isDict(before) ? before : EMPTY, isDict(after) ? after : EMPTY];
  }

  /** The path below `path` where two values differ; undefined when they are alike all the way down. */
  async difference(a: PdfObject | undefined, b: PdfObject | undefined, path: string): Promise<string | undefined> {
    // Pairs assumed alike while under comparison end cycles; they are kept only when no difference was found at all.
    const assumed = new Set<string>();
    const found = await this.#compare(a, b, path, assumed);
    if (found === undefined) for (const pair of assumed) this.#alike.add(pair);
    return found;
  }

  async #compare(
    a: PdfObject | undefined,
    b: PdfObject | undefined,
    path: string,
    assumed: Set<string>,
  ): Promise<string | undefined> {
    if (isRef(a) && isRef(b)) {
      const same = a.number === b.number && a.generation === b.generation;
      if (same && (!this.dirty.has(a.number) || (this.delegated.has(a.number) && KNOWN.test(path)))) return undefined;
      const pair = `${a.number} ${b.number}`;
      if (this.#alike.has(pair) || assumed.has(pair)) return undefined;
      assumed.add(pair);
    }
    return this.#differ(await this.old(a ?? null), await this.new(b ?? null), path, assumed);
  }

  async #differ(a: PdfObject, b: PdfObject, path: string, assumed: Set<string>): Promise<string | undefined> {
    // Not for containers: the same array may lead to objects that differ.
    if (a === b && (a === null || typeof a !== 'object')) return undefined;
    if (isName(a) && isName(b)) return a.value === b.value ? undefined : path;
    if (isString(a) && isString(b)) return equalBytes(a.bytes, b.bytes) ? undefined : path;
    if (isArray(a) && isArray(b)) {
      if (a.length !== b.length) return path;
      for (const [index, item] of a.entries()) {
        const found = await this.#compare(item, b[index], `${path}/${index}`, assumed);
        if (found !== undefined) return found;
      }
      return undefined;
    }
    if (isDict(a) && isDict(b)) return this.#differDicts(a, b, path, assumed);
    if (isStream(a) && isStream(b)) {
      return (
        (await this.#differDicts(a.dict, b.dict, path, assumed, 'Length')) ?? (await this.#differStreams(a, b, path))
      );
    }
    return path;
  }

  async #differDicts(
    a: PdfDict,
    b: PdfDict,
    path: string,
    assumed: Set<string>,
    but?: string,
  ): Promise<string | undefined> {
    for (const key of keysOf(a, b)) {
      if (key === but) continue;
      const found = await this.#compare(a.entries.get(key), b.entries.get(key), below(path, key), assumed);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  async #differStreams(a: PdfStream, b: PdfStream, path: string): Promise<string | undefined> {
    if (a.offset === b.offset && a.lengthBytes === b.lengthBytes) return undefined;
    const { file } = this.graph;
    if (file.encryption) {
      try {
        return equalBytes(await file.decode(a), await file.decode(b)) ? undefined : path;
      } catch {
        return path;
      }
    }
    if (a.lengthBytes !== b.lengthBytes) return path;
    for (let at = 0; at < a.lengthBytes; at += PIECE) {
      const size = Math.min(PIECE, a.lengthBytes - at);
      const [left, right] = [await file.source.read(a.offset + at, size), await file.source.read(b.offset + at, size)];
      if (!equalBytes(left, right)) return path;
    }
    return undefined;
  }

  /** Demands that two values are alike and reports the first place where they are not. */
  async exact(a: PdfObject | undefined, b: PdfObject | undefined, path: string, pageNumber?: number): Promise<void> {
    const found = await this.difference(a, b, path);
    if (found === undefined) return;
    const kind = kindOf(found);
    const objectNumber = isRef(b) ? b.number : isRef(a) ? a.number : undefined;
    this.report({
      kind,
      path: found,
      needs: 'never',
      say: SENTENCES[kind] ?? 'change-object',
      objectNumber,
      pageNumber,
    });
  }
}

/** Keys of both, each once. */
export const keysOf = (a: PdfDict, b: PdfDict): Set<string> => new Set([...a.entries.keys(), ...b.entries.keys()]);

/** One step down; odd keys may hold text of the record and are not shown. */
export const below = (path: string, key: string): string => `${path}/${/^[\w.+-]{1,40}$/.test(key) ? key : '?'}`;

const KINDS: readonly (readonly [RegExp, ChangeKind])[] = [
  [/\/(OpenAction|AA|A|JavaScript)(\/|$)/, 'active-content'],
  [/\/XFA(\/|$)/, 'xfa'],
  [/\/(EmbeddedFiles|AF|EF|FS|Collection)(\/|$)/, 'embedded-file'],
  [/\/(OCProperties|OC|OCGs)(\/|$)/, 'optional-content'],
  [/^Root\/AcroForm/, 'form-structure'],
  [/\/Annots(\/|$)/, 'annotation'],
  [/^Root\/Pages(\/Kids\/\d+)*\/Contents/, 'page-content'],
  [/^Root\/Pages(\/Kids\/\d+)*\/Resources/, 'page-resources'],
  [/^Root\/Pages(\/Kids(\/\d+)?)*$/, 'page-tree'],
  [/^Root\/Pages\//, 'page'],
  [/^Root\/StructTreeRoot/, 'structure-tree'],
  [/^Root/, 'catalog'],
  [/^Trailer/, 'trailer'],
];

/** What an object is for, by its path. */
export const kindOf = (path: string): ChangeKind => KINDS.find(([pattern]) => pattern.test(path))?.[1] ?? 'object';

const SENTENCES: Partial<Record<ChangeKind, Sentence>> = {
  'active-content': 'change-active',
  xfa: 'change-form-structure',
  'embedded-file': 'change-embedded',
  'optional-content': 'change-layers',
  'form-structure': 'change-form-structure',
  annotation: 'change-annotation',
  'page-content': 'change-content',
  'page-resources': 'change-resources',
  'page-tree': 'change-pages',
  trailer: 'change-trailer',
};
