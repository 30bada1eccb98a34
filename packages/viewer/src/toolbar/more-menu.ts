import { icon } from '@anjuan/core/element';
import type { TemplateResult } from 'lit';
import type { ViewerCommand } from '../viewer/viewer-keymap.js';
import { menu, type MenuItem } from './menu.js';
import type { ToolbarProps } from './toolbar.js';

/** Everything that has no button of its own in this layout. */
export function moreMenu(props: ToolbarProps): TemplateResult {
  const { texts, ready, layout, fullScreen } = props;
  const item = (command: ViewerCommand, label: string, options: Partial<MenuItem> = {}): MenuItem => {
    const hint = props.keyHint(command);
    return {
      label,
      disabled: !ready,
      ...(hint === undefined ? {} : { hint }),
      onSelect: () => props.run(command),
      ...options,
    };
  };
  const t = texts.toolbar;
  const zoom: readonly MenuItem[] =
    layout === 'panel'
      ? [
          item('zoom-in', t.zoomIn, { icon: 'zoom-in', separated: true }),
          item('zoom-out', t.zoomOut, { icon: 'zoom-out' }),
          item('fit-width', t.fitWidth, { checked: props.zoom === 'fit-width' }),
          item('fit-page', t.fitPage, { checked: props.zoom === 'fit-page' }),
          item('actual-size', t.percent(100), { checked: props.zoom === 1 }),
        ]
      : [];
  const compact = layout === 'panel' || layout === 'narrow';
  const find: readonly MenuItem[] = compact ? [item('search', t.search, { icon: 'search' })] : [];
  const hidden: readonly MenuItem[] =
    layout === 'wide'
      ? []
      : [
          item('full-screen', fullScreen ? t.exitFullScreen : t.fullScreen, { icon: 'maximize', disabled: false }),
          item('help', t.help, { icon: 'keyboard', disabled: false }),
        ];
  return menu({
    id: 'more',
    controller: props.menus,
    label: t.more,
    face: icon('ellipsis', { sizePx: 20 }),
    buttonClass: 'icon-button',
    items: [
      ...find,
      item('previous-document', t.previousDocument, { icon: 'chevron-up' }),
      item('next-document', t.nextDocument, { icon: 'chevron-down' }),
      item('first-page', t.firstPage, { icon: 'chevrons-left' }),
      item('last-page', t.lastPage, { icon: 'chevrons-right' }),
      ...zoom,
      item('rotate-right', t.rotate, { icon: 'rotate-cw', separated: true }),
      item('rotate-left', t.rotateBack, { icon: 'rotate-ccw' }),
      {
        label: t.download,
        icon: 'download',
        disabled: !props.canDownload,
        separated: true,
        onSelect: props.onDownload,
      },
      ...hidden,
    ],
  });
}
