import { PdfaFile, type PdfaRule } from './pdfa-file.js';
import { documentRules } from './pdfa-rules-document.js';
import { fontRules } from './pdfa-rules-fonts.js';
import { graphicsRules } from './pdfa-rules-graphics.js';
import { structureRules } from './pdfa-rules-structure.js';

/**
 * A subset of the rules of PDF/A-2b, with a few of our own that are stricter, for places without veraPDF. Written for
 * files with a cross-reference table and for what the capture package can produce.
 * @source ISO 19005-2:2011 clause 6
 */
export const pdfaRules: readonly PdfaRule[] = [...structureRules, ...graphicsRules, ...fontRules, ...documentRules];

/** What a file breaks, as `clause: rule`. */
export async function checkPdfa(bytes: Uint8Array): Promise<readonly string[]> {
  const file = await PdfaFile.open(bytes);
  return pdfaRules.filter(({ holds }) => !holds(file)).map(ruleName);
}

export function ruleName({ clause, says }: PdfaRule): string {
  return `${clause}: ${says}`;
}
