import { clipPolygon, quadIou, readingOrder, signedArea } from '../../packages/capture/src/detect/geometry.js';
import type { Point, Quad } from '../../packages/capture/src/picture/quad.js';
import { quantile } from '../lib/statistics.js';
import type { BenchBrowser } from './bench-browser.js';
import type { ArmName } from './build-pages.js';
import type { Photo } from './photos.js';
import type { SceneFile } from './scenes/build.js';

export interface DetectionSummary {
  readonly count: number;
  readonly meanIou: number;
  readonly worstIou: number;
  readonly share90: number;
  readonly share95: number;
}

export interface DetectionResult extends DetectionSummary {
  /** Mean IoU by what makes a picture hard. */
  readonly byTrait: Readonly<Record<string, number>>;
  readonly each: Readonly<Record<string, number>>;
}

const round = (value: number, digits = 4): number => Number(value.toFixed(digits));

function isQuad(points: readonly Point[]): points is Quad {
  return points.length === 4;
}

export function iouOf(points: readonly Point[] | undefined, truth: Quad): number {
  return points && isQuad(points) ? quadIou(points, truth) : 0;
}

function summarise(rows: readonly { id: string; traits: readonly string[]; iou: number }[]): DetectionResult {
  const values = rows.map(({ iou }) => iou);
  const mean = (some: readonly number[]): number => round(some.reduce((sum, value) => sum + value, 0) / some.length);
  const traits = [...new Set(rows.flatMap((row) => row.traits))].sort();
  return {
    count: rows.length,
    meanIou: mean(values),
    worstIou: round(Math.min(...values)),
    share90: round(values.filter((value) => value >= 0.9).length / values.length),
    share95: round(values.filter((value) => value >= 0.95).length / values.length),
    byTrait: Object.fromEntries(
      traits.map((trait) => [trait, mean(rows.filter((row) => row.traits.includes(trait)).map(({ iou }) => iou))]),
    ),
    each: Object.fromEntries(rows.map(({ id, iou }) => [id, round(iou)])),
  };
}

/** The best quad of each photograph against its corners. */
export async function measurePhotos(
  browser: BenchBrowser,
  arm: ArmName,
  photos: readonly Photo[],
): Promise<DetectionResult> {
  const page = await browser.open(arm);
  await page.evaluate(() => globalThis.arm.load());
  const rows: { id: string; traits: string[]; iou: number }[] = [];
  for (const { id, url, corners } of photos) {
    const found = await page.evaluate((at) => globalThis.benchPage.detect(at, 'free-hand', false), url);
    rows.push({ id, traits: [], iou: iouOf(found[0], corners) });
  }
  await page.context().close();
  return summarise(rows);
}

/** Free-hand scenes: the best quad against the page on top. */
export async function measureFreeHand(
  browser: BenchBrowser,
  arm: ArmName,
  scenes: readonly SceneFile[],
): Promise<DetectionResult> {
  const page = await browser.open(arm);
  await page.evaluate(() => globalThis.arm.load());
  const rows: { id: string; traits: readonly string[]; iou: number }[] = [];
  for (const { id, file, mat, traits, papers } of scenes.filter(({ kind }) => kind === 'free-hand')) {
    const found = await page.evaluate((at) => globalThis.benchPage.detect(at, 'free-hand', false), `/scenes/${file}`);
    const truth = papers.find(({ role }) => role === 'page');
    if (truth) rows.push({ id, traits: [mat, ...traits], iou: iouOf(found[0], truth.quad) });
  }
  await page.context().close();
  return summarise(rows);
}

/** Papers on a mat: all of them, and apart those in full sight and those that lie partly under another one. */
export interface MatResult extends DetectionResult {
  readonly inSight: DetectionSummary;
  readonly covered: DetectionSummary;
}

/**
 * Scenes on a mat: every paper counts, a quad where there is no paper counts as one with IoU 0. Truth is the whole sheet, also
 * where a strip of it is out of sight.
 */
