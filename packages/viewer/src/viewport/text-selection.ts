import type { Scope } from '@anjuan/core';
import { caretAtPoint } from './caret-at-point.js';
import { joinBefore } from './text-layer.js';

/** Chromium before 137 has the selection of a shadow root only here. */
interface RootWithSelection {
  getSelection?(): Selection | null;
}

/** Copying from the text layers gives lines as on paper; dragging selects from text to text. */
export function installTextSelection(container: HTMLElement, scope: Scope): void {
  scope.listen(container, 'copy', (event) => {
    const text = selectedText(container);
    const { clipboardData } = event as ClipboardEvent;
    if (text === '' || clipboardData === null) return;
    clipboardData.setData('text/plain', text);
    event.preventDefault();
  });
  scope.listen(container, 'mousedown', (event) => startDrag(container, scope, event as MouseEvent));
}

/**
 * Dragging with the mouse selects from and to the nearest text. The browser's own way jumps to the page's start or end
 * as soon as the pointer is between two lines, because the spans lie loose on the page.
 */
function startDrag(container: HTMLElement, scope: Scope, event: MouseEvent): void {
  const onText = event.target instanceof Element && event.target.closest('.page-text') !== null;
  // Double and triple clicks, and extending with shift, are the browser's business.
  if (!onText || event.button !== 0 || event.detail > 1 || event.shiftKey || event.defaultPrevented) return;
  const start = caretAtPoint(container, { x: event.clientX, y: event.clientY });
  if (start === undefined) return;
  event.preventDefault();
  container.focus({ preventScroll: true });
  const selection = document.getSelection();
  selection?.removeAllRanges();
  const drag = scope.child();
  let pointer = { x: event.clientX, y: event.clientY };
  const extend = (): void => {
    const end = caretAtPoint(container, pointer);
    if (end && start.node.isConnected) selection?.setBaseAndExtent(start.node, start.offset, end.node, end.offset);
  };
  drag.listen(document, 'mousemove', (move) => {
    const { clientX, clientY, buttons } = move as MouseEvent;
    if (buttons === 0) return drag.dispose();
    pointer = { x: clientX, y: clientY };
    extend();
  });
  drag.listen(document, 'mouseup', () => drag.dispose(), { capture: true });
  scrollWhileOutside(container, drag, () => pointer.y, extend);
}

/** Beyond the upper or lower edge the view scrolls along, faster with distance. */
function scrollWhileOutside(container: HTMLElement, drag: Scope, pointerY: () => number, scrolled: () => void): void {
  let frame = 0;
  const step = (): void => {
    const { top, bottom } = container.getBoundingClientRect();
    const beyond = Math.min(0, pointerY() - top) + Math.max(0, pointerY() - bottom);
    if (beyond !== 0) {
      container.scrollTop += Math.max(-60, Math.min(60, beyond / 3));
      scrolled();
    }
    frame = requestAnimationFrame(step);
  };
  frame = requestAnimationFrame(step);
  drag.defer(() => cancelAnimationFrame(frame));
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

/** True when part of the element is selected: taking it away would lose the selection. */
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
