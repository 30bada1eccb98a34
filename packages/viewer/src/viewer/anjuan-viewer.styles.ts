import { css, type CSSResult } from 'lit';
import { sidebarStyles } from '../sidebar/sidebar.styles.js';
import { toolbarStyles } from '../toolbar/toolbar.styles.js';
import { stateStyles } from './state.styles.js';

/** Frame of the viewer; the areas bring their own styles. */
export const viewerStyles: CSSResult = css`
  :host {
    position: relative;
    display: block;
    min-width: 0;
    height: 100%;
    min-height: 240px;
    overflow: hidden;
    contain: layout style;
    background: var(--anjuan-color-surface);
  }
  /* Pages set the display of the element as they like; the layout inside does not depend on it. */
  .frame {
    position: absolute;
    top: 0;
    left: 0;
    display: flex;
    flex-direction: column;
    width: 100%;
    height: 100%;
  }
  :host(:fullscreen),
  :host([data-full-window]) {
    width: 100%;
    height: 100%;
  }
  :host([data-full-window]) {
    position: fixed;
    top: 0;
    left: 0;
    z-index: 2147483000;
  }
  .body {
    position: relative;
    display: flex;
    flex: 1 1 0;
    min-height: 0;
  }
  .main {
    position: relative;
    display: flex;
    flex: 1 1 0;
    flex-direction: column;
    min-width: 0;
    overflow: hidden;
    background: var(--anjuan-color-canvas);
  }
  .main > .state-panel {
    flex: 1;
    background: var(--anjuan-color-surface-2);
  }
  .reading {
    display: flex;
    flex: 1 1 0;
    min-height: 0;
  }
  .viewport {
    flex: 1 1 0;
    min-width: 0;
  }
  .viewport:focus-visible {
    outline-offset: -2px;
  }
  .skip {
    position: absolute;
    top: var(--anjuan-space-2);
    left: var(--anjuan-space-2);
    z-index: 5;
    opacity: 0;
    pointer-events: none;
  }
  .skip:focus {
    opacity: 1;
    pointer-events: auto;
  }
  .overview {
    position: relative;
    flex: none;
    width: 9px;
    overflow: hidden;
    background: var(--anjuan-color-surface);
    border-left: 1px solid var(--anjuan-color-border);
  }
  .overview-segment {
    position: absolute;
    left: 0;
    width: 100%;
    min-height: 2px;
    padding: 0;
    border: 0;
    background: transparent;
    box-shadow: inset 0 1px 0 var(--anjuan-color-control);
    cursor: pointer;
  }
  .overview-segment:nth-of-type(even) {
    background: var(--anjuan-color-canvas);
  }
  .overview-segment:hover {
    background: var(--anjuan-color-selection);
  }
  .overview-fault,
  .overview-here {
    position: absolute;
    left: 0;
    width: 100%;
    pointer-events: none;
  }
  .overview-fault {
    height: 3px;
    background: var(--anjuan-color-danger);
  }
  .overview-here {
    height: 4px;
    margin-top: -1px;
    background: var(--anjuan-color-accent);
  }
  @media (forced-colors: active) {
    .overview-here,
    .overview-fault {
      forced-color-adjust: none;
      background: Highlight;
    }
  }
  .notice {
    position: absolute;
    bottom: calc(var(--anjuan-control-size) + var(--anjuan-space-4));
    left: 50%;
    z-index: 8;
    display: flex;
    gap: var(--anjuan-space-2);
    align-items: center;
    max-width: calc(100% - 32px);
    padding: var(--anjuan-space-1) var(--anjuan-space-1) var(--anjuan-space-1) var(--anjuan-space-4);
    color: var(--anjuan-color-surface);
    background: var(--anjuan-color-text);
    border-radius: var(--anjuan-radius-panel);
    box-shadow: var(--anjuan-shadow-panel);
    transform: translateX(-50%);
    animation: appear var(--anjuan-duration) ease-out;
  }
  .notice .icon-button {
    color: inherit;
  }
  .notice .icon-button:hover {
    color: var(--anjuan-color-text);
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
  }
  ${toolbarStyles}
  ${sidebarStyles}
  ${stateStyles}
`;
