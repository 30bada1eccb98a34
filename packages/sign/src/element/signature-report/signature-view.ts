import { formatDate, formatDateTime, icon, type Locale } from '@anjuan/core/element';
import { html, nothing, type TemplateResult } from 'lit';
import type { CertificateSummary, SignatureReport } from '../../verify/report.js';
import { changesView, checksView } from './checks-view.js';
import type { SignatureReportTexts } from './locales/signature-report.js';
import { iconOfTone, toneOf } from './report-tone.js';

export interface SignatureViewProps {
  readonly texts: SignatureReportTexts;
  readonly locale: Locale;
  readonly signature: SignatureReport;
  readonly onLocate: () => void;
  readonly onShowSigned: () => void;
}

const fact = (label: string, value: unknown): TemplateResult | typeof nothing =>
  value === undefined || value === ''
    ? nothing
    : html`<dt>${label}</dt>
        <dd>${value}</dd>`;

/** The common name, as people are called; else the whole name. @source RFC 4514 */
export function commonName(distinguishedName: string): string {
  const found = /(?:^|[,+])CN=((?:\\.|[^,+\\])+)/.exec(distinguishedName)?.[1];
  return found?.replace(/\\([,+"\\<>;=# ])/g, '$1') ?? distinguishedName;
}

function times({ texts, locale, signature }: SignatureViewProps): unknown {
  const { provenTime, claimedTime } = signature;
  const claimed = html`${formatDateTime(claimedTime, locale)} <span class="muted">${texts.claimedNote}</span>`;
  return [
    fact(texts.provenTime, provenTime && formatDateTime(provenTime, locale)),
    provenTime === undefined && claimedTime !== undefined ? fact(texts.claimedTime, claimed) : nothing,
  ];
}

function certificate(summary: CertificateSummary, { texts, locale }: SignatureViewProps): TemplateResult {
  const { subject, issuer, serialNumber, notBefore, notAfter, fingerprint } = summary;
  return html`<dl class="facts certificate">
    ${fact(texts.subject, subject)} ${fact(texts.issuer, issuer)}
    ${fact(texts.serial, html`<code>${serialNumber}</code>`)}
    ${fact(texts.validity, texts.validFrom(formatDate(notBefore, locale), formatDate(notAfter, locale)))}
    ${fact(texts.fingerprint, html`<code>${fingerprint}</code>`)}
  </dl>`;
}

function place(props: SignatureViewProps): TemplateResult {
  const { texts, signature, onLocate, onShowSigned } = props;
  const { pageNumber, coversWholeFile, revision } = signature;
  return html`<p class="muted">${coversWholeFile ? texts.wholeFile : texts.earlier(revision + 1)}</p>
    <div class="actions">
      ${
        pageNumber === undefined
          ? html`<span class="muted">${texts.invisible}</span>`
          : html`<button type="button" class="button" @click=${onLocate}>
              ${texts.locate} · ${texts.page(pageNumber)}
            </button>`
      }
      ${
        coversWholeFile
          ? nothing
          : html`<button type="button" class="button" @click=${onShowSigned}>${texts.showSigned}</button>`
      }
    </div>`;
}

/** One signature: who, the verdict as a sentence, when, and every check behind it. */
export function signatureView(props: SignatureViewProps): TemplateResult {
  const { texts, locale, signature } = props;
  const { kind, indication, test, summary, signer, chain, checks } = signature;
  const tone = toneOf(indication, test);
  const name = signer ? commonName(signer.subject) : '';
  return html`<li class="signature" part="signature" data-tone=${tone}>
    <h3>
      <span class="mark">${icon(iconOfTone[tone])}<span class="mark-word">${texts.verdict[tone]}</span></span>
      <span class="kind">${texts.kind[kind]}</span>${name ? html`<span class="name">${name}</span>` : nothing}
    </h3>
    <p>${summary[locale]}</p>
    <dl class="facts">
      ${times(props)} ${fact(texts.reason, signature.reasonText)} ${fact(texts.location, signature.location)}
      ${fact(texts.issuer, signer && commonName(signer.issuer))} ${fact(texts.level, texts.levels[signature.level])}
      ${fact(texts.algorithm, signature.algorithm)}
    </dl>
    ${place(props)} ${changesView(signature, props)} ${checksView(checks, props)}
    ${
      chain.length > 0
        ? html`<details>
            <summary>${texts.certificates}</summary>
            ${chain.map((one) => certificate(one, props))}
          </details>`
        : nothing
    }
  </li>`;
}