export async function measureMat(
  browser: BenchBrowser,
  arm: ArmName,
  scenes: readonly SceneFile[],
): Promise<MatResult> {
  const page = await browser.open(arm);
  await page.evaluate(() => globalThis.arm.load());
  const rows: { id: string; traits: readonly string[]; iou: number }[] = [];
  let desk: string | undefined;
  for (const scene of scenes.filter(({ kind }) => kind === 'mat')) {
    if (scene.desk !== desk) {
      desk = scene.desk;
      const empty = scenes.filter((other) => other.kind === 'empty' && other.desk === desk);
      await page.evaluate(
        (urls) => globalThis.benchPage.calibrate(urls),
        empty.map(({ file }) => `/scenes/${file}`),
      );
    }
    const found = await page.evaluate((at) => globalThis.benchPage.detect(at, 'mat', false), `/scenes/${scene.file}`);
    rows.push(...matched(scene, found));
  }
  await page.context().close();
  const isCovered = ({ traits }: { readonly traits: readonly string[] }): boolean => traits.includes(COVERED);
  const shortly = ({ count, meanIou, worstIou, share90, share95 }: DetectionResult): DetectionSummary => {
    return { count, meanIou, worstIou, share90, share95 };
  };
  return {
    ...summarise(rows),
    inSight: shortly(summarise(rows.filter((row) => !isCovered(row)))),
    covered: shortly(summarise(rows.filter(isCovered))),
  };
}

const COVERED = 'covered';
/** Hidden share of a paper from which on nothing in the picture tells where it ends. */
const HIDDEN = 0.01;

/** Under papers that were laid down later. */
function isHidden(papers: SceneFile['papers'], at: number): boolean {
  const quad = papers[at]?.quad;
  if (!quad) return false;
  const area = Math.abs(signedArea(quad));
  return papers
    .slice(at + 1)
    .some((above) => Math.abs(signedArea(clipPolygon(readingOrder(quad), readingOrder(above.quad)))) > HIDDEN * area);
}

function matched(
  scene: SceneFile,
  found: readonly (readonly Point[])[],
): { id: string; traits: readonly string[]; iou: number }[] {
  const traits = [scene.mat, ...scene.traits];
  const open = new Set(found.keys());
  const rows = scene.papers
    .filter(({ role }) => role === 'page')
    .map((paper, index) => {
      const { quad } = paper;
      const best = [...open].sort((a, b) => iouOf(found[b], quad) - iouOf(found[a], quad))[0];
      const iou = best === undefined ? 0 : iouOf(found[best], quad);
      if (best !== undefined && iou > 0.3) open.delete(best);
      const own = isHidden(scene.papers, scene.papers.indexOf(paper)) ? [...traits, COVERED] : traits;
      return { id: `${scene.id}-${String(index)}`, traits: own, iou };
    });
  const strays = [...open].filter((at) => !scene.papers.some(({ quad }) => iouOf(found[at], quad) > 0.6));
  return [
    ...rows,
    ...strays.map((at) => ({ id: `${scene.id}-stray-${String(at)}`, traits: [...traits, 'stray'], iou: 0 })),
  ];
}

/** Distance of corners from the truth, in pixels of a 300-dpi page. */
export async function measureCorners(
  browser: BenchBrowser,
  arm: ArmName,
  scenes: readonly SceneFile[],
): Promise<{ p50: number; p95: number; missed: number; count: number }> {
  const page = await browser.open(arm);
  await page.evaluate(() => globalThis.arm.load());
  const errors: number[] = [];
  let missed = 0;
  for (const { file, papers } of scenes.filter(({ kind }) => kind === 'corner')) {
    const truth = papers[0];
    if (!truth) continue;
    const [quad] = await page.evaluate((at) => globalThis.benchPage.detect(at, 'free-hand', true), `/scenes/${file}`);
    if (iouOf(quad, truth.quad) < 0.5) missed += 1;
    else errors.push(...cornerErrors(quad ?? [], truth.quad, truth));
  }
  await page.context().close();
  return { p50: round(quantile(errors, 0.5), 2), p95: round(quantile(errors, 0.95), 2), missed, count: errors.length };
}

function cornerErrors(
  found: readonly Point[],
  truth: Quad,
  { widthMm, heightMm }: { widthMm: number; heightMm: number },
): number[] {
  const far = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
  const around = truth.reduce((sum, corner, i) => sum + far(corner, truth[(i + 1) % 4] ?? corner), 0);
  const pxPerMm = around / (2 * (widthMm + heightMm));
  return truth.map((corner) => (Math.min(...found.map((other) => far(corner, other))) / pxPerMm) * (300 / 25.4));
}
