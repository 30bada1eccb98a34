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
  for (const [offset, lengthBytes] of (await graph.coverage()).unexplained) {
    const tokens = await scanObjects(file, offset, offset + lengthBytes, signal && { signal });
    const [object] = tokens.filter(({ kind }) => kind === 'object');
    const where = `Bytes/${String(object?.offset ?? offset)}`;
    found.push(lint('outside', where, object?.number === undefined ? {} : { objectNumber: object.number }));
  }
  return found;
}
