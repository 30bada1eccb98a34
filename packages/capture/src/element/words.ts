import type { ErrorCode } from '@anjuan/core';
import { formatNumber, type Locale } from '@anjuan/core/element';
import { captureErrorParts } from '../errors/capture-error-texts.js';
import type { QualityFinding } from '../recipe/types.js';
import type { TrayDocument, TrayPage } from '../session/tray.js';
import type { CaptureTexts } from './locales/capture.js';
import { documentTypeNames } from './locales/document-type-names.js';

/** Name of a document type in the language; its code when the type is unknown here. */
export function typeName(code: string, locale: Locale): string {
  const names = documentTypeNames[code];
  return names ? names[locale === 'zh-CN' ? 'zh' : 'en'] : code;
}

/** What a document is called on the screen: its title, its type, or its number. */
export function documentName(document: TrayDocument, texts: CaptureTexts, locale: Locale): string {
  if (document.title) return document.title;
  if (document.typeCode !== undefined) return typeName(document.typeCode, locale);
  return `${texts.tray.document(formatNumber(document.number, locale))} · ${texts.tray.noType}`;
}

/** The word of a page's dot: the first finding, or its state. */
export function markWord(page: TrayPage, texts: CaptureTexts): string {
  const [finding] = page.findings.toSorted((a, b) => rank(a) - rank(b));
  if ((page.mark === 'warn' || page.mark === 'reject') && finding) return texts.issues[finding.issue];
  if (page.waitsForBack && page.mark === 'good') return texts.tray.back;
  return page.mark === 'warn' || page.mark === 'reject' ? texts.marks.good : texts.marks[page.mark];
}

const rank = ({ severity }: QualityFinding): number => (severity === 'reject' ? 0 : 1);

/** Why a finding was made, with what was measured. */
export function findingReason(
  finding: QualityFinding,
  pages: readonly TrayPage[],
  texts: CaptureTexts,
  locale: Locale,
): string {
  const reason = texts.reasons[finding.issue];
  const other = pages.find(({ pageId }) => pageId === finding.otherPageId);
  if (other) return `${texts.issues[finding.issue]}: ${texts.reasons.like(formatNumber(other.number, locale))}`;
  if (finding.issue === 'duplicate' || finding.issue === 'near-duplicate') return reason;
  const value = (number: number): string =>
    texts.units[finding.unit](formatNumber(Math.round(number * 10) / 10, locale));
  return `${reason} (${texts.reasons.measured(value(finding.measured), value(finding.limit))})`;
}

/** An error in one line: what happened, what to do. */
export function errorLine(code: ErrorCode, locale: Locale): string {
  const { title, next } = captureErrorParts(code, locale);
  return locale === 'zh-CN' ? `${title}。${next}。` : `${title}. ${next}.`;
}

/** `3.4 MB`. */
export function formatBytes(bytes: number, locale: Locale): string {
  const [size, unit] = bytes < 2 ** 20 ? [bytes / 2 ** 10, 'KB'] : [bytes / 2 ** 20, 'MB'];
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: size < 10 ? 1 : 0 }).format(size)} ${unit}`;
}
