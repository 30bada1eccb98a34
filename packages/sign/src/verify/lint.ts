import type { ByteSource } from '../bytes/byte-source.js';
import type { LocalizedText } from './report.js';

export interface LintFinding {
  readonly id: string;
  readonly path: string;
  readonly reason: LocalizedText;
}
export function lintBeforeSigning(_source: ByteSource): Promise<readonly LintFinding[]> {
  return Promise.resolve([]);
}
