/**
 * `npm run bench:sign -- --json FILE [--quick] [--only PARTS] [--outside DIR[,DIR]] [--runs N] [--port N]`: signing,
 * verifying and ink beside their open peers. With `--only` the other keys of an existing FILE stay.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { buildPages } from './build-pages.js';
import { bundleGzKb } from './bundle-size.js';
import { measureInk } from './ink/measure-ink.js';
import { generateLargeFile, LARGE_BYTES } from './large/generate.js';
import { measureLargeInBrowser } from './large/measure-browser.js';
import { measureLargeInNode } from './large/measure-node.js';
import { measureVerify } from './large/measure-verify.js';
import { runScript } from './large/run-script.js';
import { measureAttacks } from './matrix/attacks.js';
import { measureMatrix } from './matrix/matrix.js';
import { measureOutside } from './matrix/outside.js';
import { openPeers } from './peers/arms.js';
import { installPeers, peerVersions } from './peers/install.js';
import { openBenchPki } from './pki.js';
import { cacheDir, outputsDir } from './places.js';
import { SignBrowser } from './sign-browser.js';
import type { SmFigures } from './sm-child.js';
import { tableOf } from './table.js';

type Part = 'matrix' | 'outside' | 'attacks' | 'large' | 'browser' | 'verify' | 'sm' | 'ink' | 'bundle';

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    outside: { type: 'string' },
    runs: { type: 'string', default: '5' },
    port: { type: 'string' },
  },
});
const { quick } = values;
const runs = quick ? 1 : Math.max(1, Number(values.runs));
const only = values.only?.split(',');
const wanted = (part: Part): boolean => !only || only.includes(part);
const errors: Record<string, string> = {};
/** One part that fails does not take the others with it. */
async function measure(part: Part, work: () => Promise<void>): Promise<void> {
  if (!wanted(part)) return;
  try {
    await work();
  } catch (error) {
    errors[part] = error instanceof Error ? (error.stack ?? error.message) : String(error);
    say(`${part}: ${errors[part]}`);
  }
}
const say = (text: string): void => void process.stderr.write(`${text}\n`);

interface Report {
  readonly keys?: Record<string, unknown>;
  readonly details?: Record<string, unknown>;
}
const file = values.json;
const before: Report =
  only && file !== undefined && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : {};
const keys: Record<string, unknown> = { ...before.keys };
const details: Record<string, unknown> = { ...before.details };

installPeers();
mkdirSync(outputsDir, { recursive: true });
mkdirSync(cacheDir, { recursive: true });
const bench = await openBenchPki(values.port === undefined ? {} : { port: Number(values.port) });
try {
  await measure('matrix', async () => {
    const { producers, oracles, noticedTampering } = await measureMatrix(bench, await openPeers(bench), { quick, say });
    const counted = Object.entries(producers).map(([name, { refusals: _, ...counts }]) => [name, counts] as const);
    keys['outputsTried'] = producers['anjuan']?.tried;
    keys['outputsAccepted'] = producers['anjuan']?.accepted;
    keys['outputsByProducer'] = Object.fromEntries(counted);
    keys['prefixIdentical'] = producers['anjuan']?.prefixIdentical;
    keys['earlierSignaturesIntact'] = producers['anjuan']?.earlierIntact;
    keys['earlierSignaturesTried'] = producers['anjuan']?.earlierTried;
    details['oracles'] = oracles;
    details['noticedTampering'] = noticedTampering;
    details['refusals'] = Object.fromEntries(Object.entries(producers).map(([name, { refusals }]) => [name, refusals]));
  });
  await measure('outside', async () => {
    if (values.outside === undefined) return;
    const { broken, newInvalid, failures, ...counts } = await measureOutside(bench, values.outside.split(','), say);
    keys['outside'] = counts;
    details['outside'] = { broken, newInvalid, failures };
  });
  await measure('attacks', async () => {
    say('forging …');
    const { disagreements, classes, ...counts } = await measureAttacks(bench, { quick });
    Object.assign(keys, counts);
    details['attackClasses'] = classes;
    details['attackDisagreements'] = disagreements;
  });
  if (wanted('large') || wanted('browser') || wanted('verify')) await generateLargeFile();
  if (wanted('browser') || wanted('verify') || wanted('ink')) await buildPages();
  const large: Record<string, Record<string, unknown>> = {};
  await measure('large', async () => void (large['node'] = await measureLargeInNode(bench, { runs, say })));
  await measure('browser', async () => void (large['chromium'] = await measureLargeInBrowser(bench, { runs, say })));
  for (const [place, results] of Object.entries(large)) {
    const of = (key: 'ms' | 'peakMb'): Record<string, unknown> =>
      Object.fromEntries(
        Object.entries(results).map(([arm, result]) => [arm, (result as Record<string, unknown>)[key] ?? null]),
      );
    keys['sign100MbMs'] = { ...(keys['sign100MbMs'] as object), [place]: of('ms') };
    keys['sign100MbPeakMb'] = { ...(keys['sign100MbPeakMb'] as object), [place]: of('peakMb') };
    details['sign100Mb'] = { ...(details['sign100Mb'] as object), [place]: results };
  }
  await measure('verify', async () => {
    say('verifying three signatures …');
    keys['verify3SignaturesMs'] = await measureVerify(bench, runs);
  });
  await measure('sm', async () => {
    say('SM2 and SM3 …');
    const { agreed, ...figures } = await runScript<SmFigures>(new URL('sm-child.ts', import.meta.url), [
      quick ? '100' : '600',
    ]);
    Object.assign(keys, figures);
    details['smAgreed'] = agreed;
  });
  await measure('ink', async () => {
    say('ink …');
    const browser = await SignBrowser.launch();
    try {
      const pads = await measureInk(browser, Math.min(runs, 3));
      const of = <K extends keyof typeof pads.anjuan>(key: K) => ({
        anjuan: pads.anjuan[key],
        signaturePad: pads.signature_pad[key],
      });
      keys['inkSamplesKept'] = { of: pads.anjuan.sent, ...of('kept') };
      keys['inkEventMsP50'] = of('eventToInkMsP50');
      keys['inkEventMsP95'] = of('eventToInkMsP95');
      details['ink'] = pads;
    } finally {
      await browser.close();
    }
  });
  await measure('bundle', async () => void (keys['bundleGzKb'] = await bundleGzKb()));
} finally {
  await bench.close();
}

const report = {
  bench: 'sign',
  measuredOn: new Date().toISOString(),
  machine: { cores: cpus().length, model: cpus()[0]?.model ?? '', loadAverage: loadavg() },
  quick,
  runs,
  largeBytes: LARGE_BYTES,
  peers: peerVersions(),
  keys,
  details,
  ...(Object.keys(errors).length > 0 ? { errors } : {}),
};
say(tableOf(keys));
if (file !== undefined) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
}
process.exit(0);
