import { icon, setStyle } from '@anjuan/core/element';
import { html, nothing, type TemplateResult } from 'lit';
import type { ViewerTexts } from '../locales/viewer.js';
import type { RailController, RailTab } from './rail-controller.js';
import { RAIL_MAX_PX, RAIL_MIN_PX } from './rail-preferences.js';

export interface RailProps {
  readonly texts: ViewerTexts;
  readonly rail: RailController;
  readonly contents: () => TemplateResult;
  readonly thumbnails: () => TemplateResult;
  readonly search: () => TemplateResult;
}

const TABS: readonly RailTab[] = ['contents', 'thumbnails', 'search'];

function tabs({ texts, rail }: RailProps): TemplateResult {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
    event.preventDefault();
    event.stopPropagation();
    const step = event.key === 'ArrowRight' ? 1 : TABS.length - 1;
    const other = TABS[(TABS.indexOf(rail.tab) + step) % TABS.length] ?? 'contents';
    rail.selectTab(other);
    const list = event.currentTarget as HTMLElement;
    list.querySelector<HTMLElement>(`[data-tab="${other}"]`)?.focus();
  };
  return html`<div class="tabs" role="tablist" aria-label=${texts.rail.tabs} @keydown=${onKeyDown}>
    ${TABS.map(
      (tab) =>
        html`<button
          type="button"
          class="tab"
          role="tab"
          id="tab-${tab}"
          data-tab=${tab}
          aria-selected=${String(rail.tab === tab)}
          aria-controls="rail-panel"
          tabindex=${rail.tab === tab ? 0 : -1}
          @click=${() => rail.selectTab(tab)}
        >
          ${texts.rail[tab]}
        </button>`,
    )}
  </div>`;
}

function handle({ texts, rail }: RailProps): TemplateResult {
  return html`<div
    class="rail-handle"
    role="separator"
    aria-orientation="vertical"
    aria-label=${texts.rail.resize}
    aria-valuemin=${RAIL_MIN_PX}
    aria-valuemax=${RAIL_MAX_PX}
    aria-valuenow=${rail.widthPx}
    tabindex="0"
    @keydown=${rail.onHandleKeyDown}
    @pointerdown=${rail.onHandlePointerDown}
  ></div>`;
}

/** Contents, thumbnails and search: a column in a wide viewer, a drawer in a narrow one. */
export function railView(props: RailProps): TemplateResult | typeof nothing {
  const { texts, rail } = props;
  if (!rail.open) return nothing;
  const drawer = rail.compact;
  return html`${drawer ? html`<div class="scrim" @click=${() => rail.close()}></div>` : nothing}
    <div
      class="rail"
      part="rail"
      data-widget="rail"
      role=${drawer ? 'dialog' : 'complementary'}
      aria-modal=${drawer ? 'true' : nothing}
      aria-label=${texts.rail.label}
      ${setStyle(drawer ? {} : { width: `${rail.widthPx}px` })}
      @keydown=${rail.onDrawerKeyDown}
    >
      <div class="rail-head">
        ${tabs(props)}
        ${
          drawer
            ? html`<button
                type="button"
                class="icon-button"
                aria-label=${texts.rail.close}
                @click=${() => rail.close()}
              >
                ${icon('x', { sizePx: 20 })}
              </button>`
            : nothing
        }
      </div>
      <div class="rail-panel" id="rail-panel" role="tabpanel" aria-labelledby="tab-${rail.tab}">
        ${props[rail.tab]()}
      </div>
      ${drawer ? nothing : handle(props)}
    </div>`;
}
