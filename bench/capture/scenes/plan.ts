import { seededRandom } from '../../lib/random.js';
import { paperCorners } from './camera.js';
import {
  matNames,
  type Camera,
  type FormName,
  type Hand,
  type Light,
  type MatName,
  type Paper,
  type Scene,
} from './types.js';

type Random = () => number;

const A4 = { widthMm: 210, heightMm: 297 };
const A5 = { widthMm: 148, heightMm: 210 };
const CARD = { widthMm: 85.6, heightMm: 54 };
const RECEIPT = { widthMm: 80, heightMm: 170 };
const FORMS: readonly FormName[] = ['consent', 'lab', 'orders', 'sheet', 'letter', 'certificate'];

const between = (random: Random, low: number, high: number): number => low + (high - low) * random();
const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
const chance = (random: Random, share: number): boolean => random() < share;

/** The scenes of the detection bench: 320 by hand, 300 on six calibrated mats twice, 40 at full size. */
export function planScenes(): Scene[] {
  const scenes: Scene[] = [];
  for (let i = 0; i < 320; i += 1) scenes.push(freeHand(`hand-${pad(i)}`, 1000 + i));
  for (let desk = 0; desk < 12; desk += 1) {
    const mat = matNames[desk % 6] as MatName;
    const set = deskOf(`${mat}-${String(Math.floor(desk / 6))}`, mat, 5000 + desk);
    for (let i = 0; i < 3; i += 1) scenes.push(emptyDesk(set, i));
    for (let i = 0; i < 25; i += 1) scenes.push(onMat(set, `mat-${pad(desk * 25 + i)}`, i));
  }
  for (let i = 0; i < 40; i += 1) scenes.push(fullSize(`corner-${pad(i)}`, 9000 + i));
  return scenes;
}

function pad(value: number): string {
  return String(value).padStart(3, '0');
}

function paperTint(random: Random): [number, number, number] {
  const light = between(random, 238, 252);
  if (chance(random, 0.12)) return [light, light - 8, light - 34];
  if (chance(random, 0.08)) return [light, light - 26, light - 22];
  return [light, light - between(random, 0, 2), light - between(random, 0, 6)];
}

function sheet(random: Random, size: { widthMm: number; heightMm: number }, place: Partial<Paper>): Paper {
  const form = size === CARD ? 'card' : size === RECEIPT ? 'receipt' : pick(random, FORMS);
  return {
    form,
    ...size,
    xMm: 0,
    yMm: 0,
    turnDeg: 0,
    tint: paperTint(random),
    curl: 0,
    lift: between(random, 0.12, 0.4),
    role: 'page',
    ...place,
  };
}

function light(random: Random, hard: number): Light {
  return {
    slope: [between(random, -0.18, 0.18) * hard, between(random, -0.18, 0.18) * hard],
    tint: [between(random, 0.94, 1.04), 1, between(random, 0.9, 1.04)],
    gain: between(random, 0.72, 1.0),
  };
}

/** A sheet below the page, shifted and turned a little. */
function under(random: Random, page: Paper): Paper {
  return {
    ...page,
    form: pick(random, FORMS),
    xMm: page.xMm + between(random, -14, 14),
    yMm: page.yMm + between(random, -14, 14),
    turnDeg: page.turnDeg + between(random, -5, 5),
    tint: paperTint(random),
    role: 'under',
  };
}

