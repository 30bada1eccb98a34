import { css, type CSSResult } from 'lit';
import { controlStyles } from './controls.styles.js';
import { statePanelStyles } from './state-panel.styles.js';
import { tokens } from './tokens.styles.js';

/** Put first in `static styles` of every element: tokens, reset, type, focus ring, controls, state panel. */
export const baseStyles: CSSResult = css`
  ${tokens}
  :host {
    box-sizing: border-box;
    display: block;
    font-family: var(--anjuan-font-family);
    font-size: var(--anjuan-font-size);
    line-height: var(--anjuan-line-height);
    font-variant-numeric: tabular-nums;
    text-align: start;
    color: var(--anjuan-color-text);
    -webkit-text-size-adjust: 100%;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :focus {
    outline: none;
  }
  :focus-visible {
    outline: 2px solid var(--anjuan-color-focus);
    outline-offset: 1px;
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    padding: 0;
    overflow: hidden;
    clip: rect(0 0 0 0);
    white-space: nowrap;
    border: 0;
  }
  ${controlStyles}
  ${statePanelStyles}
`;
