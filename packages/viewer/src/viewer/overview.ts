import type { DocumentEntry } from '@anjuan/core';
import { setStyle, type Locale } from '@anjuan/core/element';
import { html, nothing, type TemplateResult } from 'lit';
import type { ViewerTexts } from '../locales/viewer.js';
import { categoryLabel } from '../sidebar/tree-model.js';
import type { ViewportPosition } from '../viewport/types.js';
import { overviewOf, overviewPlace, type OverviewHit } from './overview-model.js';

export interface OverviewProps {
  readonly texts: ViewerTexts;
  readonly locale: Locale;
  readonly documents: readonly DocumentEntry[];
  readonly position: ViewportPosition | undefined;
  /** Places of search hits. */
  readonly hits: readonly OverviewHit[];
  readonly onOpen: (documentIndex: number) => void;
}

function percent(fraction: number): string {
  return `${(fraction * 100).toFixed(3)}%`;
}

/**
 * A thin strip at the right edge: where the categories lie, what is broken, what was found, where the reader is. A shortcut for the
 * pointer only: keyboard and screen reader have the tree and the list of hits, which say the same in words.
 */
export function overview(props: OverviewProps): TemplateResult | typeof nothing {
  const { texts, locale, documents, position, hits, onOpen } = props;
  if (documents.length < 2) return nothing;
  const { segments, faults } = overviewOf(documents);
  return html`<div class="overview" part="overview" aria-hidden="true">
    ${segments.map(
      (segment) =>
        html`<button
          type="button"
          class="overview-segment"
          tabindex="-1"
          title=${texts.overview.mark(categoryLabel(segment.category, { locale }), segment.pageNumber)}
          ${setStyle({ top: percent(segment.start), height: percent(segment.length) })}
          @click=${() => onOpen(segment.documentIndex)}
        ></button>`,
    )}
    ${faults.map((fault) => html`<span class="overview-fault" ${setStyle({ top: percent(fault.start) })}></span>`)}
    ${hits.map(
      (hit) =>
        html`<span class="overview-hit" ?data-current=${hit.current} ${setStyle({ top: percent(hit.start) })}></span>`,
    )}
    ${
      position
        ? html`<span class="overview-here" ${setStyle({ top: percent(overviewPlace(documents, position)) })}></span>`
        : nothing
    }
  </div>`;
}
