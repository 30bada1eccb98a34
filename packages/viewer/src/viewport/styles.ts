import { css } from 'lit';

/** Must be among the styles of the element whose shadow root holds the container. */
export const viewportStyles = css`
  .viewport {
    position: relative;
    overflow: auto;
    overflow-y: scroll;
    overflow-anchor: none;
    overscroll-behavior: contain;
    contain: strict;
    touch-action: pan-x pan-y;
    background: var(--anjuan-color-canvas);
    scroll-behavior: auto;
  }
  .viewport[data-panning] {
    cursor: grab;
  }
  .viewport[data-panning='drag'] {
    cursor: grabbing;
  }
  .viewport[data-panning] .page-text {
    pointer-events: none;
  }
  .record {
    position: relative;
    min-inline-size: 100%;
  }
  .document {
    position: absolute;
    inset-inline: 0;
    inset-block-start: 0;
  }
  .document-header {
    position: sticky;
    inset-block-start: 0;
    inset-inline-start: 0;
    z-index: 2;
    box-sizing: border-box;
    overflow: hidden;
    contain: layout style;
  }
  .pages {
    position: absolute;
    inset: 0;
    pointer-events: none;
  }
  .page,
  .document-placeholder {
    position: absolute;
    inset-block-start: 0;
    inset-inline-start: 0;
    box-sizing: border-box;
    pointer-events: auto;
  }
  .page {
    overflow: clip;
    contain: strict;
    background: var(--anjuan-color-page);
    box-shadow: var(--anjuan-shadow-page);
  }
  .page[data-state='loading'] {
    background: color-mix(in srgb, var(--anjuan-color-page) 92%, var(--anjuan-color-border));
  }
  .page-canvas {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    user-select: none;
    -webkit-user-select: none;
  }
  .page-text,
  .page-marks {
    position: absolute;
    inset-block-start: 0;
    inset-inline-start: 0;
    transform-origin: 0 0;
    direction: ltr;
  }
  .page-text {
    color: transparent;
    line-height: 1;
    cursor: default;
    user-select: text;
    -webkit-user-select: text;
  }
  .page-text > span {
    position: absolute;
    white-space: pre;
    transform-origin: 0 0;
    font-family: sans-serif;
    font-weight: normal;
    letter-spacing: normal;
    cursor: text;
  }
  .page-text > span::selection {
    color: transparent;
    background: color-mix(in srgb, var(--anjuan-color-accent) 35%, transparent);
  }
  .page-marks {
    pointer-events: none;
    mix-blend-mode: multiply;
  }
  .page-mark {
    position: absolute;
    background: var(--anjuan-color-accent);
    opacity: 0.25;
  }
  .page-mark[data-current] {
    outline: 8px solid var(--anjuan-color-accent);
    opacity: 0.5;
  }
  .page-state {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    overflow: auto;
    color: var(--anjuan-color-text);
    background: var(--anjuan-color-surface);
  }
  @media (forced-colors: active) {
    .page {
      outline: 1px solid CanvasText;
    }
  }
`;
