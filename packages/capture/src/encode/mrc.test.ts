import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeJbig2 } from './jbig2.js';
import { encodeMrc } from './mrc.js';
import { rasterOf } from './testing/bilevel-arbitrary.js';

const script = { kind: 'script' } as const;
const backgroundJpeg = { data: Uint8Array.of(0xff, 0xd8), widthPx: 1, heightPx: 1 };
const black = rasterOf([[true, false, false]]);
const seal = rasterOf([[false, true, false]]);
const none = rasterOf([[false, false, false]]);

test('mrc: black ink and each colour that occurs are stencils over the paper', () => {
  const image = encodeMrc(script, {
    black,
    inks: [
      { mask: seal, rgb: [200, 30, 30] },
      { mask: none, rgb: [20, 40, 180] },
    ],
    backgroundJpeg,
  });
  assert.deepEqual(image, {
    codec: 'mrc',
    widthPx: 3,
    heightPx: 1,
    stencil: encodeJbig2(script, black),
    background: backgroundJpeg,
    inks: [{ stencil: encodeJbig2(script, seal), rgb: [200, 30, 30] }],
  });
});
