import { css } from 'lit';

/** Grid of small pages. */
export const thumbnailStyles = css`
  .thumbs {
    flex: 1 1 0;
    min-height: 0;
    overflow: auto;
    overflow-y: scroll;
    overscroll-behavior: contain;
  }
  .thumbs-space {
    position: relative;
    overflow: hidden;
  }
  .thumb {
    position: absolute;
    top: 0;
    left: 0;
    display: flex;
    flex-direction: column;
    gap: 2px;
    align-items: center;
    padding: var(--anjuan-space-2) var(--anjuan-space-3) 0;
    cursor: pointer;
  }
  .thumb:focus-visible {
    outline: none;
  }
  .thumb-box {
    display: flex;
    flex: 1 1 0;
    align-items: center;
    justify-content: center;
    width: 100%;
    min-height: 0;
  }
  .thumb-page {
    max-width: 100%;
    max-height: 100%;
    background: var(--anjuan-color-page);
    box-shadow: var(--anjuan-shadow-page);
  }
  .thumb-page:not([data-state='ready']) {
    width: 100%;
    height: 100%;
    opacity: 0.6;
  }
  .thumb[aria-selected='true'] .thumb-page {
    outline: 2px solid var(--anjuan-color-accent);
    outline-offset: 2px;
  }
  .thumb:focus-visible .thumb-page {
    outline: 2px solid var(--anjuan-color-focus);
    outline-offset: 4px;
  }
  .thumb-number {
    flex: none;
    font-size: var(--anjuan-font-size-small);
    color: var(--anjuan-color-text-muted);
  }
  .thumb[aria-selected='true'] .thumb-number {
    font-weight: 600;
    color: var(--anjuan-color-text);
  }
`;
