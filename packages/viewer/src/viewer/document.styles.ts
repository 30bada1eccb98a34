import { css } from 'lit';

/** Strip above a document's pages. */
export const documentStyles = css`
  .doc-head {
    display: flex;
    gap: var(--anjuan-space-2);
    align-items: center;
    height: 100%;
    padding: 0 var(--anjuan-space-4) 0 0;
    white-space: nowrap;
    background: var(--anjuan-color-surface);
    border-bottom: 1px solid var(--anjuan-color-border);
  }
  .doc-mark {
    align-self: stretch;
    flex: none;
    width: 3px;
    background: var(--anjuan-color-accent);
  }
  .doc-category {
    flex: none;
    color: var(--anjuan-color-text-muted);
  }
  .doc-title {
    flex: 0 1 auto;
    min-width: 4em;
    overflow: hidden;
    text-overflow: ellipsis;
    font-weight: 600;
    unicode-bidi: isolate;
  }
  .doc-fact {
    flex: 0 100 auto;
    overflow: hidden;
    text-overflow: ellipsis;
    color: var(--anjuan-color-text-muted);
    unicode-bidi: isolate;
  }
  .doc-space {
    flex: 1;
  }
  .doc-page {
    flex: none;
    color: var(--anjuan-color-text-muted);
  }
  .doc-signed {
    display: inline-flex;
    flex: none;
    gap: var(--anjuan-space-1);
    align-items: center;
    color: var(--anjuan-color-text-muted);
  }
  .doc-verdict,
  .doc-original {
    display: inline-flex;
    flex: none;
    gap: var(--anjuan-space-1);
    align-items: center;
    height: calc(100% - 4px);
    padding: 0 var(--anjuan-space-2);
    font: inherit;
    color: var(--anjuan-color-text-muted);
    background: transparent;
    border: 0;
    border-radius: var(--anjuan-radius-control);
    cursor: pointer;
  }
  .doc-verdict[data-verdict='good'] {
    color: var(--anjuan-color-success);
  }
  .doc-verdict[data-verdict='unsure'] {
    color: var(--anjuan-color-warning);
  }
  .doc-verdict[data-verdict='bad'] {
    color: var(--anjuan-color-danger);
  }
  .doc-verdict:hover,
  .doc-original:hover {
    color: var(--anjuan-color-text);
    background: var(--anjuan-color-selection);
  }
  :host([data-layout='panel']) .doc-author,
  :host([data-layout='panel']) .doc-time,
  :host([data-layout='panel']) .doc-year,
  :host([data-layout='medium']) .doc-category,
  :host([data-layout='narrow']) .doc-category,
  :host([data-layout='panel']) .doc-category,
  :host([data-layout='medium']) .doc-original-text,
  :host([data-layout='narrow']) .doc-original-text,
  :host([data-layout='panel']) .doc-original-text {
    display: none;
  }
  :host([data-layout='narrow']) .doc-head,
  :host([data-layout='panel']) .doc-head {
    padding-right: var(--anjuan-space-3);
  }
  /* Only the check stays; the word is still read out. */
  :host([data-layout='narrow']) .doc-signed-text,
  :host([data-layout='panel']) .doc-signed-text,
  :host([data-layout='panel']) .doc-verdict-text {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  .measuring {
    display: flex;
    gap: var(--anjuan-space-2);
    align-items: center;
    justify-content: center;
    color: var(--anjuan-color-text-muted);
  }
  .document-placeholder {
    display: grid;
    place-items: center;
    background: var(--anjuan-color-surface-2);
    border: 1px solid var(--anjuan-color-border);
  }
  .spinner {
    display: inline-flex;
    animation: turn 1s linear infinite;
  }
  @keyframes turn {
    to {
      transform: rotate(360deg);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .spinner {
      animation: none;
    }
  }
`;
