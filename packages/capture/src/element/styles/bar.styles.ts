import { css } from 'lit';

/** Shutter and what stands beside it. */
export const barStyles = css`
  .bar {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto minmax(0, 1fr);
    gap: var(--anjuan-space-2);
    align-items: center;
    padding: var(--anjuan-space-2) var(--anjuan-space-3);
    background: var(--anjuan-color-surface);
    border-top: 1px solid var(--anjuan-color-border);
  }
  .bar-start,
  .bar-end {
    display: flex;
    gap: var(--anjuan-space-2);
    align-items: center;
    min-width: 0;
  }
  .bar-end {
    justify-content: flex-end;
  }
  .bar-middle {
    display: flex;
    flex-direction: column;
    gap: 2px;
    align-items: center;
  }
  .bar-field .field {
    width: 100%;
    min-width: 0;
  }
  .shutter {
    position: relative;
    width: 72px;
    height: 72px;
    padding: 0;
    color: var(--anjuan-color-accent-text);
    background: transparent;
    border: 0;
    border-radius: 50%;
    cursor: pointer;
    touch-action: manipulation;
  }
  .shutter-face {
    position: absolute;
    inset: 8px;
    display: flex;
    align-items: center;
    justify-content: center;
    background: var(--anjuan-color-accent);
    border-radius: 50%;
    transition: transform var(--anjuan-duration) ease-out;
  }
  .shutter:active .shutter-face,
  .shutter[data-state='working'] .shutter-face {
    transform: scale(0.9);
  }
  .shutter[aria-disabled='true'] {
    cursor: default;
  }
  .shutter[aria-disabled='true'] .shutter-face {
    color: var(--anjuan-color-text-muted);
    background: var(--anjuan-color-canvas);
  }
  .ring {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    fill: none;
    stroke-width: 4px;
    transform: rotate(-90deg);
  }
  .ring-track {
    stroke: var(--anjuan-color-border);
  }
  .ring-fill {
    stroke: var(--anjuan-color-accent);
    stroke-dasharray: var(--ring, 0) 100;
  }
  .shutter-hint {
    min-height: var(--anjuan-line-height);
    font-size: var(--anjuan-font-size-small);
    color: var(--anjuan-color-text-muted);
    text-align: center;
  }
  .auto-switch {
    gap: var(--anjuan-space-2);
    min-width: 0;
    padding: 0 var(--anjuan-space-2);
    background: transparent;
    border-color: transparent;
  }
  .switch {
    position: relative;
    flex: none;
    width: 32px;
    height: 18px;
    background: var(--anjuan-color-surface);
    border: 1px solid var(--anjuan-color-control);
    border-radius: 9px;
  }
  .switch::after {
    position: absolute;
    top: 2px;
    left: 2px;
    width: 12px;
    height: 12px;
    content: '';
    background: var(--anjuan-color-control);
    border-radius: 50%;
    transition: transform var(--anjuan-duration) ease-out;
  }
  [aria-checked='true'] > .switch {
    background: var(--anjuan-color-accent);
    border-color: var(--anjuan-color-accent);
  }
  [aria-checked='true'] > .switch::after {
    background: var(--anjuan-color-accent-text);
    transform: translateX(14px);
  }
  .switch-label {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .submit {
    min-width: 0;
    min-height: 40px;
  }
  .submit span {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  :host([data-layout='narrow']) .bar {
    padding: var(--anjuan-space-1) var(--anjuan-space-2);
  }
  :host([data-layout='narrow']) .bar-start {
    flex-direction: column;
    gap: var(--anjuan-space-1);
    align-items: stretch;
  }
  :host([data-layout='narrow']) .auto-switch {
    justify-content: flex-start;
    font-size: var(--anjuan-font-size-small);
  }
  :host([data-layout='narrow']) .shutter-hint {
    max-width: 108px;
    min-height: calc(2 * var(--anjuan-line-height) - 8px);
    line-height: 1.3;
  }
`;
