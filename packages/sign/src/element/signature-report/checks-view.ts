import { formatNumber, icon, type Locale } from '@anjuan/core/element';
import { html, nothing, type TemplateResult } from 'lit';
import type { SignatureCheck, SignatureReport, SignedChange } from '../../verify/report.js';
import type { SignatureReportTexts } from './locales/signature-report.js';
import { iconOfTone, toneOfChange, toneOfCheck, type Tone } from './report-tone.js';

interface Words {
  readonly texts: SignatureReportTexts;
  readonly locale: Locale;
}

function line(tone: Tone, word: string, ...content: readonly unknown[]): TemplateResult {
  return html`<li data-tone=${tone}>
    <span class="mark">${icon(iconOfTone[tone], { sizePx: 16 })}<span class="mark-word">${word}</span></span>
    <span class="line-text">${content}</span>
  </li>`;
}

function check({ id, result, reason, bytes }: SignatureCheck, { texts, locale }: Words): TemplateResult {
  const ranges = (bytes ?? []).map(([offset, length]) =>
    texts.bytes(formatNumber(offset, locale), formatNumber(offset + length, locale)),
  );
  return line(
    toneOfCheck[result],
    texts.results[result],
    reason[locale],
    html` <code>${id}</code>`,
    ranges.length > 0 ? html` <span class="muted">${ranges.join(' · ')}</span>` : nothing,
  );
}

/** What did not pass stands open, what passed is folded away. */
export function checksView(checks: readonly SignatureCheck[], words: Words): TemplateResult {
  const passed = checks.filter(({ result }) => result === 'passed');
  const others = checks.filter(({ result }) => result !== 'passed');
  return html`${
    others.length > 0
      ? html`<ul class="lines" aria-label=${words.texts.checks}>
          ${others.map((one) => check(one, words))}
        </ul>`
      : nothing
  }
  ${
    passed.length > 0
      ? html`<details>
          <summary>${words.texts.passedChecks(passed.length)}</summary>
          <ul class="lines">
            ${passed.map((one) => check(one, words))}
          </ul>
        </details>`
      : nothing
  }`;
}

function change({ result, reason, path, pageNumber }: SignedChange, { texts, locale }: Words): TemplateResult {
  return line(
    toneOfChange[result],
    texts.changeResults[result],
    reason[locale],
    html` <code>${path}</code>`,
    pageNumber === undefined ? nothing : html` <span class="muted">${texts.page(pageNumber)}</span>`,
  );
}

/** Open when something is not allowed. */
export function changesView({ changes }: SignatureReport, words: Words): TemplateResult | typeof nothing {
  if (changes.length === 0) return nothing;
  return html`<details ?open=${changes.some(({ result }) => result !== 'allowed')}>
    <summary>${words.texts.changes(changes.length)}</summary>
    <ul class="lines">
      ${changes.map((one) => change(one, words))}
    </ul>
  </details>`;
}
