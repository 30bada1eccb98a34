import { css } from 'lit';

/** Search tab: field, count, hits by document. */
export const searchStyles = css`
  .search-panel {
    display: flex;
    flex: 1 1 0;
    flex-direction: column;
    min-height: 0;
  }
  .search-count,
  .search-note {
    display: flex;
    flex: none;
    gap: var(--anjuan-space-1);
    align-items: center;
    margin: 0;
    padding: 0 var(--anjuan-space-2) var(--anjuan-space-1) var(--anjuan-space-3);
    color: var(--anjuan-color-text-muted);
  }
  .search-note {
    gap: var(--anjuan-space-2);
    font-size: var(--anjuan-font-size-small);
  }
  .search-total,
  .search-busy-text {
    flex: 1 1 0;
    min-width: 0;
  }
  .search-place {
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .hits {
    flex: 1 1 0;
    min-height: 0;
    padding: 0 var(--anjuan-space-1) var(--anjuan-space-4);
    overflow: auto;
    overscroll-behavior: contain;
  }
  .hit-group + .hit-group {
    margin-top: var(--anjuan-space-2);
  }
  .hit-document {
    position: sticky;
    top: 0;
    z-index: 1;
    display: flex;
    gap: 0 var(--anjuan-space-2);
    align-items: baseline;
    padding: var(--anjuan-space-1) var(--anjuan-space-2);
    background: var(--anjuan-color-surface-2);
  }
  .hit-title {
    min-width: 0;
    overflow: hidden;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
    unicode-bidi: plaintext;
  }
  .hit-facts,
  .hit-count,
  .hit-page {
    flex: none;
    font-size: var(--anjuan-font-size-small);
    color: var(--anjuan-color-text-muted);
  }
  .hit-facts {
    display: flex;
    flex: 1 0 auto;
    gap: var(--anjuan-space-2);
  }
  .hit {
    position: relative;
    display: flex;
    gap: var(--anjuan-space-2);
    align-items: baseline;
    min-height: var(--anjuan-control-size);
    padding: var(--anjuan-space-1) var(--anjuan-space-2) var(--anjuan-space-1) var(--anjuan-space-4);
    border-radius: var(--anjuan-radius-control);
    cursor: pointer;
    scroll-margin: calc(var(--anjuan-control-size) + 8px) 0 16px;
  }
  .hit:hover,
  .hit[aria-selected='true'] {
    background: var(--anjuan-color-surface);
  }
  .hit:focus-visible {
    outline-offset: -2px;
  }
  .hit[aria-selected='true']::before {
    position: absolute;
    top: 4px;
    bottom: 4px;
    left: 4px;
    width: 3px;
    content: '';
    background: var(--anjuan-color-accent);
    border-radius: 2px;
  }
  .hit-snippet {
    min-width: 0;
    overflow-wrap: anywhere;
    unicode-bidi: plaintext;
  }
  .hit mark {
    padding: 0 1px;
    font-weight: 600;
    color: var(--anjuan-color-text);
    background: var(--anjuan-color-selection);
    border-radius: 2px;
  }
  .overview-hit {
    position: absolute;
    right: 0;
    width: 6px;
    height: 3px;
    pointer-events: none;
    background: var(--anjuan-color-warning);
  }
  .overview-hit[data-current] {
    width: 100%;
  }
  @media (forced-colors: active) {
    .overview-hit {
      forced-color-adjust: none;
      background: Highlight;
    }
    .hit[aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
