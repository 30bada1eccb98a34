import { css } from 'lit';

/** Filter box and tree of documents. */
export const treeStyles = css`
  .filter {
    position: relative;
    flex: none;
    padding: var(--anjuan-space-2);
  }
  .filter-icon {
    position: absolute;
    top: 0;
    bottom: 0;
    left: 16px;
    display: flex;
    align-items: center;
    color: var(--anjuan-color-text-muted);
    pointer-events: none;
  }
  .filter-input {
    width: 100%;
    padding: 0 var(--anjuan-space-6) 0 30px;
  }
  .filter-clear {
    position: absolute;
    top: 0;
    right: 8px;
    bottom: 0;
    margin: auto 0;
  }
  .tree {
    flex: 1 1 0;
    min-height: 0;
    padding: 0 var(--anjuan-space-1) var(--anjuan-space-4);
    overflow: auto;
    overscroll-behavior: contain;
  }
  .row {
    display: flex;
    gap: var(--anjuan-space-2);
    align-items: center;
    min-height: var(--anjuan-control-size);
    padding: 2px var(--anjuan-space-2);
    border-radius: var(--anjuan-radius-control);
    cursor: pointer;
    user-select: none;
    scroll-margin: calc(var(--anjuan-control-size) + 16px) 0 40px;
  }
  .row:hover {
    background: var(--anjuan-color-surface);
  }
  .row:focus-visible {
    outline-offset: -2px;
  }
  .row.group {
    position: sticky;
    top: 0;
    z-index: 1;
    font-weight: 600;
    background: var(--anjuan-color-surface-2);
  }
  .row.document {
    position: relative;
    padding-left: 32px;
  }
  .row[aria-selected='true'] {
    background: var(--anjuan-color-selection);
  }
  .row[aria-selected='true']::before {
    position: absolute;
    top: 4px;
    bottom: 4px;
    left: 0;
    width: 3px;
    content: '';
    background: var(--anjuan-color-accent);
    border-radius: 2px;
  }
  .row-twist {
    display: inline-flex;
    flex: none;
    color: var(--anjuan-color-text-muted);
  }
  .row-text {
    display: flex;
    flex: 1 1 0;
    flex-direction: column;
    min-width: 0;
  }
  .row-title {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    unicode-bidi: plaintext;
  }
  .row.group > .row-title {
    flex: 1 1 0;
    min-width: 0;
  }
  .row-meta {
    display: flex;
    gap: var(--anjuan-space-2);
    font-size: var(--anjuan-font-size-small);
    line-height: 1.4;
    color: var(--anjuan-color-text-muted);
  }
  .row-date {
    flex: none;
  }
  .row-author {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    unicode-bidi: isolate;
  }
  .row-signed {
    display: inline-flex;
    flex: none;
    align-items: center;
  }
  .row-signed[data-verdict='bad'] {
    color: var(--anjuan-color-danger);
  }
  .row-signed[data-verdict='unsure'] {
    color: var(--anjuan-color-warning);
  }
  .row-signed[data-verdict='good'] {
    color: var(--anjuan-color-success);
  }
  .row-count {
    flex: none;
    font-size: var(--anjuan-font-size-small);
    font-weight: 400;
    color: var(--anjuan-color-text-muted);
  }
  .row-state {
    display: inline-flex;
    flex: none;
    gap: 4px;
    align-items: center;
    font-size: var(--anjuan-font-size-small);
    color: var(--anjuan-color-text-muted);
  }
  .row-state.danger {
    color: var(--anjuan-color-danger);
  }
  .rail-empty {
    padding: var(--anjuan-space-5) var(--anjuan-space-4);
    color: var(--anjuan-color-text-muted);
    text-align: center;
  }
  .rail-empty p {
    margin: 0 0 var(--anjuan-space-2);
  }
  .rail-empty-title {
    font-weight: 600;
    color: var(--anjuan-color-text);
  }
  @media (forced-colors: active) {
    .row[aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
