import { css } from 'lit';

/** The live picture and what lies over it. */
export const stageStyles = css`
  .stage {
    position: relative;
    min-width: 0;
    min-height: 0;
    overflow: hidden;
    background: var(--anjuan-color-canvas);
  }
  .stage:focus-visible {
    outline-offset: -2px;
  }
  .live,
  .found {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    object-fit: contain;
    pointer-events: none;
  }
  .found-page {
    fill: var(--anjuan-color-accent);
    fill-opacity: 0.06;
    stroke: var(--anjuan-color-accent);
    stroke-width: 3px;
    stroke-linejoin: round;
    vector-effect: non-scaling-stroke;
  }
  .stage-top {
    position: absolute;
    top: var(--anjuan-space-2);
    right: var(--anjuan-space-2);
    left: var(--anjuan-space-2);
    z-index: 2;
    display: flex;
    flex-direction: column;
    gap: var(--anjuan-space-2);
    align-items: center;
    pointer-events: none;
  }
  .banner {
    display: flex;
    gap: var(--anjuan-space-2);
    align-items: center;
    max-width: 100%;
    margin: 0;
    padding: var(--anjuan-space-1) var(--anjuan-space-3);
    color: var(--anjuan-color-text);
    background: var(--anjuan-color-surface);
    border: 1px solid var(--anjuan-color-border);
    border-radius: var(--anjuan-radius-panel);
    pointer-events: auto;
  }
  .banner .icon {
    color: var(--anjuan-color-accent);
  }
  .banner[data-tone='warning'] .icon {
    color: var(--anjuan-color-warning);
  }
  .stage-state {
    display: flex;
    flex-direction: column;
    gap: var(--anjuan-space-1);
    align-items: center;
    justify-content: center;
    height: 100%;
    padding: var(--anjuan-space-3);
    overflow: auto;
    background: var(--anjuan-color-surface-2);
  }
  .stage-state .state-panel {
    padding-bottom: var(--anjuan-space-2);
  }
  .stage-actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--anjuan-space-2);
    justify-content: center;
  }
  .button[data-kind='danger'] {
    color: var(--anjuan-color-danger);
    border-color: var(--anjuan-color-danger);
  }
  .drop-hint {
    position: absolute;
    inset: var(--anjuan-space-2);
    z-index: 3;
    display: flex;
    gap: var(--anjuan-space-2);
    align-items: center;
    justify-content: center;
    font-weight: 600;
    color: var(--anjuan-color-accent);
    background: var(--anjuan-color-surface);
    border: 2px dashed var(--anjuan-color-accent);
    border-radius: var(--anjuan-radius-panel);
    opacity: 0.92;
    pointer-events: none;
  }
  .toast {
    position: absolute;
    right: var(--anjuan-space-2);
    bottom: var(--anjuan-space-2);
    left: var(--anjuan-space-2);
    z-index: 4;
    display: flex;
    gap: var(--anjuan-space-2);
    align-items: center;
    width: fit-content;
    max-width: min(560px, calc(100% - 16px));
    margin: 0 auto;
    padding: var(--anjuan-space-1) var(--anjuan-space-1) var(--anjuan-space-1) var(--anjuan-space-3);
    background: var(--anjuan-color-surface);
    border: 1px solid var(--anjuan-color-control);
    border-radius: var(--anjuan-radius-panel);
    box-shadow: var(--anjuan-shadow-panel);
  }
  .toast[data-tone='danger'] > .icon {
    color: var(--anjuan-color-danger);
  }
  .toast .button {
    color: var(--anjuan-color-accent);
    font-weight: 600;
  }
`;
