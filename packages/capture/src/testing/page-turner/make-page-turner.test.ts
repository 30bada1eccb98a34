import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import sharp from 'sharp';
import { makePageTurner } from './make-page-turner.mjs';

test('turns pages at the told times, and each page lies where the truth says', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'page-turner-'));
  try {
    const file = join(folder, 'pages.mjpeg');
    const truth = await makePageTurner({
      file,
      pages: 2,
      secondsPerPage: 1,
      repeat: 6,
      deskBeforeMs: 200,
      deskAfterMs: 200,
    });
    const bytes = readFileSync(file);
    const starts: number[] = [];
    for (
      let at = bytes.indexOf('\u00ff\u00d8\u00ff', 0, 'latin1');
      at >= 0;
      at = bytes.indexOf('\u00ff\u00d8\u00ff', at + 3, 'latin1')
    )
      starts.push(at);
    assert.equal(starts.length, Math.round((truth.durationMs * truth.playedFps) / 1000));
    assert.deepEqual(
      truth.pages.map(({ pageNumber, fromMs, steadyUntilMs }) => [pageNumber, fromMs, steadyUntilMs]),
      [
        [1, 200, 1200],
        [2, 1200, 2200],
      ],
    );
    for (const { steadyFromMs, quad } of truth.pages) {
      const frame = Math.round((steadyFromMs * truth.playedFps) / 1000) + 1;
      const { data, info } = await sharp(bytes.subarray(starts[frame], starts[frame + 1]))
        .raw()
        .toBuffer({ resolveWithObject: true });
      const light = (x: number, y: number): number => data[(Math.round(y) * info.width + Math.round(x)) * 3 + 2] ?? 0;
      const centre = { x: 960, y: 720 };
      for (const corner of quad) {
        const towards = (share: number): number =>
          light(corner.x + (centre.x - corner.x) * share, corner.y + (centre.y - corner.y) * share);
        assert.ok(towards(0.02) > 200, 'paper inside the corner');
        assert.ok(towards(-0.02) < 100, 'desk outside of it');
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
