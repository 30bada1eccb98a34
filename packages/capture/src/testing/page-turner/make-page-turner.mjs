// Writes an MJPEG file (concatenated JPEGs) of a hand that turns pages under a document camera, for Chromium's
// --use-file-for-fake-video-capture, and the truth beside it.
//   node packages/capture/src/testing/page-turner/make-page-turner.mjs OUT.mjpeg [pages] [secondsPerPage]
import { mkdirSync, openSync, writeSync, closeSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { deskSvg, handSvg, pageSvg, seededRandom } from './page-drawing.mjs';

/** Chromium plays MJPEG files at this rate, whatever was meant (measured; also media/capture's file_video_capture_device). */
const PLAYED_FPS = 30;
const FRAME = { widthPx: 1920, heightPx: 1440 };
const PAGE = { widthPx: 950, heightPx: 1343 };

/** Share of a page's time that hand and paper move. */
const MOVING = 0.3;

/**
 * Makes the file. Time runs: empty desk, then each page (moving in, then lying still), then the empty desk again; Chromium starts
 * over at the end. Returns the truth, which is also written to `${file}.json`.
 */
export async function makePageTurner(options) {
  const { file, pages = 6, secondsPerPage = 2, seed = 1, repeat = 3 } = options;
  const { deskBeforeMs = 1000, deskAfterMs = 4000, quality = 70 } = options;
  const { widthPx, heightPx } = FRAME;
  const frameMs = (1000 / PLAYED_FPS) * repeat;
  const stage = await makeStage({ widthPx, heightPx, seed, quality, pages });
  mkdirSync(dirname(resolve(file)), { recursive: true });
  const handle = openSync(file, 'w');
  const truth = { file, widthPx, heightPx, fps: PLAYED_FPS / repeat, playedFps: PLAYED_FPS, pages: [], durationMs: 0 };
  let nowMs = 0;
  const write = async (scene) => {
    const jpeg = await stage.draw(scene);
    for (let copy = 0; copy < repeat; copy += 1) writeSync(handle, jpeg);
    nowMs += frameMs;
  };
  try {
    for (const end = deskBeforeMs; nowMs < end - 1;) await write({});
    for (let pageNumber = 1; pageNumber <= pages; pageNumber += 1) {
      const fromMs = nowMs;
      const count = Math.round((secondsPerPage * 1000) / frameMs);
      const moving = Math.max(2, Math.round(count * MOVING));
      for (let index = 0; index < count; index += 1) {
        if (index === moving)
          truth.pages.push({ pageNumber, fromMs, steadyFromMs: nowMs, quad: stage.quad(pageNumber) });
        await write(index < moving ? { pageNumber, move: (index + 1) / moving } : { pageNumber, flicker: index % 3 });
      }
      truth.pages.at(-1).steadyUntilMs = nowMs;
    }
    // The last page is taken away, too.
    for (let index = 1; index <= 4; index += 1) await write({ pageNumber: pages + 1, move: index / 4 });
    for (const end = nowMs + deskAfterMs; nowMs < end - 1;) await write({});
  } finally {
    closeSync(handle);
  }
  truth.durationMs = nowMs;
  writeFileSync(`${file}.json`, `${JSON.stringify(truth, null, 2)}\n`);
  return truth;
}

async function makeStage({ widthPx, heightPx, seed, quality, pages }) {
  const desk = await sharp(Buffer.from(deskSvg(widthPx, heightPx, seed)))
    .removeAlpha()
    .png()
    .toBuffer();
  const hand = await sharp(Buffer.from(handSvg())).png().toBuffer();
  const random = seededRandom(seed + 77);
  // Nobody puts two pages down alike.
  const places = Array.from({ length: pages }, () => ({
    turnDeg: random() * 5 - 2.5,
    x: widthPx / 2 + (random() - 0.5) * 160,
    y: heightPx / 2 + (random() - 0.5) * 24,
  }));
  const papers = new Map();
  const still = new Map();
  const paper = async (pageNumber) => {
    const known = papers.get(pageNumber);
    if (known) return known;
    const { turnDeg } = places[pageNumber - 1];
    const { data, info } = await sharp(Buffer.from(pageSvg(pageNumber, seed)))
      .ensureAlpha()
      .rotate(turnDeg, { background: { r: 0, g: 0, b: 0, alpha: 0 } })
      .png()
      .toBuffer({ resolveWithObject: true });
    const made = { input: data, width: info.width, height: info.height };
    papers.set(pageNumber, made);
    return made;
  };
  const placed = async (pageNumber, shiftPx) => {
    if (pageNumber < 1 || pageNumber > pages) return [];
    const { input, width, height } = await paper(pageNumber);
    const left = Math.round(places[pageNumber - 1].x + shiftPx - width / 2);
    const top = Math.round(places[pageNumber - 1].y - height / 2);
    return left >= widthPx || left + width <= 0 ? [] : [{ input, left, top }];
  };
  const draw = async ({ pageNumber = 0, move, flicker = 0 }) => {
    const key = move === undefined ? `${pageNumber}/${flicker}` : undefined;
    const known = key === undefined ? undefined : still.get(key);
    if (known) return known;
    const layers = [];
    if (move === undefined) layers.push(...(await placed(pageNumber, 0)));
    else {
      // The old page leaves to the left under the new one, which the hand brings from the right.
      const eased = move * move * (3 - 2 * move);
      layers.push(...(await placed(pageNumber - 1, -eased * widthPx * 1.1)));
      layers.push(...(await placed(pageNumber, (1 - eased) * widthPx * 0.95)));
      const handX = Math.min(widthPx - 40, Math.round(widthPx * 0.68 + (1 - eased) * widthPx * 0.3));
      layers.push({ input: hand, left: handX, top: Math.round(heightPx * 0.45) });
    }
    const whole = await sharp(desk).composite(layers).removeAlpha().raw().toBuffer();
    const jpeg = await sharp(whole, { raw: { width: widthPx, height: heightPx, channels: 3 } })
      .linear(1, flicker - 1)
      .jpeg({ quality })
      .toBuffer();
    if (key !== undefined) still.set(key, jpeg);
    return jpeg;
  };
  const quad = (pageNumber) => {
    const { x, y, turnDeg } = places[pageNumber - 1];
    const angle = (turnDeg * Math.PI) / 180;
    return [
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
    ].map(([sx, sy]) => {
      const dx = (sx * PAGE.widthPx) / 2;
      const dy = (sy * PAGE.heightPx) / 2;
      const at = (value) => Math.round(value * 100) / 100;
      return {
        x: at(x + dx * Math.cos(angle) - dy * Math.sin(angle)),
        y: at(y + dx * Math.sin(angle) + dy * Math.cos(angle)),
      };
    });
  };
  return { draw, quad };
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [file = '.cache/page-turner.mjpeg', pages = '6', secondsPerPage = '2'] = process.argv.slice(2);
  const truth = await makePageTurner({ file, pages: Number(pages), secondsPerPage: Number(secondsPerPage) });
  console.log(`${file}: ${truth.pages.length} pages in ${Math.round(truth.durationMs)} ms, truth in ${file}.json`);
}
