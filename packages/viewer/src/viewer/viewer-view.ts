import type { Locale } from '@anjuan/core/element';
import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { ViewerTexts } from '../locales/viewer.js';
import { railView } from '../sidebar/rail.js';
import { resultsOf } from '../search/search-state.js';
import type { SearchController } from '../search/search-controller.js';
import type { RailController } from '../sidebar/rail-controller.js';
import type { ThumbnailsController } from '../sidebar/thumbnails-controller.js';
import type { TreeController } from '../sidebar/tree-controller.js';
import { toolbar, type ToolbarProps } from '../toolbar/toolbar.js';
import { readingParts } from './load-reading-parts.js';
import type { ReadingController } from './reading-controller.js';
import type { RecordTitle } from './record-title.js';
import { railSkeleton } from './skeleton.js';
import { stateView } from './state-view.js';
import type { ViewerKeymap } from './viewer-keymap.js';
import type { ViewerState } from './viewer-state.js';

export interface ViewerViewProps {
  readonly texts: ViewerTexts;
  readonly locale: Locale;
  readonly state: ViewerState;
  readonly noClient: boolean;
  readonly title: RecordTitle | undefined;
  readonly reading: ReadingController;
  readonly rail: RailController;
  readonly tree: TreeController;
  readonly thumbnails: ThumbnailsController;
  readonly search: SearchController;
  readonly keymap: ViewerKeymap;
  readonly toolbar: ToolbarProps;
  /** A new one for each open record: the viewport gets a fresh box. */
  readonly boxKey: unknown;
  readonly live: TemplateResult;
  readonly notice: TemplateResult | typeof nothing;
  readonly onRetry: () => void;
  readonly onSkip: () => void;
  readonly onPage: (pageNumber: number) => void;
  readonly onDocument: (documentIndex: number) => void;
}

function titleView(title: RecordTitle | undefined): TemplateResult {
  return html`<div class="title" part="title">
    ${title ? html`<strong class="title-name">${title.name}</strong><span class="title-rest">${title.rest}</span>` : nothing}
  </div>`;
}

function railOf(props: ViewerViewProps): TemplateResult | typeof nothing {
  const { texts, locale, state, reading, rail, tree, thumbnails, search } = props;
  if (state.status === 'loading')
    return railView({ texts, rail, contents: railSkeleton, thumbnails: railSkeleton, search: railSkeleton });
  if (state.status !== 'ready') return nothing;
  const { searchView, thumbnailsView, treeView } = readingParts();
  return railView({
    texts,
    rail,
    contents: () => treeView({ texts, locale, tree, verdicts: reading.verdicts }),
    thumbnails: () =>
      thumbnailsView({
        texts,
        thumbnails,
        currentIndex: reading.position?.pageIndex ?? 0,
        generation: reading.generation,
        onOpen: (pageIndex) => props.onPage(pageIndex + 1),
      }),
    search: () => searchView({ texts, locale, search }),
  });
}

function pages(props: ViewerViewProps): TemplateResult {
  const { texts, locale, reading, search, boxKey } = props;
  const { overview, overviewHits } = readingParts();
  return html`<button type="button" class="skip button" @click=${props.onSkip}>${texts.skip}</button>
    <div class="reading">
      ${keyed(
        boxKey,
        html`<div
          class="viewport"
          data-widget="pages"
          part="pages"
          role="region"
          aria-label=${texts.pages}
          tabindex="0"
        ></div>`,
      )}
      ${overview({
        texts,
        locale,
        documents: reading.documents,
        position: reading.position,
        hits: overviewHits(reading.documents, resultsOf(search.state)?.hits ?? [], search.current),
        onOpen: props.onDocument,
      })}
    </div>
    <div class="visually-hidden" data-widget="after-pages" tabindex="-1">${texts.afterPages}</div>`;
}

/** The whole viewer. */
export function viewerView(props: ViewerViewProps): TemplateResult {
  const { texts, state, rail } = props;
  const { layout } = props.toolbar;
  const compact = rail.compact;
  const title = titleView(props.title);
  const usable = state.status === 'loading' || state.status === 'ready';
  return html`<div class="frame">
    ${compact ? (layout === 'narrow' ? title : nothing) : toolbar(props.toolbar, title)}
    <div class="body">
      ${railOf(props)}
      <div class="main" aria-busy=${state.status === 'loading' ? 'true' : 'false'}>
        ${state.status === 'ready' ? pages(props) : stateView(props)}
      </div>
    </div>
    ${compact && usable ? toolbar(props.toolbar, nothing) : nothing} ${props.notice} ${props.live}
    ${state.status === 'ready' ? readingParts().helpDialog({ texts, keymap: props.keymap }) : nothing}
  </div>`;
}
