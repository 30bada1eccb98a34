import { css } from 'lit';

/** Dialogs: documents and shortcuts. */
export const dialogStyles = css`
  .sheet {
    width: min(520px, calc(100vw - 16px));
    max-height: calc(100vh - 16px);
    padding: 0;
    overflow: auto;
    color: var(--anjuan-color-text);
    background: var(--anjuan-color-surface);
    border: 1px solid var(--anjuan-color-border);
    border-radius: var(--anjuan-radius-panel);
    box-shadow: var(--anjuan-shadow-panel);
  }
  .sheet-wide {
    width: min(720px, calc(100vw - 16px));
  }
  .sheet::backdrop {
    background: var(--anjuan-color-overlay);
  }
  .sheet-box {
    display: flex;
    flex-direction: column;
    gap: var(--anjuan-space-3);
    padding: var(--anjuan-space-3) var(--anjuan-space-4) var(--anjuan-space-4);
  }
  .sheet h2 {
    font-size: calc(var(--anjuan-font-size) + 2px);
  }
  .sheet-foot {
    display: flex;
    flex-wrap: wrap;
    gap: var(--anjuan-space-2);
    justify-content: space-between;
  }
  .document-form {
    display: flex;
    flex-direction: column;
    gap: var(--anjuan-space-2);
    min-width: 0;
    margin: 0;
    padding: var(--anjuan-space-2) var(--anjuan-space-3) var(--anjuan-space-3);
    border: 1px solid var(--anjuan-color-border);
    border-radius: var(--anjuan-radius-panel);
  }
  .document-form legend {
    padding: 0 var(--anjuan-space-1);
    font-weight: 600;
  }
  .form-row {
    display: flex;
    gap: var(--anjuan-space-2);
    align-items: center;
  }
  .form-row > span {
    flex: 0 0 3.4em;
    color: var(--anjuan-color-text-muted);
  }
  .form-row .field {
    flex: 1;
    min-width: 0;
  }
  .field[aria-invalid='true'] {
    border-color: var(--anjuan-color-danger);
  }
  .form-error {
    display: flex;
    gap: var(--anjuan-space-1);
    align-items: center;
    margin: 0 0 0 calc(3.4em + var(--anjuan-space-2));
    color: var(--anjuan-color-danger);
  }
  .help-groups {
    columns: 2 280px;
    column-gap: var(--anjuan-space-6);
  }
  .help-group {
    margin-bottom: var(--anjuan-space-4);
    break-inside: avoid;
  }
  .help-group h3 {
    margin: 0 0 var(--anjuan-space-1);
    font-size: var(--anjuan-font-size-small);
    color: var(--anjuan-color-text-muted);
  }
  .help-group dl {
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
  .help-row dd {
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
  kbd {
    padding: 0 5px;
    font-family: inherit;
    font-size: var(--anjuan-font-size-small);
    line-height: 1.5;
    color: var(--anjuan-color-text-muted);
    background: var(--anjuan-color-surface-2);
    border: 1px solid var(--anjuan-color-border);
    border-radius: var(--anjuan-radius-control);
  }
`;
