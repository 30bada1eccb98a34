import { formatDateTime, icon, statePanel, type Locale } from '@anjuan/core/element';
import type { ErrorCode } from '@anjuan/core';
import { html, nothing, type TemplateResult } from 'lit';
import { signErrorParts } from '../../errors/sign-error-texts.js';
import type { SignatureReport, ValidationReport } from '../../verify/report.js';
import type { SignatureReportTexts } from './locales/signature-report.js';
import { iconOfTone, toneOf } from './report-tone.js';
import { signatureView } from './signature-view.js';

export interface ReportViewProps {
  readonly texts: SignatureReportTexts;
  readonly locale: Locale;
  readonly report: ValidationReport | undefined;
  readonly failure: ErrorCode | undefined;
  readonly checking: boolean;
  readonly onRetry: () => void;
  readonly onDownload: () => void;
  readonly onLocate: (signature: SignatureReport) => void;
  readonly onShowSigned: (signature: SignatureReport) => void;
}

/** The panel: verdict first, then each signature, then what is for experts. */
export function reportView(props: ReportViewProps): TemplateResult {
  const { texts, locale, report, failure, checking, onRetry } = props;
  if (checking) return statePanel({ icon: 'loader-circle', title: texts.checking, role: 'status' });
  if (failure !== undefined) {
    const { title, next } = signErrorParts(failure, locale);
    const action = { label: texts.retry, onClick: onRetry };
    return statePanel({
      icon: 'circle-alert',
      title,
      reason: next,
      code: failure,
      action,
      tone: 'danger',
      role: 'alert',
    });
  }
  if (!report) return statePanel({ icon: 'stamp', title: texts.empty, reason: texts.emptyReason });
  if (report.signatures.length === 0)
    return statePanel({ icon: 'stamp', title: texts.none, reason: report.summary[locale] });
  return reportBody(report, props);
}

function reportBody(report: ValidationReport, props: ReportViewProps): TemplateResult {
  const { texts, locale, onDownload, onLocate, onShowSigned } = props;
  const { indication, signatures, summary, checkedAt, anomalies, sha256 } = report;
  const tone = toneOf(
    indication,
    signatures.some(({ test }) => test),
  );
  return html`<div class="verdict" part="verdict" data-tone=${tone} role="status">
      ${icon(iconOfTone[tone], { sizePx: 20 })}
      <div>
        <h2>${summary[locale]}</h2>
        <p class="muted">
          ${texts.signatures(signatures.length)} · ${texts.checkedAt(formatDateTime(checkedAt, locale))}
        </p>
      </div>
    </div>
    <ol class="signatures">
      ${signatures.map((signature) =>
        signatureView({
          texts,
          locale,
          signature,
          onLocate: () => onLocate(signature),
          onShowSigned: () => onShowSigned(signature),
        }),
      )}
    </ol>
    <div class="foot">
      ${
        anomalies.length > 0
          ? html`<details>
              <summary>${texts.anomalies}</summary>
              <ul class="lines">
                ${anomalies.map(({ id, bytes: [offset, length] }) => {
                  const where = texts.bytes(String(offset), String(offset + length));
                  return html`<li><code>${id}</code> <span class="muted">${where}</span></li>`;
                })}
              </ul>
            </details>`
          : nothing
      }
      <p class="muted">${texts.fileDigest}<br /><code>${sha256}</code></p>
      <button type="button" class="button" part="download" @click=${onDownload}>${texts.download}</button>
    </div>`;
}
