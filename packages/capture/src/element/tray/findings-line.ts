import { icon } from '../icons/icon.js';
import { html, nothing, type TemplateResult } from 'lit';
import { captureErrorParts } from '../../errors/capture-error-texts.js';
import type { TrayPage } from '../../session/tray.js';
import { number, type ViewProps } from '../view-props.js';
import { findingReason } from '../words.js';

/** Why the selected page has its mark, and what to do about it. */
export function findingsLine(props: ViewProps): TemplateResult {
  const { selected } = props.model;
  const content = selected ? lines(props, selected) : nothing;
  return html`<div class="findings" data-widget="findings">${content}</div>`;
}

function lines(props: ViewProps, page: TrayPage): TemplateResult | typeof nothing {
  const { model, texts, locale } = props;
  if (page.mark === 'failed') {
    const { title, next } = captureErrorParts(isCode(page.data.errorCode), locale);
    return html`<p class="finding" data-tone="danger">${icon('circle-x')}<span>${title} · ${next}</span></p>
      <span class="finding-actions">
        <button type="button" class="button" data-widget="retry-page" @click=${() => void model.actions.retry()}>
          ${texts.tools.retry}
        </button>
      </span>`;
  }
  if (page.findings.length === 0) return facts(props, page);
  return html`${page.findings.map(
    (finding) =>
      html`<p
        class="finding"
        data-tone=${page.mark === 'kept' ? 'neutral' : finding.severity === 'reject' ? 'danger' : 'warning'}
      >
        ${icon(finding.severity === 'reject' ? 'circle-x' : 'triangle-alert')}
        <span>${findingReason(finding, model.tray.pages, texts, locale)}</span>
      </p>`,
  )}
  ${
    page.mark === 'kept'
      ? html`<span class="finding-kept">${icon('check')}${texts.marks.kept}</span>`
      : html`<span class="finding-actions">
          <button type="button" class="button" data-widget="keep" @click=${() => props.run('keep')}>
            ${texts.tools.keep}
          </button>
          <button type="button" class="button" data-widget="retake-finding" @click=${() => props.run('retake')}>
            ${texts.tools.retake}
          </button>
        </span>`
  }`;
}

/** Codes come back from the store as plain text; every unknown one reads as "processing stopped". */
function isCode(code: string | undefined): 'pipeline-failed' | 'image-too-large' {
  return code === 'image-too-large' ? code : 'pipeline-failed';
}

/** Nothing to complain of: what the page is. */
function facts(props: ViewProps, page: TrayPage): TemplateResult | typeof nothing {
  const { made } = page.data;
  if (!made || page.mark !== 'good') return nothing;
  const { texts } = props;
  const mm = (points: number): string => number(props, Math.round((points / 72) * 25.4));
  const size = `${mm(made.widthPt)} × ${mm(made.heightPt)} mm`;
  const dpi = texts.units.dpi(number(props, Math.round(made.dpi)));
  return html`<p class="finding-facts">${[texts.colours[page.colour], size, dpi].join(' · ')}</p>`;
}
