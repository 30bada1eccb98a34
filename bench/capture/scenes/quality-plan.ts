import type { PageRecipe, QualityIssue } from '../../../packages/capture/src/recipe/types.js';
import { seededRandom } from '../../lib/random.js';
import type { Camera, FormName, Light, Paper, Scene } from './types.js';

/** A picture with one seeded defect, or none. */
export interface QualityCase {
  readonly scene: Scene;
  readonly defect?: QualityIssue;
  readonly recipe: PageRecipe;
  readonly dpi?: number;
  /** The picture it must be recognised as a second shot of. */
  readonly secondShotOf?: string;
}

const DEFECTS = ['blur', 'skew', 'blank', 'cut-edge', 'glare', 'moire', 'dark', 'low-resolution', 'duplicate'] as const;
const PER_DEFECT = 10;
const SOUND = 60;
const FORMS: readonly FormName[] = ['consent', 'lab', 'orders', 'letter', 'certificate', 'sheet'];
const FOUND: PageRecipe = { colour: 'colour' };

type Random = () => number;
const between = (random: Random, low: number, high: number): number => low + (high - low) * random();

/** 60 sound pages and 10 of each defect, eight megapixels each. */
export function planQuality(): QualityCase[] {
  const cases: QualityCase[] = [];
  for (let i = 0; i < SOUND; i += 1)
    cases.push({ scene: sound(`sound-${String(i)}`, 20_000 + i, FORMS[i % FORMS.length] ?? 'lab'), recipe: FOUND });
  for (const defect of DEFECTS) {
    for (let i = 0; i < PER_DEFECT; i += 1) cases.push(withDefect(defect, i));
  }
  return cases;
}

function sound(id: string, seed: number, form: FormName): Scene {
  const random = seededRandom(seed);
  const camera: Camera = {
    widthPx: 3264,
    heightPx: 2448,
    focal: 0.9,
    heightMm: between(random, 290, 310),
    tiltDeg: between(random, 0, 3),
    tiltTowardsDeg: between(random, 0, 360),
    rollDeg: between(random, -1, 1),
    xMm: between(random, -4, 4),
    yMm: between(random, -4, 4),
  };
  const light = between(random, 240, 252);
  const paper: Paper = {
    form,
    widthMm: 210,
    heightMm: 297,
    xMm: 0,
    yMm: 0,
    turnDeg: 90 + between(random, -2, 2),
    tint: [light, light, light - 4],
    curl: 0,
    lift: 0.25,
    role: 'page',
    variant: seed,
  };
  const even: Light = {
    slope: [between(random, -0.08, 0.08), between(random, -0.08, 0.08)],
    tint: [1, 1, 0.98],
    gain: between(random, 0.82, 0.98),
  };
  return {
    id,
    kind: 'quality',
    traits: ['sound'],
    seed,
    mat: random() < 0.5 ? 'green' : 'black',
    camera,
    papers: [paper],
    light: even,
    hands: [],
    blurPx: 0,
    noise: between(random, 1, 2.5),
    moire: 0,
  };
}

function withDefect(defect: (typeof DEFECTS)[number], index: number): QualityCase {
  const seed = 30_000 + DEFECTS.indexOf(defect) * 100 + index;
  const random = seededRandom(seed);
  const form = FORMS[index % FORMS.length] ?? 'lab';
  const base: Scene = { ...sound(`${defect}-${String(index)}`, seed, form), traits: [defect] };
  const page = base.papers[0];
  if (!page) throw new Error('no page');
  const changed = (change: Partial<Scene>): QualityCase => ({ scene: { ...base, ...change }, defect, recipe: FOUND });
  switch (defect) {
    case 'blur':
      return changed({ blurPx: 5 + (index % 5) });
    case 'skew':
      // A sheet that went crooked through a scanner: the picture is all page.
      return {
        ...changed({
          mat: 'white',
          papers: [{ ...page, turnDeg: between(random, 6, 11) * (index % 2 ? 1 : -1), lift: 0 }],
          camera: { ...base.camera, widthPx: 2600, heightPx: 3600, heightMm: 320 },
        }),
        recipe: { colour: 'colour', quad: 'whole' },
        dpi: 240,
      };
    case 'blank':
      return changed({ papers: [{ ...page, form: 'blank' }] });
    case 'cut-edge':
      return changed({ papers: [{ ...page, xMm: (index % 2 ? 1 : -1) * between(random, 45, 80) }] });
    case 'glare':
      return changed({
        light: {
          ...base.light,
          glare: {
            x: between(random, 0.35, 0.65),
            y: between(random, 0.35, 0.65),
            sizePx: between(random, 180, 380),
            strength: between(random, 160, 260),
          },
        },
      });
    case 'moire':
      return changed({ moire: between(random, 10, 22) });
    case 'dark':
      return changed({ light: { ...base.light, gain: between(random, 0.12, 0.28) } });
    case 'low-resolution':
      return changed({ camera: { ...base.camera, widthPx: 1400, heightPx: 1050 } });
    case 'duplicate':
      // The same sheet as a sound page, laid down again.
      return { ...changed({}), scene: secondShot(index, random), secondShotOf: `sound-${String(index)}` };
  }
}

function secondShot(index: number, random: Random): Scene {
  const first = sound(`duplicate-${String(index)}`, 20_000 + index, FORMS[index % FORMS.length] ?? 'lab');
  const papers = first.papers.map((paper) => ({
    ...paper,
    turnDeg: paper.turnDeg + between(random, -1.5, 1.5),
    xMm: between(random, -3, 3),
  }));
  return {
    ...first,
    traits: ['duplicate'],
    papers,
    light: { ...first.light, gain: first.light.gain * between(random, 0.93, 1.02) },
    seed: first.seed + 7,
  };
}
