import type { CDPSession, Page } from 'playwright-core';
import { quantile } from '../../lib/statistics.js';
import type { PadName } from '../pages/ink.js';
import type { SignBrowser } from '../sign-browser.js';

export interface InkResult {
  /** Of 600 samples in 60 Hz events, made on the page. */
  readonly kept: number;
  readonly sent: number;
  /** Real pen input of the browser at 200 Hz: delivered by the browser, and kept. */
  readonly penDelivered: number;
  readonly penKept: number;
  readonly eventToInkMsP50: number;
  readonly eventToInkMsP95: number;
  readonly stampToInkMsP50: number;
  readonly stampToInkMsP95: number;
}

const SAMPLES = 600;
const round = (value: number): number => Number(value.toFixed(2));

/** Both pads in turn, `runs` times: medians of the runs' quantiles, the fewest samples kept. */
export async function measureInk(browser: SignBrowser, runs: number): Promise<Record<PadName, InkResult>> {
  const all: Record<PadName, InkResult[]> = { anjuan: [], signature_pad: [] };
  for (let run = 0; run < runs; run += 1)
    for (const pad of ['anjuan', 'signature_pad'] as const) all[pad].push(await runOnce(browser, pad));
  return { anjuan: together(all.anjuan), signature_pad: together(all.signature_pad) };
}

function together(results: readonly InkResult[]): InkResult {
  const of = (key: keyof InkResult): readonly number[] => results.map((one) => one[key]);
  const median = (key: keyof InkResult): number => round(quantile(of(key), 0.5));
  return {
    kept: Math.min(...of('kept')),
    sent: SAMPLES,
    penDelivered: median('penDelivered'),
    penKept: median('penKept'),
    eventToInkMsP50: median('eventToInkMsP50'),
    eventToInkMsP95: median('eventToInkMsP95'),
    stampToInkMsP50: median('stampToInkMsP50'),
    stampToInkMsP95: median('stampToInkMsP95'),
  };
}

async function runOnce(browser: SignBrowser, pad: PadName): Promise<InkResult> {
  const page = await browser.open('ink');
  try {
    const box = await page.evaluate((name) => globalThis.inkBench.open(name), pad);
    const kept = await page.evaluate((count) => globalThis.inkBench.play(count), SAMPLES);
    await page.evaluate(() => {
      globalThis.inkBench.clear();
      globalThis.inkBench.report();
    });
    await drawWithPen(page, box);
    const penKept = await page.evaluate(() => globalThis.inkBench.kept());
    const { delivered, times } = await page.evaluate(() => globalThis.inkBench.report());
    const toInk = times.map(({ toInkMs }) => toInkMs);
    const fromStamp = times.map(({ fromStampMs }) => fromStampMs);
    return {
      kept,
      sent: SAMPLES,
      penDelivered: delivered,
      penKept,
      eventToInkMsP50: round(quantile(toInk, 0.5)),
      eventToInkMsP95: round(quantile(toInk, 0.95)),
      stampToInkMsP50: round(quantile(fromStamp, 0.5)),
      stampToInkMsP95: round(quantile(fromStamp, 0.95)),
    };
  } finally {
    await page.close();
  }
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Three seconds of a pen at 200 Hz through the browser's own input path. */
async function drawWithPen(page: Page, box: Box): Promise<void> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const send = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', at: number): Promise<unknown> => {
    const share = at / SAMPLES;
    const angle = share * Math.PI * 12;
    return session.send('Input.dispatchMouseEvent', {
      type,
      x: box.x + box.width * (0.1 + 0.8 * share + 0.04 * Math.sin(angle)),
      y: box.y + box.height * (0.5 + 0.3 * Math.cos(angle)),
      button: 'left',
      buttons: type === 'mouseReleased' ? 0 : 1,
      clickCount: 1,
      pointerType: 'pen',
      force: type === 'mouseReleased' ? 0 : 0.3 + 0.4 * Math.abs(Math.sin(angle)),
    });
  };
  await send('mousePressed', 0);
  const begin = performance.now();
  const answers: Promise<unknown>[] = [];
  for (let next = 1; next < SAMPLES - 1;) {
    const due = Math.min(SAMPLES - 1, Math.floor((performance.now() - begin) / 5));
    for (; next < due; next += 1) answers.push(send('mouseMoved', next));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await Promise.all(answers);
  await send('mouseReleased', SAMPLES - 1);
  await page.waitForTimeout(200);
  await session.detach();
}
