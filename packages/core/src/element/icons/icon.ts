import { html, svg, type TemplateResult } from 'lit';
import { iconPaths } from './icons.data.js';

/** Name of an icon in the set. */
export type IconName = keyof typeof iconPaths;

/** Options of an icon. */
export interface IconOptions {
  /** Default 16. */
  readonly sizePx?: 16 | 20;
}

/**
 * A line icon that takes the colour of the text around it. It is decoration: the control beside it carries the name.
 * Styled by `.icon` of `baseStyles`.
 */
export function icon(name: IconName, options: IconOptions = {}): TemplateResult {
  return pathIcon(iconPaths[name], options);
}

/** The same for path data on a 24 x 24 grid that a package brings along. */
export function pathIcon(path: string, { sizePx = 16 }: IconOptions = {}): TemplateResult {
  return html`<svg
    class="icon"
    viewBox="0 0 24 24"
    width=${sizePx}
    height=${sizePx}
    aria-hidden="true"
    focusable="false"
  >
    ${svg`<path d=${path}></path>`}
  </svg>`;
}
