import { svg, type SVGTemplateResult, html, type TemplateResult } from 'lit';
import { iconPaths } from './icons.data.js';

/** Name of an icon in the set. */
export type IconName = keyof typeof iconPaths;

/**
 * A line icon that takes the colour of the text around it. It is decoration: the control beside it carries the name.
 * `sizePx` is 16 (default) or 20. Styled by `.icon` of `baseStyles`.
 */
export function icon(name: IconName, options: { readonly sizePx?: 16 | 20 } = {}): TemplateResult {
  const sizePx = options.sizePx ?? 16;
  return html`<svg
    class="icon"
    viewBox="0 0 24 24"
    width=${sizePx}
    height=${sizePx}
    aria-hidden="true"
    focusable="false"
  >
    ${iconPath(name)}
  </svg>`;
}

function iconPath(name: IconName): SVGTemplateResult {
  return svg`<path d=${iconPaths[name]}></path>`;
}
