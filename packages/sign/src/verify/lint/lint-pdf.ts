import type { ByteSource } from '../../bytes/byte-source.js';
import { openPdf, type OpenPdfOptions } from '../../pdf/read/index.js';
import { ObjectGraph } from '../changes/object-graph.js';
import { lintAnnotations } from './lint-annotations.js';
import { lintBytes } from './lint-bytes.js';
import type { LintFinding } from './lint-finding.js';
import { lintObjects } from './lint-objects.js';

const MAX_FINDINGS = 200;

/** All rules over one file; a place is named once for each rule. */
export async function lintPdf(source: ByteSource, options: OpenPdfOptions): Promise<readonly LintFinding[]> {
  const file = await openPdf(source, options);
  const graph = new ObjectGraph(file, options.signal);
  const objects = await lintObjects(graph);
  const found = [...objects, ...(await lintAnnotations(graph)), ...(await lintBytes(graph, options.signal))];
  const seen = new Set<string>();
  return found.filter(({ id, path }) => !seen.has(`${id} ${path}`) && seen.add(`${id} ${path}`)).slice(0, MAX_FINDINGS);
}
