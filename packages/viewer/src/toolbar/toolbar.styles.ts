import { css } from 'lit';

/** Tools, page field and menus. */
export const toolbarStyles = css`
  .toolbar {
    display: flex;
    flex: none;
    gap: var(--anjuan-space-1);
    align-items: center;
    min-width: 0;
    padding: var(--anjuan-space-1) var(--anjuan-space-2);
    background: var(--anjuan-color-surface);
    border-bottom: 1px solid var(--anjuan-color-border);
  }
  :host([data-layout='narrow']) .toolbar,
  :host([data-layout='panel']) .toolbar {
    justify-content: space-between;
    border-top: 1px solid var(--anjuan-color-border);
    border-bottom: 0;
  }
  .title {
    display: flex;
    min-height: var(--anjuan-line-height);
    flex: 1 1 0;
    gap: var(--anjuan-space-3);
    align-items: baseline;
    min-width: 0;
    padding: 0 var(--anjuan-space-2);
    overflow: hidden;
    white-space: nowrap;
  }
  :host([data-layout='narrow']) .title {
    flex: none;
    padding: var(--anjuan-space-1) var(--anjuan-space-3);
    border-bottom: 1px solid var(--anjuan-color-border);
  }
  .title-name {
    flex: none;
    max-width: 60%;
    overflow: hidden;
    text-overflow: ellipsis;
    font-weight: 600;
    unicode-bidi: isolate;
  }
  .title-rest {
    flex: 0 100 auto;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    color: var(--anjuan-color-text-muted);
    unicode-bidi: isolate;
  }
  .tool-group {
    display: flex;
    flex: none;
    align-items: center;
  }
  :host([data-layout='wide']) .tool-group + .tool-group {
    padding-left: var(--anjuan-space-1);
    margin-left: var(--anjuan-space-1);
    border-left: 1px solid var(--anjuan-color-border);
  }
  .page-field {
    display: inline-flex;
    gap: var(--anjuan-space-1);
    align-items: center;
    white-space: nowrap;
  }
  .page-input {
    width: 3.6em;
    padding: 0 var(--anjuan-space-1);
    text-align: center;
  }
  .page-total {
    min-width: 2.6em;
    color: var(--anjuan-color-text-muted);
  }
  .menu {
    position: relative;
    display: inline-flex;
  }
  .zoom-button {
    display: inline-flex;
    gap: 2px;
    align-items: center;
    justify-content: center;
    min-width: 5em;
    height: var(--anjuan-control-size);
    padding: 0 var(--anjuan-space-1);
    font: inherit;
    color: var(--anjuan-color-text);
    background: transparent;
    border: 0;
    border-radius: var(--anjuan-radius-control);
    cursor: pointer;
  }
  .zoom-button:hover,
  .zoom-button[aria-expanded='true'] {
    background: var(--anjuan-color-selection);
  }
  .zoom-button:disabled {
    cursor: default;
    background: transparent;
    opacity: 0.45;
  }
  .menu-list {
    position: absolute;
    top: calc(100% + 4px);
    right: 0;
    z-index: 20;
    min-width: 180px;
    max-height: min(70vh, 480px);
    padding: var(--anjuan-space-1);
    overflow: auto;
    background: var(--anjuan-color-surface);
    border: 1px solid var(--anjuan-color-border);
    border-radius: var(--anjuan-radius-panel);
    box-shadow: var(--anjuan-shadow-panel);
  }
  :host([data-layout='narrow']) .menu-list,
  :host([data-layout='panel']) .menu-list {
    top: auto;
    bottom: calc(100% + 4px);
  }
  .menu-item {
    display: flex;
    gap: var(--anjuan-space-2);
    align-items: center;
    width: 100%;
    min-height: var(--anjuan-control-size);
    padding: 0 var(--anjuan-space-2);
    font: inherit;
    color: var(--anjuan-color-text);
    text-align: start;
    white-space: nowrap;
    background: transparent;
    border: 0;
    border-radius: var(--anjuan-radius-control);
    cursor: pointer;
  }
  .menu-item:hover,
  .menu-item:focus {
    background: var(--anjuan-color-selection);
  }
  .menu-item:disabled {
    cursor: default;
    background: transparent;
    opacity: 0.45;
  }
  .menu-item.separated {
    margin-top: 9px;
  }
  .menu-item.separated::before {
    position: absolute;
    right: 0;
    left: 0;
    height: 1px;
    margin-top: calc(-1 * var(--anjuan-control-size) - 9px);
    content: '';
    background: var(--anjuan-color-border);
  }
  .menu-mark {
    display: inline-flex;
    flex: none;
    width: 16px;
  }
  .menu-label {
    flex: 1;
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
  .menu-hint {
    margin-left: var(--anjuan-space-4);
  }
`;