function freeHand(id: string, seed: number): Scene {
  const random = seededRandom(seed);
  const traits: string[] = [];
  const add = (trait: string, share: number): boolean => {
    const has = chance(random, share);
    if (has) traits.push(trait);
    return has;
  };
  const mat = pick(random, matNames);
  if (mat === 'white') traits.push('white-on-white');
  const size = pick(random, [A4, A4, A4, A4, A5, RECEIPT, CARD]);
  const [widthPx, heightPx] = pick(random, [
    [1920, 1080],
    [1080, 1920],
    [1600, 1200],
    [1200, 1600],
  ] as const);
  const fill = between(random, 0.55, 0.95);
  const focal = 0.85;
  // As near as the paper allows, by the diagonal that must fit.
  const across = Math.min(widthPx, heightPx) / (focal * Math.max(widthPx, heightPx));
  const heightMm =
    (Math.max(size.widthMm * 1.1, size.heightMm * (widthPx > heightPx ? 1 : 0.62)) / across / fill) * 1.05;
  const page = sheet(random, size, { curl: add('curled', 0.12) ? between(random, -0.012, 0.012) : 0 });
  const camera = steppedBack(page, {
    widthPx,
    heightPx,
    focal,
    heightMm,
    tiltDeg: between(random, 0, 32),
    tiltTowardsDeg: between(random, 0, 360),
    rollDeg: between(random, -18, 18),
    xMm: between(random, -0.06, 0.06) * heightMm,
    yMm: between(random, -0.06, 0.06) * heightMm,
  });
  const papers = add('stack', 0.15) ? [under(random, page), under(random, page), page] : [page];
  return {
    id,
    kind: 'free-hand',
    traits,
    seed,
    mat,
    camera,
    papers,
    light: {
      ...light(random, 1),
      ...(add('shadow', 0.3) ? { shadow: softShadow(random) } : {}),
      ...(add('glare', 0.15) ? { glare: glareSpot(random) } : {}),
    },
    hands: add('hand', 0.18) ? [hand(random, camera, page)] : [],
    blurPx: add('blur', 0.2) ? pick(random, [1, 1, 2, 3]) : 0,
    noise: between(random, 1, 5),
    moire: add('moire', 0.08) ? between(random, 2, 5) : 0,
  };
}

/** Raises the camera until the whole page is in the frame. */
function steppedBack(page: Paper, camera: Camera): Camera {
  const margin = 0.01 * Math.max(camera.widthPx, camera.heightPx);
  const isSeen = paperCorners(camera, page).every(
    ({ x, y }) => x >= margin && y >= margin && x <= camera.widthPx - margin && y <= camera.heightPx - margin,
  );
  return isSeen ? camera : steppedBack(page, { ...camera, heightMm: camera.heightMm * 1.04 });
}

function softShadow(random: Random): NonNullable<Light['shadow']> {
  return {
    angleDeg: between(random, 0, 360),
    at: between(random, -0.4, 0.4),
    softPx: between(random, 12, 70),
    dark: between(random, 0.2, 0.5),
  };
}

function glareSpot(random: Random): NonNullable<Light['glare']> {
  return {
    x: between(random, 0.25, 0.75),
    y: between(random, 0.25, 0.75),
    sizePx: between(random, 60, 200),
    strength: between(random, 60, 220),
  };
}

