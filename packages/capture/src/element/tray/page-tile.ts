import { icon, type IconName } from '../icons/icon.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { PageMark, TrayPage } from '../../session/tray.js';
import { number, type ViewProps } from '../view-props.js';
import { markWord } from '../words.js';

const markIcons: Readonly<Record<PageMark, IconName>> = {
  working: 'loader-circle',
  good: 'check',
  kept: 'check',
  warn: 'triangle-alert',
  reject: 'circle-x',
  failed: 'circle-x',
};

/** One page: picture, number, and a mark of icon and word. */
export function pageTile(props: ViewProps, page: TrayPage): TemplateResult {
  const { model, texts } = props;
  const word = markWord(page, texts);
  const selected = model.selected?.pageId === page.pageId;
  const inTabOrder = selected || (model.selected === undefined && page.number === 1);
  const url = model.thumbnails.url(page);
  const { drag } = model;
  const select = (): void => model.select(page.pageId);
  return html`<div
    class="tile"
    role="option"
    part="page"
    tabindex=${inTabOrder ? 0 : -1}
    data-page-id=${page.pageId}
    data-document-id=${page.documentId}
    data-mark=${page.mark}
    ?data-lifted=${drag.dragged === page.pageId}
    ?data-drop-before=${drag.dragged !== undefined && drag.place?.before === page.pageId}
    ?data-drop-behind=${drag.dragged !== undefined && isDropBehind(props, page)}
    aria-selected=${selected ? 'true' : 'false'}
    @focus=${select}
    @click=${select}
    @dblclick=${() => props.run('edit')}
    @pointerdown=${(event: PointerEvent) => drag.begin(event, page.pageId)}
  >
    <span class="visually-hidden tile-name">${texts.tray.page(number(props, page.number), word)}</span>
    <span class="tile-picture" aria-hidden="true">
      ${
        url === undefined
          ? html`<span class="tile-skeleton"></span>`
          : html`<img class="tile-image" src=${url} alt="" draggable="false" decoding="async" />`
      }
      <span class="tile-number">${number(props, page.number)}</span>
      ${page.partIds.length > 0 ? html`<span class="tile-sides">${texts.tray.bothSides}</span>` : nothing}
      ${page.uploaded ? html`<span class="tile-uploaded">${icon('cloud-upload')}</span>` : nothing}
    </span>
    <span
      class="tile-mark"
      aria-hidden="true"
      data-mark=${page.waitsForBack && page.mark === 'good' ? 'warn' : page.mark}
    >
      ${icon(page.waitsForBack && page.mark === 'good' ? 'triangle-alert' : markIcons[page.mark])}<span
        class="tile-word"
        >${word}</span
      >
    </span>
  </div>`;
}

/** The page would go behind this one, at the end of its document. */
function isDropBehind({ model }: ViewProps, page: TrayPage): boolean {
  const { place } = model.drag;
  if (place?.documentId !== page.documentId || place.before !== undefined) return false;
  const document = model.tray.documents.find(({ documentId }) => documentId === page.documentId);
  return document?.pages.at(-1)?.pageId === page.pageId;
}
