import { css } from 'lit';

/** How safe the pages are. */
export const statusStyles = css`
  .safety {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    gap: 2px var(--anjuan-space-2);
    align-items: center;
    min-height: calc(var(--anjuan-line-height) + 16px);
    padding: var(--anjuan-space-1) var(--anjuan-space-3);
    background: var(--anjuan-color-surface);
    border-top: 1px solid var(--anjuan-color-border);
  }
  .safety p {
    margin: 0;
  }
  .safety-words {
    display: flex;
    flex: 1 1 auto;
    flex-wrap: wrap;
    gap: 2px var(--anjuan-space-2);
    align-items: center;
    min-width: 0;
  }
  .safety-words .icon {
    color: var(--anjuan-color-text-muted);
  }
  .safety-bytes {
    font-size: var(--anjuan-font-size-small);
    color: var(--anjuan-color-text-muted);
  }
  .safety-progress {
    flex: 1 0 100%;
    width: 100%;
    height: 4px;
    overflow: hidden;
    background: var(--anjuan-color-canvas);
    border: 0;
    border-radius: 2px;
    appearance: none;
  }
  .safety-progress::-webkit-progress-bar {
    background: var(--anjuan-color-canvas);
  }
  .safety-progress::-webkit-progress-value {
    background: var(--anjuan-color-accent);
  }
  .safety-progress::-moz-progress-bar {
    background: var(--anjuan-color-accent);
  }
  .safety-phase {
    display: flex;
    flex: 1 1 12em;
    gap: var(--anjuan-space-2);
    align-items: flex-start;
  }
  .safety-phase .icon {
    margin-top: 3px;
    color: var(--anjuan-color-warning);
  }
  .safety-phase[data-tone='danger'] .icon {
    color: var(--anjuan-color-danger);
  }
`;
