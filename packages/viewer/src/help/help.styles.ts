import { css } from 'lit';

/** Dialog of shortcuts. */
export const helpStyles = css`
  .help {
    width: min(720px, calc(100vw - 32px));
    max-height: calc(100vh - 32px);
    padding: 0;
    overflow: auto;
    color: var(--anjuan-color-text);
    background: var(--anjuan-color-surface);
    border: 1px solid var(--anjuan-color-border);
    border-radius: var(--anjuan-radius-panel);
    box-shadow: var(--anjuan-shadow-panel);
  }
  .help::backdrop {
    background: var(--anjuan-color-overlay);
  }
  .help-box {
    padding: var(--anjuan-space-4);
  }
  .help-head {
    display: flex;
    align-items: center;
    justify-content: space-between;
  }
  .help h2 {
    margin: 0;
    font-size: calc(var(--anjuan-font-size) + 2px);
  }
  .help-hint {
    margin: 0 0 var(--anjuan-space-3);
    color: var(--anjuan-color-text-muted);
  }
  .help-groups {
    columns: 2 280px;
    column-gap: var(--anjuan-space-6);
  }
  .help-group {
    margin-bottom: var(--anjuan-space-4);
    break-inside: avoid;
  }
  .help h3 {
    margin: 0 0 var(--anjuan-space-1);
    font-size: var(--anjuan-font-size-small);
    color: var(--anjuan-color-text-muted);
  }
  .help dl {
    margin: 0;
  }
  .help-row {
    display: flex;
    gap: var(--anjuan-space-3);
    align-items: center;
    justify-content: space-between;
    min-height: 30px;
    border-bottom: 1px solid var(--anjuan-color-border);
  }
  .help dd {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    align-items: center;
    justify-content: flex-end;
    margin: 0;
  }
  .key-or {
    font-size: var(--anjuan-font-size-small);
    color: var(--anjuan-color-text-muted);
  }
`;
