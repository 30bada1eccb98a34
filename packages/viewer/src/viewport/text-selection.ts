import type { Scope } from '@anjuan/core';
import { joinBefore } from './text-layer.js';

/** Chromium before 137 has the selection of a shadow root only here. */
interface RootWithSelection {
  getSelection?(): Selection | null;
}

/** Copying from the text layers gives lines as on paper; selecting does not jump between lines. */
export function installTextSelection(container: HTMLElement, scope: Scope): void {
  scope.listen(container, 'copy', (event) => {
    const text = selectedText(container);
    const { clipboardData } = event as ClipboardEvent;
    if (text === '' || clipboardData === null) return;
    clipboardData.setData('text/plain', text);
    event.preventDefault();
  });
  scope.listen(container, 'pointerdown', (event) => {
    const layer = event.target instanceof Element ? event.target.closest('.page-text') : null;
    layer?.toggleAttribute('data-selecting', true);
  });
  const stop = (): void => {
    for (const layer of container.querySelectorAll('.page-text[data-selecting]'))
      layer.removeAttribute('data-selecting');
  };
  scope.listen(document, 'pointerup', stop, { capture: true });
  scope.listen(document, 'pointercancel', stop, { capture: true });
}

/** Selected text of the text layers below the container. */
export function selectedText(container: HTMLElement): string {
  const range = selectedRange(container);
  if (range === undefined) return '';
  let text = '';
  for (const span of container.querySelectorAll('.page-text > span')) {
    const node = span.firstChild;
    if (node === null || !range.intersectsNode(node)) continue;
    const value = node.textContent ?? '';
    const start = node === range.startContainer ? range.startOffset : 0;
    const end = node === range.endContainer ? range.endOffset : value.length;
    if (end <= start) continue;
    text += (text === '' ? '' : joinBefore(span) || '') + value.slice(start, end);
  }
  return text;
}

/** Page keys whose text the selection touches would be lost with their elements: such views are kept. */
export function holdsSelection(container: HTMLElement, element: Element): boolean {
  return selectedRange(container)?.intersectsNode(element) ?? false;
}

function selectedRange(container: HTMLElement): Range | undefined {
  const root = container.getRootNode();
  const selection = document.getSelection();
  if (!(root instanceof ShadowRoot)) return usable(selection, container);
  if (selection !== null && 'getComposedRanges' in selection) {
    const [composed] = selection.getComposedRanges({ shadowRoots: [root] });
    if (composed === undefined || !container.contains(composed.startContainer)) return undefined;
    const range = document.createRange();
    range.setStart(composed.startContainer, composed.startOffset);
    range.setEnd(composed.endContainer, composed.endOffset);
    return range.collapsed ? undefined : range;
  }
  return usable((root as RootWithSelection).getSelection?.() ?? null, container);
}

function usable(selection: Selection | null, container: HTMLElement): Range | undefined {
  if (selection === null || selection.rangeCount === 0 || selection.isCollapsed) return undefined;
  const range = selection.getRangeAt(0);
  return container.contains(range.startContainer) ? range : undefined;
}
