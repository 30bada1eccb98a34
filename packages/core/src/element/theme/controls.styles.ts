import { css } from 'lit';

/** `.button` (with `data-kind="primary"` or `"quiet"`), `.icon-button`, `.field` for inputs and selects, `.icon`. */
export const controlStyles = css`
  .button,
  .icon-button,
  .field {
    box-sizing: border-box;
    min-height: var(--anjuan-control-size);
    margin: 0;
    font: inherit;
    color: var(--anjuan-color-text);
    background: var(--anjuan-color-surface);
    border: 1px solid var(--anjuan-color-control);
    border-radius: var(--anjuan-radius-control);
  }
  .button,
  .icon-button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--anjuan-space-2);
    cursor: pointer;
    user-select: none;
    touch-action: manipulation;
    transition: opacity var(--anjuan-duration) ease-out;
  }
  .button {
    padding: 0 var(--anjuan-space-3);
    white-space: nowrap;
  }
  .button[data-kind='primary'] {
    color: var(--anjuan-color-accent-text);
    background: var(--anjuan-color-accent);
    border-color: var(--anjuan-color-accent);
  }
  .button[data-kind='quiet'],
  .icon-button {
    background: transparent;
    border-color: transparent;
  }
  .icon-button {
    flex: none;
    width: var(--anjuan-control-size);
    height: var(--anjuan-control-size);
    padding: 0;
  }
  @media (hover: hover) {
    .button:hover:not([data-kind='primary']),
    .icon-button:hover {
      background: var(--anjuan-color-selection);
    }
    .button[data-kind='primary']:hover {
      opacity: 0.9;
    }
  }
  .icon-button[aria-pressed='true'],
  .icon-button[aria-expanded='true'] {
    color: var(--anjuan-color-accent);
    background: var(--anjuan-color-selection);
  }
  .button:disabled,
  .icon-button:disabled {
    cursor: default;
    opacity: 0.45;
  }
  .field {
    padding: 0 var(--anjuan-space-2);
  }
  .field::placeholder {
    color: var(--anjuan-color-text-muted);
    opacity: 1;
  }
  .icon {
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.5px;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .icon path {
    vector-effect: non-scaling-stroke;
  }
  @media (forced-colors: active) {
    .icon-button[aria-pressed='true'],
    .button[data-kind='primary'] {
      forced-color-adjust: none;
      color: HighlightText;
      background: Highlight;
    }
  }
`;
