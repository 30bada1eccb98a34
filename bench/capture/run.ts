/**
 * `npm run bench:capture -- --json FILE [--repeats N] [--only KEYS] [--photos DIR] [--every N]`: capture beside its
 * open peers. With `--only` the other keys of an existing FILE stay; `--every N` takes each Nth scene only.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { seededRandom } from '../lib/random.js';
import { BenchBrowser } from './bench-browser.js';
import { armNames, buildPages, type ArmName } from './build-pages.js';
import { bundleGzKb } from './bundle-size.js';
import { measureCorners, measureFreeHand, measureMat, measurePhotos } from './measure-detection.js';
import { measureOperator } from './measure-operator.js';
import { measureBytes, measurePages } from './measure-pages.js';
import { measurePreview } from './measure-preview.js';
import { measureQuality } from './measure-quality.js';
import { extraPhotos, installedPhotos } from './photos.js';
import { qualityDir, scenesDir } from './places.js';
import { buildBytePages } from './scenes/byte-pages.js';
import { buildScenes } from './scenes/build.js';
import { planQuality } from './scenes/quality-plan.js';

const SEED = 1;
const NO_MODEL = 'the companion package scanic-ml is not in the registry, and its model comes from a CDN by default';

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    repeats: { type: 'string', default: '5' },
    only: { type: 'string' },
    photos: { type: 'string' },
    every: { type: 'string', default: '1' },
  },
});
const repeats = Math.max(1, Number(values.repeats));
const only = values.only?.split(',');
const wanted = (...keys: readonly string[]): boolean => !only || keys.some((key) => only.includes(key));
const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** Contenders in an order of the seed, so that none always runs first. */
function shuffledArms(round: number): ArmName[] {
  const random = seededRandom(SEED + round);
  return armNames
    .map((name) => ({ name, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ name }) => name);
}

async function forEachArm<T>(round: number, measure: (arm: ArmName) => Promise<T>): Promise<Record<string, T>> {
  const results: Record<string, T> = {};
  for (const arm of shuffledArms(round)) results[arm] = await measure(arm);
  return results;
}

function readReport(file: string): { keys?: Record<string, unknown>; details?: Record<string, unknown> } {
  return JSON.parse(readFileSync(file, 'utf8')) as {
    keys?: Record<string, unknown>;
    details?: Record<string, unknown>;
  };
}

say('Building pages and worker …');
await buildPages();
say('Rendering scenes, once …');
const every = Math.max(1, Number(values.every));
const scenes = (await buildScenes(scenesDir)).filter(({ kind }, i) => kind === 'empty' || i % every === 0);
const cases = planQuality();
if (wanted('qcRecall', 'qcFalseAlarmRate', 'pageCpuMs', 'pageMainThreadMsP99')) {
  await buildScenes(
    qualityDir,
    cases.map(({ scene }) => scene),
  );
}
mkdirSync(qualityDir, { recursive: true });
const bytePages = await buildBytePages(qualityDir);
const photos = [...installedPhotos(), ...(values.photos === undefined ? [] : extraPhotos(values.photos))];

const before = only && values.json !== undefined && existsSync(values.json) ? readReport(values.json) : {};
const keys: Record<string, unknown> = { ...before.keys };
const details: Record<string, unknown> = { ...before.details };
const browser = await BenchBrowser.launch(values.photos === undefined ? {} : { extraPhotos: values.photos });

/** Puts our figure under the key and those of the peers beside it. */
function enter<T>(key: string, results: Record<string, T>, value: (result: T) => number | null): void {
  keys[key] = {
    anjuan: results['anjuan'] === undefined ? null : value(results['anjuan']),
    jscanify: results['jscanify'] === undefined ? null : value(results['jscanify']),
    scanic: results['scanic'] === undefined ? null : value(results['scanic']),
    scanicModel: null,
    scanicModelReason: NO_MODEL,
  };
}

