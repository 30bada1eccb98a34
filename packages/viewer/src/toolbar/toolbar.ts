import { icon, type IconName } from '@anjuan/core/element';
import { html, nothing, type TemplateResult } from 'lit';
import type { ViewerTexts } from '../locales/viewer.js';
import type { ViewerLayout } from '../viewer/size-controller.js';
import type { ViewerCommand } from '../viewer/viewer-keymap.js';
import type { Zoom } from '../viewport/types.js';
import type { MenuController } from './menu-controller.js';
import { moreMenu } from './more-menu.js';
import { pageField } from './page-field.js';
import { zoomMenu } from './zoom-menu.js';

export interface ToolbarProps {
  readonly texts: ViewerTexts;
  readonly layout: ViewerLayout;
  /** Pages are there to work on. */
  readonly ready: boolean;
  /** Pages are there or on their way; else the tools for pages are left out. */
  readonly usable: boolean;
  readonly pageNumber: number | undefined;
  readonly pageCount: number;
  readonly zoom: Zoom;
  readonly percent: number;
  readonly railOpen: boolean;
  readonly fullScreen: boolean;
  readonly canDownload: boolean;
  readonly menus: MenuController;
  /** The key to show beside a command. */
  readonly keyHint: (command: ViewerCommand) => string | undefined;
  readonly run: (command: ViewerCommand) => void;
  readonly onPage: (pageNumber: number) => void;
  /** Esc in the page field: back to the pages. */
  readonly onLeaveField: () => void;
  readonly onZoom: (zoom: Zoom) => void;
  readonly onDownload: () => void;
}

export interface ToolProps {
  readonly command: ViewerCommand;
  readonly icon: IconName;
  readonly label: string;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
}

function tool(props: ToolbarProps, options: ToolProps): TemplateResult {
  const hint = props.keyHint(options.command);
  return html`<button
    type="button"
    class="icon-button"
    data-widget=${options.command}
    aria-label=${options.label}
    aria-pressed=${options.pressed === undefined ? nothing : String(options.pressed)}
    title=${hint ? `${options.label} (${hint})` : options.label}
    ?disabled=${options.disabled ?? false}
    @click=${() => props.run(options.command)}
  >
    ${icon(options.icon, { sizePx: 20 })}
  </button>`;
}

function pageTools(props: ToolbarProps): TemplateResult {
  const { texts, pageNumber, pageCount, ready } = props;
  return html`<div class="tool-group">
    ${tool(props, {
      command: 'previous-page',
      icon: props.layout === 'wide' || props.layout === 'medium' ? 'chevron-left' : 'chevron-up',
      label: texts.toolbar.previousPage,
      disabled: !ready || pageNumber === 1,
    })}
    ${pageField({ texts, pageNumber, pageCount, onSubmit: props.onPage, onLeave: props.onLeaveField })}
    ${tool(props, {
      command: 'next-page',
      icon: props.layout === 'wide' || props.layout === 'medium' ? 'chevron-right' : 'chevron-down',
      label: texts.toolbar.nextPage,
      disabled: !ready || pageNumber === pageCount,
    })}
  </div>`;
}

function zoomTools(props: ToolbarProps): TemplateResult {
  const { texts, ready } = props;
  return html`<div class="tool-group">
    ${tool(props, { command: 'zoom-out', icon: 'minus', label: texts.toolbar.zoomOut, disabled: !ready })}
    ${zoomMenu(props)}
    ${tool(props, { command: 'zoom-in', icon: 'plus', label: texts.toolbar.zoomIn, disabled: !ready })}
  </div>`;
}

function viewTools(props: ToolbarProps): TemplateResult {
  const { texts, ready, fullScreen } = props;
  return html`<div class="tool-group">
    ${tool(props, {
      command: 'fit-width',
      icon: 'move-horizontal',
      label: texts.toolbar.fitWidth,
      pressed: ready && props.zoom === 'fit-width',
      disabled: !ready,
    })}
    ${tool(props, { command: 'rotate-right', icon: 'rotate-cw', label: texts.toolbar.rotate, disabled: !ready })}
    ${tool(props, {
      command: 'full-screen',
      icon: fullScreen ? 'minimize' : 'maximize',
      label: fullScreen ? texts.toolbar.exitFullScreen : texts.toolbar.fullScreen,
      pressed: fullScreen,
    })}
  </div>`;
}

/** The tools: five groups when there is room, the essential ones and a menu when there is not. */
export function toolbar(props: ToolbarProps, title: TemplateResult | typeof nothing): TemplateResult {
  const { texts, layout } = props;
  const rail = tool(props, {
    command: 'toggle-rail',
    icon: layout === 'wide' || layout === 'medium' ? 'panel-left' : 'list-tree',
    label: texts.toolbar.rail,
    pressed: props.railOpen && props.ready,
    disabled: !props.ready,
  });
  const search = tool(props, {
    command: 'search',
    icon: 'search',
    label: texts.toolbar.search,
    disabled: !props.ready,
  });
  const wide = layout === 'wide';
  const help = tool(props, { command: 'help', icon: 'circle-question-mark', label: texts.toolbar.help });
  if (!props.usable)
    return html`<div class="toolbar" part="toolbar" role="group" aria-label=${texts.toolbar.label}>
      ${title}${help}
    </div>`;
  return html`<div class="toolbar" part="toolbar" role="group" aria-label=${texts.toolbar.label}>
    ${rail}${layout === 'wide' || layout === 'medium' ? title : nothing}${pageTools(props)}
    ${layout === 'wide' || layout === 'medium' ? search : nothing} ${layout === 'panel' ? nothing : zoomTools(props)}
    ${wide ? viewTools(props) : nothing} ${moreMenu(props)} ${wide ? help : nothing}
  </div>`;
}
