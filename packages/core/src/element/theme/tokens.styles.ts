import { css, unsafeCSS, type CSSResult } from 'lit';
import { palettes, type PaletteName } from './palette.js';

function colors(name: PaletteName): CSSResult {
  const lines = Object.entries(palettes[name]).map(([role, value]) => `--anjuan-color-${role}: ${value};`);
  return unsafeCSS(`color-scheme: ${name === 'dark' ? 'dark' : 'light'}; ${lines.join(' ')}`);
}

/** Hinted CJK system faces come after the host's own font; the last ones carry rare characters of names. */
const FONTS =
  "'PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans CJK SC', system-ui, sans-serif, 'SimSun-ExtB', 'HanaMinB'";

/**
 * The public custom properties (at most 40). They are declared on the outermost Anjuan element only, the theme root:
 * the provider or, without one, the element itself. So a rule of the page for that element wins, and all inside inherit.
 */
export const tokens = css`
  :host([data-theme]) {
    ${colors('light')}
    --anjuan-space-1: 4px;
    --anjuan-space-2: 8px;
    --anjuan-space-3: 12px;
    --anjuan-space-4: 16px;
    --anjuan-space-5: 24px;
    --anjuan-space-6: 32px;
    --anjuan-radius-control: 4px;
    --anjuan-radius-panel: 8px;
    --anjuan-font-family: ${unsafeCSS(FONTS)};
    --anjuan-font-size: 14px;
    --anjuan-font-size-small: 12px;
    --anjuan-line-height: 22px;
    --anjuan-control-size: 32px;
    --anjuan-duration: 150ms;
    --anjuan-shadow-page: 0 0 0 1px rgba(16, 22, 34, 0.1), 0 1px 2px rgba(16, 22, 34, 0.16);
    --anjuan-shadow-panel: 0 4px 16px rgba(16, 22, 34, 0.18);
  }
  :host([data-theme='dark']) {
    ${colors('dark')}
  }
  :host([data-theme='contrast']) {
    ${colors('contrast')}
  }
  @media (prefers-color-scheme: dark) {
    :host([data-theme='auto']) {
      ${colors('dark')}
    }
  }
  @media (prefers-contrast: more) {
    :host([data-theme='auto']) {
      ${colors('contrast')}
    }
  }
  :host([data-density='compact']) {
    --anjuan-font-size: 13px;
    --anjuan-line-height: 20px;
    --anjuan-control-size: 28px;
  }
  :host([data-density='touch']) {
    --anjuan-font-size: 18px;
    --anjuan-font-size-small: 15px;
    --anjuan-line-height: 28px;
    --anjuan-control-size: 44px;
  }
  :host([data-text-size='large']) {
    --anjuan-font-size: 18px;
    --anjuan-font-size-small: 16px;
    --anjuan-line-height: 28px;
    --anjuan-control-size: 40px;
  }
  :host([data-text-size='large'][data-density='touch']) {
    --anjuan-control-size: 48px;
  }
  @media (prefers-reduced-motion: reduce) {
    :host([data-theme]) {
      --anjuan-duration: 0ms;
    }
  }
  @media (forced-colors: active) {
    :host([data-theme]) {
      --anjuan-color-surface: Canvas;
      --anjuan-color-surface-2: Canvas;
      --anjuan-color-canvas: Canvas;
      --anjuan-color-text: CanvasText;
      --anjuan-color-text-muted: CanvasText;
      --anjuan-color-border: CanvasText;
      --anjuan-color-control: ButtonText;
      --anjuan-color-accent: Highlight;
      --anjuan-color-accent-text: HighlightText;
      --anjuan-color-danger: CanvasText;
      --anjuan-color-warning: CanvasText;
      --anjuan-color-success: CanvasText;
      --anjuan-color-selection: Highlight;
      --anjuan-color-focus: Highlight;
    }
  }
`;
