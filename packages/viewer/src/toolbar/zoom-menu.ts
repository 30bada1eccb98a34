import { icon } from '@anjuan/core/element';
import { html, type TemplateResult } from 'lit';
import { ZOOM_MENU_PERCENT } from '../viewer/zoom.js';
import { menu, type MenuItem } from './menu.js';
import type { ToolbarProps } from './toolbar.js';

/** The choices of size, also part of the overflow menu of a small panel. */
export function zoomItems(props: ToolbarProps): readonly MenuItem[] {
  const { texts, zoom, onZoom } = props;
  return [
    { label: texts.toolbar.fitWidth, checked: zoom === 'fit-width', onSelect: () => onZoom('fit-width') },
    { label: texts.toolbar.fitPage, checked: zoom === 'fit-page', onSelect: () => onZoom('fit-page') },
    ...ZOOM_MENU_PERCENT.map((percent, index) => ({
      label: texts.toolbar.percent(percent),
      checked: typeof zoom === 'number' && props.percent === percent,
      separated: index === 0,
      onSelect: () => onZoom(percent / 100),
    })),
  ];
}

/** Shows the percentage and offers the usual sizes. */
export function zoomMenu(props: ToolbarProps): TemplateResult {
  const { texts } = props;
  return menu({
    id: 'zoom',
    controller: props.menus,
    label: texts.toolbar.zoomLevel(props.percent),
    face: html`<span class="zoom-percent">${texts.toolbar.percent(props.percent)}</span>${icon('chevron-down')}`,
    buttonClass: 'zoom-button',
    items: zoomItems(props),
    disabled: !props.ready,
  });
}