/** A finger that holds one side of the page. */
function hand(random: Random, camera: Camera, page: Paper): Hand {
  const corners = paperCorners(camera, page);
  const side = Math.floor(random() * 4);
  const [a, b] = [corners[side], corners[(side + 1) % 4]];
  if (!a || !b) throw new Error('no side');
  const share = between(random, 0.25, 0.75);
  const at = { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  const out = { x: (b.y - a.y) / length, y: -(b.x - a.x) / length };
  const thick = between(random, 0.04, 0.07) * Math.max(camera.widthPx, camera.heightPx);
  return {
    tip: [at.x - out.x * thick * 0.9, at.y - out.y * thick * 0.9],
    root: [at.x + out.x * length, at.y + out.y * length],
    widthPx: thick,
  };
}

interface DeskSet {
  readonly name: string;
  readonly mat: MatName;
  readonly seed: number;
  readonly camera: Camera;
  readonly light: Light;
  readonly noise: number;
}

/** Document camera above an A3 mat; nothing moves but the paper. */
function deskOf(name: string, mat: MatName, seed: number): DeskSet {
  const random = seededRandom(seed);
  const camera: Camera = {
    widthPx: 1600,
    heightPx: 1200,
    focal: 0.9,
    heightMm: 400,
    tiltDeg: between(random, 0, 4),
    tiltTowardsDeg: between(random, 0, 360),
    rollDeg: between(random, -1.5, 1.5),
    xMm: 0,
    yMm: 0,
  };
  return { name, mat, seed, camera, light: light(random, 0.6), noise: between(random, 1, 3) };
}

function base(set: DeskSet, id: string, seed: number): Omit<Scene, 'kind' | 'papers' | 'traits'> {
  const { mat, camera, noise } = set;
  return { id, seed, mat, desk: set.name, camera, light: set.light, hands: [], blurPx: 0, noise, moire: 0 };
}

function emptyDesk(set: DeskSet, index: number): Scene {
  const id = `empty-${set.name}-${String(index)}`;
  return { ...base(set, id, set.seed * 100 + index), kind: 'empty', papers: [], traits: [] };
}

function onMat(set: DeskSet, id: string, index: number): Scene {
  const seed = set.seed * 100 + 50 + index;
  const random = seededRandom(seed);
  const layout = pick(random, ['one', 'one', 'stack', 'two', 'touching', 'cards', 'mixed'] as const);
  const traits: string[] = [layout, ...(set.mat === 'white' ? ['white-on-white'] : [])];
  const papers = arrange(random, layout).map((paper) =>
    chance(random, 0.1) ? { ...paper, curl: between(random, -0.006, 0.006) } : paper,
  );
  const shaded = chance(random, 0.15);
  if (shaded) traits.push('shadow');
  // The camera corrects its exposure when white paper comes into view.
  const gain = set.light.gain * between(random, 0.95, 1.02);
  return {
    ...base(set, id, seed),
    kind: 'mat',
    traits,
    papers,
    light: {
      ...set.light,
      gain,
      ...(shaded ? { shadow: { ...softShadow(random), dark: between(random, 0.04, 0.12), softPx: 120 } } : {}),
    },
  };
}

function arrange(random: Random, layout: 'one' | 'stack' | 'two' | 'touching' | 'cards' | 'mixed'): Paper[] {
  const turn = (): number => between(random, -4, 4);
  const jitter = (): number => between(random, -5, 5);
  switch (layout) {
    case 'one':
    case 'stack': {
      const size = pick(random, [A4, A4, A5, RECEIPT]);
      const turnDeg = (chance(random, 0.4) ? 90 : 0) + between(random, -6, 6);
      const page = sheet(random, size, { xMm: jitter() * 4, yMm: jitter(), turnDeg });
      return layout === 'one' ? [page] : [under(random, page), page];
    }
    case 'two':
      return [-88, 88].map((xMm) => sheet(random, A5, { xMm: xMm + jitter(), yMm: jitter() * 4, turnDeg: turn() }));
    case 'touching': {
      // The second sheet lies up to 8 mm on the first one.
      const turnDeg = turn();
      const along = (mm: number): Partial<Paper> => ({
        xMm: mm * Math.cos((turnDeg * Math.PI) / 180),
        yMm: mm * Math.sin((turnDeg * Math.PI) / 180) + jitter(),
        turnDeg,
      });
      return [sheet(random, A5, along(-74)), sheet(random, A5, along(between(random, 66, 74.5)))];
    }
    case 'cards':
      return [-1, 1].flatMap((row) =>
        [-1, 1].map((column) =>
          sheet(random, CARD, { xMm: column * 85 + jitter() * 2, yMm: row * 60 + jitter() * 2, turnDeg: turn() * 3 }),
        ),
      );
    case 'mixed':
      return [
        sheet(random, A5, { xMm: -100 + jitter(), yMm: jitter(), turnDeg: turn() }),
        sheet(random, CARD, { xMm: 70 + jitter(), yMm: -80 + jitter(), turnDeg: turn() }),
        sheet(random, RECEIPT, { xMm: 100 + jitter(), yMm: 30 + jitter(), turnDeg: 90 + turn() }),
      ];
  }
}

/** A4 below a document camera of 8 megapixels. */
function fullSize(id: string, seed: number): Scene {
  const random = seededRandom(seed);
  const mat = pick(random, matNames);
  const camera: Camera = {
    widthPx: 3264,
    heightPx: 2448,
    focal: 0.9,
    heightMm: between(random, 330, 380),
    tiltDeg: between(random, 0, 10),
    tiltTowardsDeg: between(random, 0, 360),
    rollDeg: between(random, -4, 4),
    xMm: between(random, -15, 15),
    yMm: between(random, -8, 8),
  };
  const page = sheet(random, A4, { turnDeg: 90 + between(random, -6, 6) });
  return {
    id,
    kind: 'corner',
    traits: mat === 'white' ? ['white-on-white'] : [],
    seed,
    mat,
    camera,
    papers: [page],
    light: light(random, 0.7),
    hands: [],
    blurPx: 1,
    noise: between(random, 1, 4),
    moire: 0,
  };
}
