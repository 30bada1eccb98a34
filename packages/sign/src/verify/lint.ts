import type { ByteSource } from '../bytes/byte-source.js';
import type { LintFinding } from './lint/lint-finding.js';

export type { LintFinding };

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
  const { lintPdf } = await import('./lint/lint-pdf.js');
  return lintPdf(source, options);
}
