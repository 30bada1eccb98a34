import { html, type TemplateResult } from 'lit';

/** One document header and two sheets of A4, where the real ones will stand. */
export function skeleton(): TemplateResult {
  return html`<div class="skeleton" aria-hidden="true" part="skeleton">
    <div class="skeleton-head"><span class="skeleton-bar"></span></div>
    <div class="skeleton-page"></div>
    <div class="skeleton-page"></div>
  </div>`;
}

/** Rows of the tree that is not there yet. */
export function railSkeleton(): TemplateResult {
  return html`<div class="skeleton-rows" aria-hidden="true">
    ${Array.from({ length: 9 }, () => html`<span class="skeleton-row"></span>`)}
  </div>`;
}
