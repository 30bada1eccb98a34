import type { Point, Quad } from '../picture/quad.js';
import type { PageColour, PageRecipe, QuarterTurn } from '../recipe/types.js';

/** What the editor changes; corners in pixels of the original. */
export interface PageDraft {
  readonly widthPx: number;
  readonly heightPx: number;
  /** `found`: as the worker finds it; `set`: by hand; `whole`: no cropping. */
  readonly crop: 'found' | 'set' | 'whole';
  readonly quad: Quad;
  readonly recipe: PageRecipe;
}

/** Corners nearer to one another than this make no page. */
const LEAST_SIDE_PX = 24;

/** A draft of what is stored, on an original of this size. */
export function draftOf(
  recipe: PageRecipe,
  size: { readonly widthPx: number; readonly heightPx: number },
  found: Quad | 'whole' | undefined,
): PageDraft {
  const { quad } = recipe;
  const crop = quad === undefined ? 'found' : quad === 'whole' ? 'whole' : 'set';
  const shown = quad === undefined ? found : quad;
  const usable = shown !== undefined && shown !== 'whole' && area(shown) > 0;
  return { ...size, crop, quad: usable ? shown : wholeQuad(size), recipe };
}

/** The four corners of the picture itself. */
export function wholeQuad({ widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number }): Quad {
  return [
    { x: 0, y: 0 },
    { x: widthPx, y: 0 },
    { x: widthPx, y: heightPx },
    { x: 0, y: heightPx },
  ];
}

/** One corner elsewhere, inside the picture; a place that would fold the page over leaves the draft as it is. */
export function moveCorner(draft: PageDraft, corner: number, to: Point): PageDraft {
  const x = Math.min(draft.widthPx, Math.max(0, to.x));
  const y = Math.min(draft.heightPx, Math.max(0, to.y));
  const [a, b, c, d] = draft.quad.map((point, at) => (at === corner ? { x, y } : point));
  if (!a || !b || !c || !d) return draft;
  const quad: Quad = [a, b, c, d];
  return isConvex(quad) ? { ...draft, crop: 'set', quad } : draft;
}

/** By arrow keys: 1 pixel of the original, with Shift 10. Undefined for other keys. */
export function cornerStep(key: string, shift: boolean): Point | undefined {
  const step = shift ? 10 : 1;
  const steps: Readonly<Record<string, Point>> = {
    ArrowLeft: { x: -step, y: 0 },
    ArrowRight: { x: step, y: 0 },
    ArrowUp: { x: 0, y: -step },
    ArrowDown: { x: 0, y: step },
  };
  return steps[key];
}

export function cropWhole(draft: PageDraft): PageDraft {
  return { ...draft, crop: 'whole', quad: wholeQuad(draft) };
}

export function cropFound(draft: PageDraft): PageDraft {
  return { ...draft, crop: 'found' };
}

/** Where the worker found the page, shown while nothing was set by hand. */
export function withFound(draft: PageDraft, found: Quad | 'whole'): PageDraft {
  if (draft.crop !== 'found') return draft;
  return { ...draft, quad: found === 'whole' || area(found) === 0 ? wholeQuad(draft) : found };
}

/** Further by quarter turns, from what the worker chose. */
export function turned(draft: PageDraft, deg: 90 | -90, made: QuarterTurn): PageDraft {
  const now = draft.recipe.rotationDeg ?? made;
  return { ...draft, recipe: { ...draft.recipe, rotationDeg: ((now + deg + 360) % 360) as QuarterTurn } };
}

export function skewed(draft: PageDraft, skewDeg: number): PageDraft {
  return { ...draft, recipe: { ...draft.recipe, skewDeg: Math.min(5, Math.max(-5, skewDeg)) } };
}

export function coloured(draft: PageDraft, colour: PageColour): PageDraft {
  return { ...draft, recipe: { ...draft.recipe, colour } };
}

/** What is stored when the operator agrees. */
export function recipeOf({ crop, quad, recipe }: PageDraft): PageRecipe {
  const { quad: _quad, ...rest } = recipe;
  if (crop === 'found') return rest;
  return { ...rest, quad: crop === 'whole' ? 'whole' : quad };
}

/** All turns go the same way round, and no side is a point. */
function isConvex(quad: Quad): boolean {
  return quad.every((point, at) => {
    const next = quad[(at + 1) % 4] ?? point;
    const after = quad[(at + 2) % 4] ?? point;
    const turn = (next.x - point.x) * (after.y - next.y) - (next.y - point.y) * (after.x - next.x);
    return turn > 0 && Math.hypot(next.x - point.x, next.y - point.y) >= LEAST_SIDE_PX;
  });
}

function area(quad: Quad): number {
  return Math.abs(
    quad.reduce((sum, point, at) => {
      const next = quad[(at + 1) % 4] ?? point;
      return sum + point.x * next.y - next.x * point.y;
    }, 0) / 2,
  );
}
