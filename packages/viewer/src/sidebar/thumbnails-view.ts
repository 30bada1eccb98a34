import { setStyle } from '@anjuan/core/element';
import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ViewerTexts } from '../locales/viewer.js';
import type { ThumbnailGrid } from './thumbnail-grid.js';
import type { ThumbnailsController } from './thumbnails-controller.js';

export interface ThumbnailsViewProps {
  readonly texts: ViewerTexts;
  readonly thumbnails: ThumbnailsController;
  /** Page the reader is on, from 0. */
  readonly currentIndex: number;
  /** Changes when page indexes mean other pages: a new record, or sizes learned late. */
  readonly generation: number;
  readonly onOpen: (pageIndex: number) => void;
}

function thumbnail(index: number, grid: ThumbnailGrid, props: ThumbnailsViewProps): TemplateResult {
  const { texts, thumbnails, currentIndex, onOpen } = props;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' || event.key === ' ') onOpen(index);
    else if (!thumbnails.move(event.key, index)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return html`<div
    class="thumb"
    role="option"
    data-index=${index}
    aria-label=${texts.rail.thumbnail(index + 1)}
    aria-selected=${String(index === currentIndex)}
    aria-setsize=${grid.count}
    aria-posinset=${index + 1}
    tabindex=${index === thumbnails.tabStop(currentIndex) ? 0 : -1}
    ${setStyle({
      width: `${grid.columnWidthPx}px`,
      height: `${grid.rowHeightPx}px`,
      transform: `translate(${(index % grid.columns) * grid.columnWidthPx}px, ${Math.floor(index / grid.columns) * grid.rowHeightPx}px)`,
    })}
    @click=${() => onOpen(index)}
    @keydown=${onKeyDown}
  >
    <span class="thumb-box"><canvas class="thumb-page" data-page=${index}></canvas></span>
    <span class="thumb-number" aria-hidden="true">${index + 1}</span>
  </div>`;
}

/** Small pages in a grid. Only those in sight exist; the current one always does, so that Tab finds it. */
export function thumbnailsView(props: ThumbnailsViewProps): TemplateResult {
  const { texts, thumbnails, generation } = props;
  const grid = thumbnails.grid();
  const stop = thumbnails.tabStop(props.currentIndex);
  const mounted = Array.from({ length: grid.end - grid.first }, (_, offset) => grid.first + offset);
  if (grid.end > 0 && stop >= 0 && stop < grid.count && (stop < grid.first || stop >= grid.end)) mounted.push(stop);
  return html`<div
    class="thumbs"
    data-widget="thumbnails"
    role="listbox"
    aria-label=${texts.rail.thumbnails}
    part="thumbnails"
    @scroll=${{ handleEvent: thumbnails.onScroll, passive: true }}
    @focusout=${thumbnails.onFocusOut}
  >
    <div class="thumbs-space" role="presentation" ${setStyle({ height: `${grid.totalHeightPx}px` })}>
      ${repeat(
        mounted,
        (index) => `${generation}:${index}`,
        (index) => thumbnail(index, grid, props),
      )}
    </div>
  </div>`;
}
