import { palettes } from '@anjuan/core/element';
import { css, unsafeCSS, type CSSResult } from 'lit';
import { BASELINE } from './alternatives.js';

/** What is printed on paper keeps the colours of the light theme: the paper stays white. */
const printed = {
  text: unsafeCSS(palettes.light.text),
  muted: unsafeCSS(palettes.light['text-muted']),
  line: unsafeCSS(palettes.light.control),
};

/** Styles of the signature pad. */
export const signaturePadStyles: CSSResult = css`
  :host {
    container-type: inline-size;
    min-width: 0;
  }
  .pad {
    display: flex;
    flex-direction: column;
    gap: var(--anjuan-space-2);
    max-width: 720px;
  }
  p {
    margin: 0;
  }
  .muted {
    color: var(--anjuan-color-text-muted);
  }
  .paper {
    position: relative;
    aspect-ratio: 5 / 2;
    min-height: 140px;
    overflow: hidden;
    color: ${printed.text};
    background: var(--anjuan-color-page);
    border: 1px solid var(--anjuan-color-control);
    box-shadow: var(--anjuan-shadow-page);
    forced-color-adjust: none;
    cursor: crosshair;
    touch-action: none;
    user-select: none;
    -webkit-user-select: none;
    -webkit-touch-callout: none;
  }
  .paper[data-by-pointer] {
    outline: none;
  }
  .paper[data-missing] {
    border-color: var(--anjuan-color-danger);
    outline: 1px solid var(--anjuan-color-danger);
  }
  .paper:focus-visible:not([data-by-pointer]) {
    outline: 2px solid var(--anjuan-color-focus);
    outline-offset: 1px;
  }
  .paper[aria-disabled] {
    cursor: default;
    touch-action: auto;
  }
  .layer {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    pointer-events: none;
  }
  .baseline {
    position: absolute;
    top: ${unsafeCSS(BASELINE * 100)}%;
    right: 6%;
    left: 6%;
    border-top: 1px solid ${printed.line};
  }
  .paper[aria-disabled] .baseline {
    border-top-style: dashed;
  }
  .hint,
  .mark {
    position: absolute;
    right: 6%;
    left: 6%;
    color: ${printed.muted};
    pointer-events: none;
  }
  .hint {
    top: calc(${unsafeCSS(BASELINE * 100)}% + var(--anjuan-space-1));
  }
  .mark {
    right: var(--anjuan-space-2);
    bottom: var(--anjuan-space-1);
    left: auto;
    font-size: var(--anjuan-font-size-small);
  }
  .caption {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--anjuan-space-5);
    overflow-wrap: anywhere;
  }
  .count {
    font-size: var(--anjuan-font-size-small);
    padding: 0 var(--anjuan-space-2);
  }
  .others {
    display: flex;
    flex-wrap: wrap;
    gap: var(--anjuan-space-1);
    margin-left: auto;
  }
  .notice {
    display: flex;
    flex-wrap: wrap;
    gap: var(--anjuan-space-2);
    align-items: center;
    padding: var(--anjuan-space-2) var(--anjuan-space-3);
    background: var(--anjuan-color-surface-2);
    border: 1px solid var(--anjuan-color-border);
    border-radius: var(--anjuan-radius-control);
  }
  .notice > p,
  .notice > span {
    flex: 1 1 12em;
  }
  .notice-title {
    font-weight: 600;
  }
  .notice[data-tone='danger'] {
    border-color: var(--anjuan-color-danger);
  }
  .notice[data-tone='danger'] .icon {
    color: var(--anjuan-color-danger);
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: var(--anjuan-space-1);
    align-items: center;
  }
  .button,
  .field,
  .stamp {
    min-height: max(44px, var(--anjuan-control-size));
  }
  .tools .button {
    min-width: 44px;
    padding: 0 var(--anjuan-space-2);
    color: var(--anjuan-color-accent);
  }
  .tools .button[aria-disabled] {
    color: var(--anjuan-color-text-muted);
    cursor: default;
    background: none;
  }
  .other {
    display: flex;
    flex-direction: column;
    gap: var(--anjuan-space-1);
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .other legend {
    padding: 0;
  }
  .other-field {
    display: flex;
    flex-wrap: wrap;
    gap: var(--anjuan-space-2);
    align-items: center;
  }
  .other-field .field {
    flex: 1 1 12em;
    min-width: 0;
  }
  .stamps {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--anjuan-space-4);
  }
  .stamp {
    display: inline-flex;
    gap: var(--anjuan-space-2);
    align-items: center;
  }
  .stamp input {
    width: 20px;
    height: 20px;
    margin: 0;
    accent-color: var(--anjuan-color-accent);
  }
  @container (max-width: 479px) {
    .paper {
      aspect-ratio: 2 / 1;
    }
    .others {
      flex: 1 1 100%;
      margin: 0;
    }
  }
  @media print {
    .tools,
    .notice,
    .other,
    .count,
    .hint {
      display: none;
    }
    .paper {
      border: 0;
      box-shadow: none;
    }
  }
`;
