import { AnjuanError } from '@anjuan/core';
import { isArray, isDict, isRef, isStream, pdfRef, type PdfObject } from '../../pdf/objects.js';
import { readCoverage, type FileCoverage } from '../../pdf/read/coverage.js';
import type { PdfFile } from '../../pdf/pdf-file.js';
import { signError } from '../../errors/sign-codes.js';

/** More objects than any clinical document has. */
const MAX_OBJECTS = 1_000_000;

/** Which objects refer to which, as of any revision; every version of an object is read once. */
export class ObjectGraph {
  readonly file: PdfFile;
  readonly #signal: AbortSignal | undefined;
  readonly #edges = new Map<string, readonly number[]>();
  readonly #reachable = new Map<number, ReadonlySet<number>>();

  #coverage: Promise<FileCoverage> | undefined;

  constructor(file: PdfFile, signal?: AbortSignal) {
    this.file = file;
    this.#signal = signal;
  }

  /** What every byte of the file is for. */
  coverage(): Promise<FileCoverage> {
    this.#coverage ??= readCoverage(this.file, this.#signal && { signal: this.#signal });
    return this.#coverage;
  }

  /** Where the object stands; equal texts are equal objects. Undefined when it is free or absent. */
  version(number: number, revision: number): string | undefined {
    const entry = this.file.entry(number, { revision });
    if (!entry || entry.kind === 'free') return undefined;
    if (entry.kind === 'offset') return `${entry.offset}/${entry.generation}`;
    return `${this.version(entry.streamNumber, revision) ?? ''}#${entry.index}`;
  }

  /** Objects in use: those that the trailer leads to. */
  async reachable(revision: number): Promise<ReadonlySet<number>> {
    const known = this.#reachable.get(revision);
    if (known) return known;
    const seen = new Set<number>();
    const trailer = this.file.revisions[revision]?.trailer;
    const open = trailer ? references(trailer) : [];
    for (let number = open.pop(); number !== undefined; number = open.pop()) {
      if (seen.has(number)) continue;
      seen.add(number);
      if (seen.size > MAX_OBJECTS) throw signError('pdf-limits-exceeded', { details: { reason: 'objects' } });
      open.push(...(await this.#edgesOf(number, revision)));
    }
    this.#reachable.set(revision, seen);
    return seen;
  }

  /** Objects in use that differ between two revisions, or that lead to such ones. */
  async dirty(from: number, to: number): Promise<ReadonlySet<number>> {
    const all = new Set([...(await this.reachable(from)), ...(await this.reachable(to))]);
    const referrers = new Map<number, number[]>();
    const open: number[] = [];
    for (const number of all) {
      if (this.version(number, from) !== this.version(number, to)) open.push(number);
      const targets = [...(await this.#edgesOf(number, from)), ...(await this.#edgesOf(number, to))];
      for (const target of targets) {
        const list = referrers.get(target);
        if (list) list.push(number);
        else referrers.set(target, [number]);
      }
    }
    const dirty = new Set<number>();
    for (let number = open.pop(); number !== undefined; number = open.pop()) {
      if (dirty.has(number)) continue;
      dirty.add(number);
      open.push(...(referrers.get(number) ?? []));
    }
    return dirty;
  }

  async #edgesOf(number: number, revision: number): Promise<readonly number[]> {
    const version = this.version(number, revision);
    if (version === undefined) return [];
    const known = this.#edges.get(version);
    if (known) return known;
    if (this.#signal?.aborted) throw new AnjuanError('aborted');
    const found = references(await this.get(number, revision));
    this.#edges.set(version, found);
    return found;
  }

  /** The object of that number, whatever its generation. */
  get(number: number, revision: number): Promise<PdfObject> {
    const entry = this.file.entry(number, { revision });
    const generation = entry?.kind === 'offset' ? entry.generation : 0;
    return this.file.get(pdfRef(number, generation), { revision, ...(this.#signal && { signal: this.#signal }) });
  }
}

/** Numbers of all objects that a value refers to. */
export function references(value: PdfObject): number[] {
  const found: number[] = [];
  const open: PdfObject[] = [value];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (isRef(next)) found.push(next.number);
    else if (isArray(next)) open.push(...next);
    else if (isDict(next)) open.push(...next.entries.values());
    else if (isStream(next)) open.push(...next.dict.entries.values());
  }
  return found;
}
