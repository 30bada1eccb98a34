import type { SearchController } from '../search/search-controller.js';
import type { RailController } from '../sidebar/rail-controller.js';
import type { Widgets } from './commands.js';
import type { FullScreenController } from './full-screen-controller.js';
import type { ReadingController } from './reading-controller.js';

export interface WidgetParts {
  readonly find: (selector: string) => HTMLElement | null;
  readonly reading: () => ReadingController;
  readonly rail: RailController;
  readonly search: SearchController;
  readonly fullScreen: FullScreenController;
}

/** The widgets that commands open, focus and move. */
export function viewerWidgets({ find, reading, rail, search, fullScreen }: WidgetParts): Widgets {
  const focus = (widget: string): void => find(`[data-widget="${widget}"]`)?.focus({ preventScroll: true });
  const focusSearch = async (): Promise<void> => {
    await rail.showTab('search');
    focus('search-text');
    const field = find('[data-widget="search-text"]');
    if (field instanceof HTMLInputElement) field.select();
  };
  return {
    scrollScreen: (direction) => reading().viewport?.scrollStep('screen', direction),
    focusFilter: () => void rail.showTab('contents').then(() => focus('filter')),
    focusSearch: () => void focusSearch(),
    stepHit: (direction) => {
      if (!search.step(direction)) void focusSearch();
    },
    focusPageField: () => focus('page-field'),
    toggleFullScreen: () => void fullScreen.toggle(),
    showHelp: () => {
      const dialog = find('[data-widget="help-dialog"]');
      if (dialog instanceof HTMLDialogElement) dialog.showModal();
    },
  };
}