try {
  if (wanted('detectMeanIou', 'detectWorstIou', 'detectShare90')) {
    say(`${String(photos.length)} photographs …`);
    const results = await forEachArm(1, (arm) => measurePhotos(browser, arm, photos));
    enter('detectMeanIou', results, ({ meanIou }) => meanIou);
    enter('detectWorstIou', results, ({ worstIou }) => worstIou);
    enter('detectShare90', results, ({ share90 }) => share90);
    details['photos'] = results;
  }
  if (wanted('sceneMeanIou', 'sceneShare90')) {
    say('Free-hand scenes …');
    const hand = await forEachArm(2, (arm) => measureFreeHand(browser, arm, scenes));
    enter('sceneMeanIou', hand, ({ meanIou }) => meanIou);
    enter('sceneShare90', hand, ({ share90 }) => share90);
    details['freeHand'] = hand;
  }
  if (wanted('fixedMatMeanIou')) {
    say('Scenes on mats …');
    const results = await forEachArm(3, (arm) => measureMat(browser, arm, scenes));
    enter('fixedMatMeanIou', results, ({ meanIou }) => meanIou);
    enter('fixedMatShare95', results, ({ share95 }) => share95);
    enter('fixedMatInSightShare95', results, ({ inSight }) => inSight.share95);
    enter('fixedMatCoveredMeanIou', results, ({ covered }) => covered.meanIou);
    details['mat'] = results;
  }
  if (wanted('cornerErrorPxP50', 'cornerErrorPxP95')) {
    say('Corners at full size …');
    const results = await forEachArm(4, (arm) => measureCorners(browser, arm, scenes));
    enter('cornerErrorPxP50', results, ({ p50 }) => p50);
    enter('cornerErrorPxP95', results, ({ p95 }) => p95);
    details['corners'] = results;
  }
  if (wanted('previewCpuMs')) {
    say('Preview frames …');
    const results = await forEachArm(5, (arm) => measurePreview(browser, arm, scenes, repeats));
    enter('previewCpuMs', results, ({ cpuMs }) => cpuMs);
    enter('previewLongestMs', results, ({ longestMs }) => longestMs);
    details['preview'] = results;
  }
  if (wanted('pageCpuMs', 'pageMainThreadMsP99')) {
    say('Whole pages …');
    const cost = await measurePages(browser, repeats);
    keys['pageCpuMs'] = { anjuan: cost.cpuMs };
    keys['pageBilevelCpuMs'] = { anjuan: cost.bilevelCpuMs };
    keys['pageMainThreadMsP99'] = { anjuan: cost.mainThreadMsP99 };
    details['pages'] = cost;
  }
  if (wanted('jbig2KbPerPage'))
    keys['jbig2KbPerPage'] = { anjuan: await measureBytes(browser, bytePages.text, 'bilevel') };
  if (wanted('colourSealKbPerPage'))
    keys['colourSealKbPerPage'] = { anjuan: await measureBytes(browser, bytePages.seal, 'seal') };
  if (wanted('qcRecall', 'qcFalseAlarmRate')) {
    say('Seeded defects …');
    const quality = await measureQuality(browser, cases);
    keys['qcRecall'] = { anjuan: Number(quality.recall.toFixed(4)) };
    keys['qcFalseAlarmRate'] = { anjuan: Number(quality.falseAlarmRate.toFixed(4)) };
    details['quality'] = quality;
  }
} finally {
  await browser.close();
}
if (wanted('operatorMissed', 'operatorDuplicates', 'shutterToReadyMs')) {
  say('Turning pages before the camera …');
  const operator = await measureOperator();
  keys['operatorMissed'] = { anjuan: operator.missed };
  keys['operatorDuplicates'] = { anjuan: operator.duplicates };
  keys['shutterToReadyMs'] = { anjuan: operator.shutterToReadyMs };
  details['operator'] = operator;
}
if (wanted('bundleGzKb')) keys['bundleGzKb'] = await bundleGzKb();

const report = {
  bench: 'capture',
  measuredOn: new Date().toISOString(),
  machine: { cores: cpus().length, model: cpus()[0]?.model ?? '', loadAverage: loadavg() },
  seed: SEED,
  repeats,
  photos: photos.length,
  scenes: scenes.filter(({ kind }) => kind !== 'empty').length,
  keys,
  details,
};
for (const [key, value] of Object.entries(keys)) say(`${key} ${JSON.stringify(value)}`);
if (values.json !== undefined) {
  mkdirSync(dirname(values.json), { recursive: true });
  writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
}
