import { css } from 'lit';

/** The page editor: fills the window on a phone. */
export const editorStyles = css`
  .editor {
    width: min(1180px, calc(100vw - 32px));
    height: min(860px, calc(100vh - 32px));
    max-width: none;
    max-height: none;
    padding: 0;
    overflow: hidden;
    color: var(--anjuan-color-text);
    background: var(--anjuan-color-surface);
    border: 1px solid var(--anjuan-color-border);
    border-radius: var(--anjuan-radius-panel);
    box-shadow: var(--anjuan-shadow-panel);
  }
  .editor::backdrop {
    background: var(--anjuan-color-overlay);
  }
  .editor-box {
    display: grid;
    grid-template: auto minmax(0, 1fr) auto auto / minmax(0, 1fr) 320px;
    grid-template-areas: 'head head' 'original result' 'original settings' 'foot foot';
    height: 100%;
  }
  .editor-head {
    grid-area: head;
    padding: var(--anjuan-space-1) var(--anjuan-space-2) var(--anjuan-space-1) var(--anjuan-space-4);
    border-bottom: 1px solid var(--anjuan-color-border);
  }
  .editor-original {
    display: flex;
    grid-area: original;
    align-items: center;
    justify-content: center;
    min-width: 0;
    min-height: 0;
    margin: 0;
    padding: 20px;
    overflow: hidden;
    background: var(--anjuan-color-canvas);
  }
  .editor-original {
    container-type: size;
  }
  .editor-picture {
    position: relative;
    flex: none;
    width: min(100cqw, calc(100cqh * var(--ratio)));
    aspect-ratio: var(--ratio);
    user-select: none;
  }
  .editor-image,
  .editor-outline {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    pointer-events: none;
  }
  .editor-shade {
    fill: var(--anjuan-color-overlay);
    fill-rule: evenodd;
  }
  .editor-outline .found-page {
    fill-opacity: 0;
    stroke-width: 2px;
  }
  .corner {
    position: absolute;
    width: 44px;
    height: 44px;
    margin: -22px 0 0 -22px;
    padding: 0;
    background: transparent;
    border: 0;
    border-radius: 50%;
    cursor: grab;
    touch-action: none;
  }
  .corner::after {
    position: absolute;
    inset: 13px;
    content: '';
    background: var(--anjuan-color-surface);
    border: 3px solid var(--anjuan-color-accent);
    border-radius: 50%;
  }
  .corner:focus-visible {
    outline-offset: -8px;
  }
  .corner:focus::after {
    background: var(--anjuan-color-accent);
  }
  .loupe {
    position: absolute;
    z-index: 2;
    width: 128px;
    height: 128px;
    color: var(--anjuan-color-accent);
    background: var(--anjuan-color-canvas);
    border: 2px solid var(--anjuan-color-surface);
    border-radius: 50%;
    box-shadow: var(--anjuan-shadow-panel);
    pointer-events: none;
  }
  .loupe[data-side='left'] {
    left: 8px;
  }
  .loupe[data-side='right'] {
    right: 8px;
  }
  .loupe[data-edge='top'] {
    top: 8px;
  }
  .loupe[data-edge='bottom'] {
    bottom: 8px;
  }
  .editor-result {
    display: flex;
    flex-direction: column;
    grid-area: result;
    gap: var(--anjuan-space-1);
    min-width: 0;
    min-height: 0;
    padding: var(--anjuan-space-2) var(--anjuan-space-4);
  }
  .editor-caption {
    min-height: var(--anjuan-line-height);
    font-size: var(--anjuan-font-size-small);
    color: var(--anjuan-color-text-muted);
  }
  .editor-paper {
    display: flex;
    flex: 1 1 0;
    align-items: center;
    justify-content: center;
    min-height: 0;
  }
  .editor-result[aria-busy='true'] .tile-image {
    opacity: 0.6;
  }
  .editor-settings {
    display: flex;
    flex-direction: column;
    grid-area: settings;
    gap: var(--anjuan-space-2);
    min-width: 0;
    padding: var(--anjuan-space-2) var(--anjuan-space-4);
  }
  .editor-settings .segment {
    flex: 1 1 auto;
    justify-content: center;
  }
  .editor-buttons {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: var(--anjuan-space-2);
  }
  .editor-buttons .button {
    justify-content: flex-start;
    white-space: normal;
    text-align: start;
  }
  .editor-skew {
    min-width: 3em !important;
    text-align: end;
  }
  .editor-foot {
    display: flex;
    grid-area: foot;
    gap: var(--anjuan-space-2);
    justify-content: flex-end;
    padding: var(--anjuan-space-2) var(--anjuan-space-4);
    border-top: 1px solid var(--anjuan-color-border);
  }
  :host([data-layout='narrow']) .editor {
    width: 100vw;
    height: 100vh;
    height: 100dvh;
    border: 0;
    border-radius: 0;
  }
  :host([data-layout='narrow']) .editor-box {
    grid-template: auto minmax(0, 1fr) auto auto / minmax(0, 1fr) 108px;
    grid-template-areas: 'head head' 'original original' 'settings result' 'foot foot';
  }
  :host([data-layout='narrow']) .editor-result {
    padding: var(--anjuan-space-1) var(--anjuan-space-2) 0 0;
  }
  :host([data-layout='narrow']) .editor-settings {
    padding: var(--anjuan-space-2);
  }
  :host([data-layout='narrow']) .editor-settings .segments {
    flex-wrap: wrap;
  }
  :host([data-layout='narrow']) .editor-settings .segment {
    flex: 1 1 50%;
    border-left: 0;
  }
  :host([data-layout='narrow']) .editor-buttons {
    display: flex;
    justify-content: space-between;
  }
  :host([data-layout='narrow']) .editor .control-slider > span:first-child {
    display: none;
  }
`;
