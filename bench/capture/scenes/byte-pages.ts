import { existsSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { drawForm } from './forms.js';

const PX_PER_MM = 300 / 25.4;

/** A4 at 300 dpi as a good scanner gives it: dense text, and a colour page with signature and red seal. */
export async function buildBytePages(folder: string): Promise<{ readonly text: string; readonly seal: string }> {
  await write(join(folder, 'byte-text.jpg'), 'letter', 3);
  await write(join(folder, 'byte-seal.jpg'), 'consent', 5);
  return { text: 'byte-text.jpg', seal: 'byte-seal.jpg' };
}

async function write(file: string, form: 'letter' | 'consent', seed: number): Promise<void> {
  if (existsSync(file)) return;
  const { widthPx, heightPx, data } = await drawForm(form, { widthMm: 210, heightMm: 297, pxPerMm: PX_PER_MM, seed });
  const noise = await sharp({
    create: {
      width: widthPx,
      height: heightPx,
      channels: 3,
      background: '#000',
      noise: { type: 'gaussian', mean: 4, sigma: 2 },
    },
  })
    .removeAlpha()
    .raw()
    .toBuffer();
  const paper = Buffer.from(
    data.map((value, i) => Math.max(0, Math.min(255, Math.round(value * 0.95) + (noise[i] ?? 0)))),
  );
  await sharp(paper, { raw: { width: widthPx, height: heightPx, channels: 3 } })
    .blur(0.6)
    .withMetadata({ density: 300 })
    .jpeg({ quality: 92 })
    .toFile(file);
}
