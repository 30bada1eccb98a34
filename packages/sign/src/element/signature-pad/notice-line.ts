import type { ErrorCode } from '@anjuan/core';
import { icon, type IconName } from '@anjuan/core/element';
import { html, nothing, type TemplateResult } from 'lit';
import { signErrorParts } from '../../errors/sign-error-texts.js';
import type { PadViewProps } from './pad-view-props.js';

/** One line: what is the matter, what to do, one action. Nothing when nothing is. */
export function noticeLine(props: PadViewProps): TemplateResult | typeof nothing {
  const { texts, source, notice, missing, actions } = props;
  if (source.status === 'failed') {
    // Another try on the same page of plain http would fail for the same reason.
    if (source.code === 'pad-insecure-context') return line(props, source.code, 'unplug');
    return line(props, source.code, 'unplug', { label: texts.source.reconnect, onClick: actions.reconnect });
  }
  if (notice.kind === 'error') return line(props, notice.code, 'triangle-alert');
  if (missing) return line(props, 'ink-empty', 'circle-alert');
  if (notice.kind === 'policy') return words(props.policyText, 'circle-alert');
  if (notice.kind === 'confirmed' || notice.kind === 'restored') return words(texts[notice.kind], 'check');
  if (source.status === 'connecting') return words(texts.source.connecting, 'loader-circle');
  if (source.status === 'ready') return words(texts.source.ready(source.session.device.model ?? ''), 'check');
  return nothing;
}

function words(text: string, name: IconName): TemplateResult {
  return html`<p class="notice" part="notice" data-widget="notice">${icon(name)}<span>${text}</span></p>`;
}

function line(
  { locale, disabled }: PadViewProps,
  code: ErrorCode,
  name: IconName,
  action?: { readonly label: string; readonly onClick: () => void },
): TemplateResult {
  const { title, next } = signErrorParts(code, locale);
  return html`<div class="notice" part="notice" data-widget="notice" data-tone="danger" data-code=${code}>
    ${icon(name)}
    <p>
      <span class="notice-title">${title}</span>
      <span class="muted">${next}</span>
    </p>
    ${
      action && !disabled
        ? html`<button type="button" class="button" data-widget="reconnect" @click=${action.onClick}>
            ${action.label}
          </button>`
        : nothing
    }
  </div>`;
}
