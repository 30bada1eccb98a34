import { css, type CSSResult } from 'lit';

/** Rail: column or drawer. */
export const sidebarStyles: CSSResult = css`
  .rail {
    position: relative;
    display: flex;
    flex: none;
    flex-direction: column;
    max-width: 60%;
    background: var(--anjuan-color-surface-2);
    border-right: 1px solid var(--anjuan-color-border);
  }
  .rail[role='dialog'] {
    position: absolute;
    top: 0;
    bottom: 0;
    left: 0;
    z-index: 11;
    width: min(320px, 86%);
    max-width: none;
    box-shadow: var(--anjuan-shadow-panel);
    animation: slide var(--anjuan-duration) ease-out;
  }
  @keyframes slide {
    from {
      transform: translateX(-24px);
    }
  }
  .scrim {
    position: absolute;
    top: 0;
    right: 0;
    bottom: 0;
    left: 0;
    z-index: 10;
    background: var(--anjuan-color-overlay);
  }
  .rail-head {
    display: flex;
    flex: none;
    align-items: center;
    justify-content: space-between;
    padding: 0 var(--anjuan-space-2);
    border-bottom: 1px solid var(--anjuan-color-border);
  }
  .tabs {
    display: flex;
  }
  .tab {
    min-height: calc(var(--anjuan-control-size) + 4px);
    padding: 0 var(--anjuan-space-3);
    font: inherit;
    color: var(--anjuan-color-text-muted);
    background: transparent;
    border: 0;
    border-bottom: 2px solid transparent;
    cursor: pointer;
  }
  .tab:hover {
    color: var(--anjuan-color-text);
  }
  .tab[aria-selected='true'] {
    font-weight: 600;
    color: var(--anjuan-color-text);
    border-bottom-color: var(--anjuan-color-accent);
  }
  .tab:focus-visible {
    outline-offset: -2px;
  }
  .rail-panel {
    position: relative;
    display: flex;
    flex: 1 1 0;
    flex-direction: column;
    min-height: 0;
  }
  .rail-handle {
    position: absolute;
    top: 0;
    right: -4px;
    bottom: 0;
    z-index: 4;
    width: 8px;
    cursor: col-resize;
    touch-action: none;
  }
  .rail-handle::after {
    position: absolute;
    top: 0;
    bottom: 0;
    left: 3px;
    width: 2px;
    content: '';
    background: var(--anjuan-color-accent);
    opacity: 0;
    transition: opacity var(--anjuan-duration) ease-out;
  }
  .rail-handle:hover::after,
  .rail-handle:focus-visible::after,
  .rail-handle:active::after {
    opacity: 1;
  }
`;
