import { css } from 'lit';

export const signatureReportStyles = css`
  :host {
    container-type: inline-size;
    overflow: auto;
    background: var(--anjuan-color-surface);
  }
  h2,
  h3,
  p,
  dl,
  dd,
  ul,
  ol {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h2 {
    font-size: inherit;
  }
  .verdict {
    display: flex;
    gap: var(--anjuan-space-3);
    padding: var(--anjuan-space-4);
    border-bottom: 1px solid var(--anjuan-color-border);
    border-inline-start: 4px solid currentColor;
  }
  .verdict svg {
    flex: none;
    margin-top: 2px;
  }
  .verdict h2 {
    color: var(--anjuan-color-text);
  }
  [data-tone='good'] {
    --tone: var(--anjuan-color-success);
  }
  [data-tone='unsure'] {
    --tone: var(--anjuan-color-warning);
  }
  [data-tone='bad'] {
    --tone: var(--anjuan-color-danger);
  }
  [data-tone='test'],
  [data-tone='quiet'] {
    --tone: var(--anjuan-color-text-muted);
  }
  .verdict,
  .mark {
    color: var(--tone);
  }
  .muted {
    color: var(--anjuan-color-text-muted);
    font-size: var(--anjuan-font-size-small);
  }
  .signature {
    display: grid;
    gap: var(--anjuan-space-2);
    padding: var(--anjuan-space-4);
    border-bottom: 1px solid var(--anjuan-color-border);
  }
  h3 {
    display: flex;
    flex-wrap: wrap;
    gap: var(--anjuan-space-1) var(--anjuan-space-2);
    align-items: center;
    font-size: inherit;
  }
  .kind {
    font-weight: 400;
    color: var(--anjuan-color-text-muted);
  }
  .name {
    overflow-wrap: anywhere;
  }
  .mark {
    display: inline-flex;
    flex: none;
    gap: var(--anjuan-space-1);
    align-items: center;
    font-weight: 600;
  }
  .facts {
    display: grid;
    grid-template-columns: max-content minmax(0, 1fr);
    gap: 0 var(--anjuan-space-3);
  }
  dt {
    color: var(--anjuan-color-text-muted);
  }
  dd {
    overflow-wrap: anywhere;
  }
  .certificate {
    padding: var(--anjuan-space-2) 0;
    border-top: 1px solid var(--anjuan-color-border);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--anjuan-space-2);
    align-items: center;
  }
  summary {
    min-height: var(--anjuan-control-size);
    align-content: center;
    border-radius: var(--anjuan-radius-control);
    cursor: pointer;
  }
  .lines li {
    display: flex;
    gap: var(--anjuan-space-2);
    padding: 2px 0;
  }
  .lines .mark {
    align-items: start;
    width: 7.5em;
    font-size: var(--anjuan-font-size-small);
    font-weight: 400;
  }
  .lines svg {
    margin-top: 3px;
  }
  .line-text {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  code {
    font-size: var(--anjuan-font-size-small);
    color: var(--anjuan-color-text-muted);
    overflow-wrap: anywhere;
  }
  .foot {
    display: grid;
    gap: var(--anjuan-space-3);
    justify-items: start;
    padding: var(--anjuan-space-4);
  }
  @container (max-width: 420px) {
    .facts {
      grid-template-columns: minmax(0, 1fr);
    }
    dd {
      padding-bottom: var(--anjuan-space-1);
    }
    .lines li {
      flex-direction: column;
      gap: 0;
    }
  }
  @media print {
    :host {
      overflow: visible;
    }
    .actions,
    .foot button {
      display: none;
    }
  }
`;
