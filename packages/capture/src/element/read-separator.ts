import { findSeparator } from '../separator/index.js';
import type { SeparatorSheet } from '../session/session-ports.js';
import type { FoundBarcode } from '../worker/protocol.js';
import { documentTypeNames } from './locales/document-type-names.js';

/** Undefined when no code in the picture is one of our separator sheets. */
export function readSeparatorSheet(codes: readonly FoundBarcode[]): SeparatorSheet | undefined {
  const separator = findSeparator(codes);
  if (!separator) return undefined;
  const { category } = separator;
  return category !== undefined && Object.hasOwn(documentTypeNames, category) ? { typeCode: category } : {};
}
