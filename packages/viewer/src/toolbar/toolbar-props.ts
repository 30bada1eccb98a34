import { keyParts } from '../help/key-parts.js';
import type { ViewerTexts } from '../locales/viewer.js';
import { canDownload } from '../viewer/can-download.js';
import type { ReadingController } from '../viewer/reading-controller.js';
import { keysOf, type ViewerCommand, type ViewerKeymap } from '../viewer/viewer-keymap.js';
import type { ToolbarProps } from './toolbar.js';

type GivenProps = Pick<
  ToolbarProps,
  'texts' | 'layout' | 'usable' | 'railOpen' | 'fullScreen' | 'menus' | 'run' | 'onPage' | 'onLeaveField' | 'onDownload'
> & { readonly reading: ReadingController; readonly keymap: ViewerKeymap };

function firstKey(command: ViewerCommand, keymap: ViewerKeymap, texts: ViewerTexts): string | undefined {
  const key = keysOf(keymap, command)[0];
  return key === undefined ? undefined : keyParts(key, texts).join('+');
}

/** What the tools show, from the state of reading. */
export function toolbarProps({ reading, keymap, ...given }: GivenProps): ToolbarProps {
  return {
    ...given,
    ready: reading.viewport !== undefined,
    pageNumber: reading.pageNumber,
    pageCount: reading.pageCount,
    zoom: reading.zoom,
    percent: reading.percent,
    canDownload: canDownload(reading.currentDocument),
    keyHint: (command) => firstKey(command, keymap, given.texts),
    onZoom: (zoom) => reading.viewport?.setZoom(zoom),
  };
}
