import { css, html, type TemplateResult } from 'lit';
import { styleMap } from 'lit/directives/style-map.js';
import {
  AnjuanElement,
  baseStyles,
  defineMessages,
  errorParts,
  formatDateTime,
  icon,
  palettes,
  statePanel,
} from '@anjuan/core/element';

const messages = defineMessages({
  'zh-CN': {
    title: '案卷：以病案为单位',
    intro: '一次住院的全部文书，连续阅读。',
    time: '归档时间',
    primary: '打开病案',
    secondary: '取消',
    search: '查找',
    field: '病案号',
    retry: '重试',
  },
  en: {
    title: 'A record, not a file',
    intro: 'All documents of a hospital stay, read in one go.',
    time: 'Archived',
    primary: 'Open the record',
    secondary: 'Cancel',
    search: 'Search',
    field: 'Record number',
    retry: 'Retry',
  },
});

/** Shows what a provider hands down: colours, type, controls, a state. */
export class TokenSample extends AnjuanElement {
  static override readonly styles = [
    baseStyles,
    css`
      :host {
        min-height: 100vh;
        padding: var(--anjuan-space-4);
        background: var(--anjuan-color-surface);
      }
      h2 {
        margin: 0;
        font-size: inherit;
      }
      p {
        margin: 0 0 var(--anjuan-space-3);
      }
      .muted {
        color: var(--anjuan-color-text-muted);
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        gap: var(--anjuan-space-2);
        align-items: center;
        margin-bottom: var(--anjuan-space-4);
      }
      .swatch {
        display: flex;
        align-items: center;
        gap: var(--anjuan-space-1);
        min-width: 9em;
        font-size: var(--anjuan-font-size-small);
      }
      .swatch span {
        width: 24px;
        height: 24px;
        border: 1px solid var(--anjuan-color-control);
        border-radius: var(--anjuan-radius-control);
      }
    `,
  ];

  protected override render(): TemplateResult {
    const t = this.texts(messages);
    const { title, next } = errorParts('network-unreachable', this.locale);
    return html`
      <h2>${t.title}</h2>
      <p>${t.intro} <span class="muted">${t.time} ${formatDateTime('2026-03-11T16:40:00+08:00')}</span></p>
      <div class="row">
        <button class="button" data-kind="primary" type="button">${t.primary}</button>
        <button class="button" type="button">${t.secondary}</button>
        <button class="icon-button" type="button" aria-label=${t.search}>${icon('search')}</button>
        <input class="field" type="text" aria-label=${t.field} placeholder=${t.field} />
      </div>
      <div class="row">
        ${Object.keys(palettes.light).map(
          (role) =>
            html`<div class="swatch">
              <span style=${styleMap({ background: `var(--anjuan-color-${role})` })}></span>${role}
            </div>`,
        )}
      </div>
      ${statePanel({
        icon: 'wifi-off',
        title,
        reason: next,
        code: 'network-unreachable',
        requestId: '3f2a-58b0',
        action: { label: t.retry, onClick: () => this.requestUpdate() },
      })}
    `;
  }
}
