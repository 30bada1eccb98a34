import type { ByteSource } from '../bytes/byte-source.js';
import { openPdf } from '../pdf/read/index.js';
import { ObjectGraph } from './changes/object-graph.js';
import { lintAnnotations } from './lint/lint-annotations.js';
import { lintBytes } from './lint/lint-bytes.js';
import type { LintFinding } from './lint/lint-finding.js';
import { lintObjects } from './lint/lint-objects.js';

export type { LintFinding };

const MAX_FINDINGS = 200;

/**
 * What in a file could be used to show something else after it was signed, or would make readers doubt the signature: hidden
 * and unused objects, overlays, scripts, layers. Empty for a file that is safe to sign; at most 200 findings.
 * Errors: `pdf-malformed`, `pdf-encrypted`, `pdf-limits-exceeded`, `aborted`.
 * @source Mainka, Mladenov, Rohlmann: Shadow Attacks (NDSS 2021)
 */
export async function lintBeforeSigning(
  source: ByteSource,
  options: { readonly password?: string; readonly signal?: AbortSignal } = {},
): Promise<readonly LintFinding[]> {
  const file = await openPdf(source, options);
  const graph = new ObjectGraph(file, options.signal);
  const found = [
    ...(await lintObjects(graph)),
    ...(await lintAnnotations(graph)),
    ...(await lintBytes(graph, options.signal)),
  ];
  const seen = new Set<string>();
  return found.filter(({ id, path }) => !seen.has(`${id} ${path}`) && seen.add(`${id} ${path}`)).slice(0, MAX_FINDINGS);
}
