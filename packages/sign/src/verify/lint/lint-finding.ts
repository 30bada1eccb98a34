import type { LocalizedText } from '../report.js';
import { say, type Sentence } from '../texts.js';

/** Something to look at before signing. */
export interface LintFinding {
  readonly id: Extract<Sentence, `lint-${string}`> extends `lint-${infer Id}` ? Id : never;
  /** Where, for example `Root/OpenAction` or `Object/12`. No text of the record. */
  readonly path: string;
  readonly reason: LocalizedText;
  readonly objectNumber?: number;
  /** From 1. */
  readonly pageNumber?: number;
}

/** A finding with its sentence. */
export const lint = (
  id: LintFinding['id'],
  path: string,
  more: { readonly objectNumber?: number; readonly pageNumber?: number; readonly value?: LocalizedText } = {},
): LintFinding => {
  const { value, ...where } = more;
  return { id, path, reason: say(`lint-${id}`, value ?? ''), ...where };
};
