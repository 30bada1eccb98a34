import { css } from 'lit';

export const searchBoxStyles = css`
  :host {
    position: relative;
    min-width: 0;
  }
  .bar {
    display: flex;
    align-items: center;
    gap: 2px;
    min-height: calc(var(--anjuan-control-size) + 2px);
    padding: 0 1px 0 var(--anjuan-space-2);
    background: var(--anjuan-color-surface);
    border: 1px solid var(--anjuan-color-control);
    border-radius: var(--anjuan-radius-control);
  }
  .bar:focus-within {
    border-color: var(--anjuan-color-accent);
    box-shadow: inset 0 0 0 1px var(--anjuan-color-accent);
  }
  .bar > .icon {
    color: var(--anjuan-color-text-muted);
  }
  .input {
    flex: 1;
    min-width: 0;
    height: var(--anjuan-control-size);
    margin: 0;
    padding: 0 var(--anjuan-space-1);
    font: inherit;
    color: inherit;
    text-overflow: ellipsis;
    background: transparent;
    border: 0;
    /* The frame of the bar shows the focus. */
    outline: none;
  }
  .input::placeholder {
    color: var(--anjuan-color-text-muted);
    opacity: 1;
  }
  .filter-toggle {
    position: relative;
  }
  .filter-toggle[data-active]::after {
    position: absolute;
    top: 4px;
    right: 4px;
    width: 8px;
    height: 8px;
    content: '';
    background: var(--anjuan-color-accent);
    border: 1px solid var(--anjuan-color-surface);
    border-radius: 50%;
  }
  .panel {
    position: absolute;
    z-index: 100;
    top: calc(100% + 2px);
    right: 0;
    left: 0;
    display: flex;
    flex-direction: column;
    min-width: 240px;
    overflow: hidden;
    background: var(--anjuan-color-surface);
    border: 1px solid var(--anjuan-color-control);
    border-radius: var(--anjuan-radius-panel);
    box-shadow: var(--anjuan-shadow-panel);
  }
  .filters {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    gap: var(--anjuan-space-2) var(--anjuan-space-3);
    align-items: flex-end;
    padding: var(--anjuan-space-3);
    background: var(--anjuan-color-surface-2);
    border-bottom: 1px solid var(--anjuan-color-border);
  }
  .filter-pair {
    display: flex;
    flex: 1 1 280px;
    flex-wrap: wrap;
    gap: var(--anjuan-space-2) var(--anjuan-space-3);
    min-width: 0;
    max-width: 560px;
  }
  .filter {
    display: flex;
    flex: 1 1 6em;
    flex-direction: column;
    min-width: 0;
  }
  /* A date with its calendar button needs more room than a word. */
  .filter[data-filter^='discharged'] {
    flex-basis: 9em;
  }
  .filter-label {
    font-size: var(--anjuan-font-size-small);
    color: var(--anjuan-color-text-muted);
  }
  .filter .field {
    width: 100%;
    min-width: 0;
  }
  .filter-note {
    flex: 1 1 100%;
    margin: 0;
    color: var(--anjuan-color-danger);
  }
  .filters .button {
    margin-inline-start: auto;
    color: var(--anjuan-color-accent);
  }
  .count {
    flex: none;
    margin: 0;
    padding: var(--anjuan-space-2) var(--anjuan-space-3) 0;
    font-size: var(--anjuan-font-size-small);
    color: var(--anjuan-color-text-muted);
  }
  .hints {
    max-width: 36em;
    margin: var(--anjuan-space-2) 0 0;
    padding-inline-start: 1.4em;
    color: var(--anjuan-color-text-muted);
    text-align: start;
  }
`;
