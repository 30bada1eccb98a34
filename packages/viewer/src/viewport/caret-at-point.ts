/** A place between two characters of a text layer. */
export interface Caret {
  readonly node: Text;
  readonly offset: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The caret nearest to a point of the screen: first the nearest line, then the nearest text on it. */
export function caretAtPoint(container: HTMLElement, point: Point): Caret | undefined {
  let best: { span: Element; vertical: number; horizontal: number } | undefined;
  for (const layer of nearestLayers(container, point)) {
    for (const span of layer.querySelectorAll(':scope > span')) {
      const box = span.getBoundingClientRect();
      const vertical = outside(point.y, box.top, box.bottom);
      const horizontal = outside(point.x, box.left, box.right);
      const nearer = best === undefined || vertical < best.vertical - 0.5;
      const same = best !== undefined && Math.abs(vertical - best.vertical) <= 0.5;
      if (nearer || (same && horizontal < (best?.horizontal ?? 0))) best = { span, vertical, horizontal };
    }
  }
  const node = best?.span.firstChild;
  return node instanceof Text ? { node, offset: offsetIn(node, point) } : undefined;
}

/** Text layers of the page under the point; of all pages when it is on none with text. */
function nearestLayers(container: HTMLElement, point: Point): Element[] {
  const layers = [...container.querySelectorAll('.page-text')];
  const hit = layers.filter((layer) => {
    const box = layer.parentElement?.getBoundingClientRect();
    return box !== undefined && outside(point.y, box.top, box.bottom) === 0;
  });
  return hit.length > 0 ? hit : layers;
}

/** Counts the characters whose middle lies before the point in writing direction, whatever the page's rotation. */
function offsetIn(node: Text, point: Point): number {
  const range = document.createRange();
  const middles = Array.from({ length: node.length }, (_, index) => {
    range.setStart(node, index);
    range.setEnd(node, index + 1);
    const box = range.getBoundingClientRect();
    return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  });
  const [first, last] = [middles[0], middles[middles.length - 1]];
  if (first === undefined || last === undefined) return 0;
  const along = middles.length > 1 ? { x: last.x - first.x, y: last.y - first.y } : { x: 1, y: 0 };
  return middles.filter((middle) => (point.x - middle.x) * along.x + (point.y - middle.y) * along.y > 0).length;
}

function outside(value: number, low: number, high: number): number {
  return Math.max(0, low - value, value - high);
}
