import type { ViewerCommand } from './viewer-keymap.js';

/** What commands act on: the public methods of the viewer, */
export interface Reader {
  readonly pageCount: number;
  nextPage(): void;
  previousPage(): void;
  nextDocument(): void;
  previousDocument(): void;
  goToPage(pageNumber: number): void;
  zoomIn(): void;
  zoomOut(): void;
  zoomTo(zoom: 'fit-width' | 'fit-page' | number): void;
  rotate(deg: number): void;
  toggleRail(): void;
}

/** and its widgets. */
export interface Widgets {
  scrollScreen(direction: 1 | -1): void;
  focusFilter(): void;
  focusSearch(): void;
  stepHit(direction: 1 | -1): void;
  focusPageField(): void;
  toggleFullScreen(): void;
  showHelp(): void;
}

/** One action for each command: keys, buttons and menus all come here. */
export const commandActions: Readonly<Record<ViewerCommand, (reader: Reader, widgets: Widgets) => void>> = {
  'screen-down': (_reader, widgets) => widgets.scrollScreen(1),
  'screen-up': (_reader, widgets) => widgets.scrollScreen(-1),
  'next-page': (reader) => reader.nextPage(),
  'previous-page': (reader) => reader.previousPage(),
  'next-document': (reader) => reader.nextDocument(),
  'previous-document': (reader) => reader.previousDocument(),
  'first-page': (reader) => reader.goToPage(1),
  'last-page': (reader) => reader.goToPage(reader.pageCount),
  'page-field': (_reader, widgets) => widgets.focusPageField(),
  'zoom-in': (reader) => reader.zoomIn(),
  'zoom-out': (reader) => reader.zoomOut(),
  'fit-width': (reader) => reader.zoomTo('fit-width'),
  'fit-page': (reader) => reader.zoomTo('fit-page'),
  'actual-size': (reader) => reader.zoomTo(100),
  'rotate-right': (reader) => reader.rotate(90),
  'rotate-left': (reader) => reader.rotate(-90),
  'toggle-rail': (reader) => reader.toggleRail(),
  'focus-filter': (_reader, widgets) => widgets.focusFilter(),
  search: (_reader, widgets) => widgets.focusSearch(),
  'next-hit': (_reader, widgets) => widgets.stepHit(1),
  'previous-hit': (_reader, widgets) => widgets.stepHit(-1),
  'full-screen': (_reader, widgets) => widgets.toggleFullScreen(),
  help: (_reader, widgets) => widgets.showHelp(),
};
