import { css } from 'lit';

export const headerStyles = css`
  .header {
    display: flex;
    gap: var(--anjuan-space-1);
    align-items: center;
    min-width: 0;
    padding: var(--anjuan-space-1) var(--anjuan-space-2);
    background: var(--anjuan-color-surface);
    border-bottom: 1px solid var(--anjuan-color-border);
  }
  .segments {
    display: inline-flex;
    flex: 0 1 auto;
    min-width: 0;
    overflow: hidden;
    border: 1px solid var(--anjuan-color-control);
    border-radius: var(--anjuan-radius-control);
  }
  .segment {
    position: relative;
    display: inline-flex;
    gap: var(--anjuan-space-1);
    align-items: center;
    min-height: calc(var(--anjuan-control-size) - 2px);
    padding: 0 var(--anjuan-space-2);
    white-space: nowrap;
    cursor: pointer;
    touch-action: manipulation;
  }
  .segment + .segment {
    border-left: 1px solid var(--anjuan-color-border);
  }
  .segment:has(:checked) {
    color: var(--anjuan-color-accent-text);
    background: var(--anjuan-color-accent);
  }
  .segment:has(:focus-visible) {
    outline: 2px solid var(--anjuan-color-focus);
    outline-offset: -4px;
  }
  .mode-select {
    flex: 0 1 auto;
    min-width: 0;
    max-width: 9em;
  }
  .popover {
    position: relative;
    display: inline-flex;
  }
  .popover-panel {
    position: absolute;
    top: calc(100% + 4px);
    right: 0;
    z-index: 30;
    display: flex;
    flex-direction: column;
    gap: var(--anjuan-space-2);
    width: max-content;
    min-width: 260px;
    max-width: min(360px, calc(100vw - 32px));
    max-height: min(60vh, 480px);
    padding: var(--anjuan-space-3);
    overflow: auto;
    background: var(--anjuan-color-surface);
    border: 1px solid var(--anjuan-color-border);
    border-radius: var(--anjuan-radius-panel);
    box-shadow: var(--anjuan-shadow-panel);
  }
  :host([data-layout='narrow']) .popover {
    position: static;
  }
  :host([data-layout='narrow']) .popover-panel {
    top: calc(var(--anjuan-control-size) + 12px);
    right: var(--anjuan-space-2);
    left: var(--anjuan-space-2);
    width: auto;
    max-width: none;
  }
  .panel-head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    min-height: var(--anjuan-control-size);
  }
  .panel-head h2 {
    margin: 0;
    font-size: var(--anjuan-font-size);
    font-weight: 600;
  }
  .panel-note {
    display: flex;
    gap: var(--anjuan-space-2);
    align-items: flex-start;
    margin: 0;
    color: var(--anjuan-color-text-muted);
  }
  .panel-note strong {
    font-weight: 600;
    color: var(--anjuan-color-text);
  }
  .panel-note .icon {
    margin-top: 3px;
  }
  .panel-note[data-tone='warning'] .icon {
    color: var(--anjuan-color-warning);
  }
  .device-list {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .device-row {
    display: flex;
    gap: var(--anjuan-space-2);
    align-items: center;
    width: 100%;
    min-height: var(--anjuan-control-size);
    padding: 0 var(--anjuan-space-2);
    font: inherit;
    color: inherit;
    text-align: start;
    background: transparent;
    border: 0;
    border-radius: var(--anjuan-radius-control);
    cursor: pointer;
  }
  .device-row:hover,
  .device-row[aria-pressed='true'] {
    background: var(--anjuan-color-selection);
  }
  .device-mark {
    display: inline-flex;
    flex: none;
    width: 16px;
    color: var(--anjuan-color-accent);
  }
  .device-name {
    flex: 1;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .device-kind {
    flex: none;
    font-size: var(--anjuan-font-size-small);
    color: var(--anjuan-color-text-muted);
  }
  .panel-subhead {
    margin: var(--anjuan-space-2) 0 0;
    font-size: var(--anjuan-font-size-small);
    font-weight: 600;
    color: var(--anjuan-color-text-muted);
  }
  .access-list {
    display: flex;
    flex-direction: column;
    gap: var(--anjuan-space-2);
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .access-row {
    display: flex;
    gap: var(--anjuan-space-2);
    align-items: flex-start;
  }
  .access-row .icon {
    margin-top: 3px;
    color: var(--anjuan-color-text-muted);
  }
  .access-row[data-tone='good'] .icon {
    color: var(--anjuan-color-success);
  }
  .access-row[data-tone='warning'] .icon {
    color: var(--anjuan-color-warning);
  }
  .access-name {
    display: block;
  }
  .access-state,
  .access-fix {
    display: block;
    font-size: var(--anjuan-font-size-small);
    line-height: 1.5;
    color: var(--anjuan-color-text-muted);
  }
  .wide-button {
    width: 100%;
    white-space: normal;
  }
  .control-row {
    display: flex;
    gap: var(--anjuan-space-2);
    align-items: center;
    min-height: var(--anjuan-control-size);
  }
  .control-slider > span {
    flex: none;
    min-width: 5em;
  }
  .control-slider input {
    flex: 1;
    min-width: 0;
    accent-color: var(--anjuan-color-accent);
  }
  .control-row input[type='checkbox'] {
    width: 18px;
    height: 18px;
    accent-color: var(--anjuan-color-accent);
  }
`;
