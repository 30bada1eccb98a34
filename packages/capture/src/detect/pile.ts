import { dividedBy } from './dividers.js';
import type { ScoredQuad } from './free-hand.js';
import { judge } from './judge.js';
import type { LineField } from './line-field.js';
import type { MaskCover } from './mask-cover.js';
import type { Planes } from './planes.js';
import { pushOut } from './push-out.js';
import { searchQuads, type QuadGuess } from './quad-search.js';

/** What is known of one connected area of papers. */
export interface Pile {
  /** Differences from the desk; `closed` without text. */
  readonly planes: Planes;
  readonly closed: Uint8Array;
  /** Lines of the picture without text, and of the full one. */
  readonly coarse: LineField;
  readonly fine: LineField;
  readonly cover: MaskCover;
  readonly areaPx: number;
}

/** So much of a paper lies on the pile. */
const ON_PILE = 0.93;
/** So much of a paper is not covered by papers found before. */
const FRESH = 0.6;
/** So much of its pile a top sheet covers. */
const TOP_SHEET = 0.75;
/** Corners of which less is an edge are doubted; others must be so much better. */
const DOUBTFUL_CORNER = 0.53;
const BETTER_CORNER = 0.2;
const MAX_PAPERS = 8;
const SEEDS = 6;
const CANDIDATES = 200;
/** What a line from side to side takes away: two papers that lie edge to edge look like one otherwise. */
const DIVIDED = 0.5;
const GUESSES = 100;
/** Each further paper must be worth it. */
const PRICE = 0.015;

interface Candidate extends ScoredQuad {
  readonly areaPx: number;
  readonly worstCorner: number;
}

/** The papers of a pile: the set of quads that explains it best, none hidden by another one. */
export function papersOf(pile: Pile): ScoredQuad[] {
  const candidates = candidatesOf(pile)
    .sort((a, b) => b.score - a.score)
    .slice(0, CANDIDATES);
  const seeds = [...candidates]
    .sort((a, b) => worth(b, pile.areaPx) - worth(a, pile.areaPx))
    .reduce<Candidate[]>(
      (kept, next) => (kept.length < SEEDS && kept.every((other) => !isAlike(other, next)) ? [...kept, next] : kept),
      [],
    );
  let best: { readonly papers: Candidate[]; readonly value: number } = { papers: [], value: 0 };
  for (const seed of seeds) {
    const set = grow(seed, candidates, pile);
    if (set.value > best.value) best = set;
  }
  const [first, ...others] = best.papers;
  if (!first) return [];
  return pushedOut(others.length > 0 ? best.papers : [topSheet(candidates, first, pile)], pile);
}

function pushedOut(papers: readonly Candidate[], { coarse, fine, cover }: Pile): ScoredQuad[] {
  // Under a single paper another one may look out.
  const least = papers.length > 1 ? 0 : 2;
  return papers.map(({ quad, score }) => {
    const free = papers.length > 1 ? cover.copy() : cover;
    for (const other of papers) if (other.quad !== quad) free.clear(other.quad);
    return { quad: pushOut(quad, { fields: [coarse, fine], free, least }), score };
  });
}

/** Of a stack only the top sheet has all its corners in sight; sides of two sheets do not meet at all corners. */
function topSheet(candidates: readonly Candidate[], alone: Candidate, { areaPx }: Pile): Candidate {
  const leastCorner = alone.worstCorner + BETTER_CORNER;
  if (alone.worstCorner > DOUBTFUL_CORNER) return alone;
  return candidates
    .filter((other) => other.areaPx > TOP_SHEET * areaPx && other.worstCorner > leastCorner)
    .reduce((top, next) => (inSight(next) > inSight(top) ? next : top), alone);
}

function inSight({ score, worstCorner, areaPx }: Candidate): number {
  return score * (0.4 + 0.6 * worstCorner) * Math.sqrt(areaPx);
}

function candidatesOf({ planes, closed, coarse, fine, cover, areaPx }: Pile): Candidate[] {
  const found: Candidate[] = [];
  // Where papers lie edge to edge only a thin dark line shows, which the closed picture has not.
  const guesses = [coarse, fine].flatMap((field) =>
    searchQuads(field, planes, GUESSES).map((guess) => ({
      ...guess,
      divided: Math.max(guess.divided, dividedBy(guess.quad, fine.lines, fine.support)),
    })),
  );
  for (const guess of guesses) {
    const { marked, all } = cover.count(guess.quad);
    if (marked < ON_PILE * all || marked < 0.05 * areaPx) continue;
    const score = judge(planes, closed, guess) * soundness(guess);
    found.push({ quad: guess.quad, areaPx: all, worstCorner: guess.worstCorner, score });
  }
  return found;
}

/** On a known desk nothing hides the sides of a paper: each of them must be there, and no line across. */
function soundness({ support, ends, divided }: QuadGuess): number {
  return (1 - DIVIDED * divided) * (0.3 + 0.4 * Math.min(...support) + 0.3 * ends);
}

function worth({ score, areaPx }: Candidate, pilePx: number): number {
  return score * Math.sqrt(Math.min(1, areaPx / pilePx));
}

function isAlike(a: Candidate, b: Candidate): boolean {
  return a.quad.every((corner, i) => {
    const other = b.quad[i] ?? corner;
    return Math.abs(corner.x - other.x) + Math.abs(corner.y - other.y) < 4;
  });
}

function grow(seed: Candidate, candidates: readonly Candidate[], pile: Pile): { papers: Candidate[]; value: number } {
  const open = pile.cover.copy();
  const papers: Candidate[] = [];
  let value = 0;
  let next: Candidate | undefined = seed;
  while (next && papers.length < MAX_PAPERS) {
    value += (open.count(next.quad).marked / pile.areaPx) * next.score - PRICE;
    open.clear(next.quad);
    papers.push(next);
    next = undefined;
    let most = PRICE;
    for (const candidate of candidates) {
      const { marked, all } = open.count(candidate.quad);
      if (marked < FRESH * all) continue;
      const gain = (marked / pile.areaPx) * candidate.score * candidate.score;
      if (gain > most) [next, most] = [candidate, gain];
    }
  }
  return { papers, value };
}
