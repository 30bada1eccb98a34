import { scanObjects } from '../../pdf/read/index.js';
import type { ObjectGraph } from '../changes/object-graph.js';
import { wordsOf } from '../texts.js';
import { lint, type LintFinding } from './lint-finding.js';

/** Findings of the reader, objects that no cross-reference knows, and a first section in pieces. */
export async function lintBytes(graph: ObjectGraph, signal?: AbortSignal): Promise<LintFinding[]> {
  const { file } = graph;
  const found = file.anomalies.map(({ id, bytes }) =>
    lint('anomaly', `Bytes/${String(bytes[0])}`, { value: wordsOf(id) }),
  );
  const first = file.revisions[0];
  if (first && !file.linearized && first.xrefKind !== 'stream') {
    const numbers = [...first.entries.keys()].sort((a, b) => a - b);
    if (numbers.some((number, index) => number !== index))
      found.push(lint('xref', `Bytes/${String(first.xrefOffset)}`));
  }
  const spans: (readonly [number, number])[] = [];
  for (const { entries, index } of file.revisions) {
    for (const [number, entry] of entries) {
      if (entry.kind !== 'offset') continue;
      const extent = await file.extent(number, { revision: index });
      if (extent) spans.push(extent);
    }
  }
  spans.sort((a, b) => a[0] - b[0]);
  let at = 0;
  for (const [offset, lengthBytes] of [...spans, [file.source.sizeBytes, 0] as const]) {
    if (offset > at + 8) {
      const tokens = await scanObjects(file, at, offset, signal && { signal });
      for (const { kind, offset: where, number } of tokens) {
        if (kind !== 'object' || number === undefined || isXref(graph, where)) continue;
        found.push(lint('outside', `Bytes/${String(where)}`, { objectNumber: number }));
      }
    }
    at = Math.max(at, offset + lengthBytes);
  }
  return found;
}

/** Cross-reference streams need no entry of their own. */
const isXref = ({ file }: ObjectGraph, offset: number): boolean =>
  file.revisions.some(
    ({ xrefOffset, trailer }) => Math.abs(xrefOffset - offset) < 8 || trailer.entries.get('XRefStm') === offset,
  ) || file.linearized;
