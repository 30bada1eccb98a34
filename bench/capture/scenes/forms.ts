import sharp from 'sharp';
import { seededRandom } from '../../lib/random.js';
import type { FormName } from './types.js';

/** A form drawn in ink on nothing: how much light each place takes away, per colour. */
export interface FormPicture {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Red, green, blue, 255 is bare paper. */
  readonly data: Uint8Array;
}

const SANS = "'Noto Sans CJK SC', 'DejaVu Sans', sans-serif";
const PHRASES = [
  '患者于今日上午在局部麻醉下行手术治疗，术中生命体征平稳。',
  '查体：神志清楚，双肺呼吸音清，未闻及干湿性啰音。',
  '诊断：原发性高血压 2 级（中危），2 型糖尿病。',
  '医嘱：低盐低脂饮食，监测血压，按时服药，门诊随访。',
  '心率 76 次/分，律齐，各瓣膜听诊区未闻及病理性杂音。',
  '血红蛋白 132 g/L，白细胞 6.4×10⁹/L，血小板 210×10⁹/L。',
];

/** Draws a form at `pxPerMm`. Names and numbers are made up. */
export async function drawForm(
  form: FormName,
  size: { readonly widthMm: number; readonly heightMm: number; readonly pxPerMm: number; readonly seed: number },
): Promise<FormPicture> {
  const { widthMm, heightMm, pxPerMm } = size;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${String(Math.round(widthMm * pxPerMm))}" ` +
    `height="${String(Math.round(heightMm * pxPerMm))}" viewBox="0 0 ${String(widthMm)} ${String(heightMm)}">` +
    `<rect width="100%" height="100%" fill="#fff"/>${body(form, widthMm, heightMm, seededRandom(size.seed))}</svg>`;
  const { data, info } = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { widthPx: info.width, heightPx: info.height, data };
}

function body(form: FormName, w: number, h: number, random: () => number): string {
  switch (form) {
    case 'consent':
      return (
        heading('手术知情同意书', w, 18) +
        lines(w, 30, h * 0.62, random) +
        signature(w, h) +
        seal(w * 0.72, h * 0.85, 16)
      );
    case 'lab':
      return heading('检验报告单', w, 16) + table(w, 26, h * 0.7, 5, random) + lines(w, h * 0.78, h * 0.9, random);
    case 'orders':
      return heading('临时医嘱单', w, 16) + table(w, 24, h - 16, 7, random);
    case 'sheet':
      return heading('体温单', w, 14) + grid(w, h, random);
    case 'receipt':
      return heading('门诊收费票据', w, 9, 4) + lines(w, 14, h - 10, random, 3);
    case 'card':
      return card(w, h);
    case 'blank':
      return '';
    case 'letter':
      return heading('出院小结', w, 18) + lines(w, 30, h * (0.3 + random() * 0.4), random);
    case 'certificate':
      return (
        `<rect x="6" y="6" width="${String(w - 12)}" height="${String(h - 12)}" fill="none" stroke="#a33" stroke-width="1.6"/>` +
        heading('诊断证明书', w, 26, 8) +
        lines(w, 42, h * 0.6, random, 5) +
        seal(w * 0.7, h * 0.78, 19)
      );
  }
}

function heading(text: string, w: number, y: number, size = 6): string {
  return `<text x="${String(w / 2)}" y="${String(y)}" font-size="${String(size)}" text-anchor="middle" font-family="${SANS}" font-weight="bold">${text}</text>`;
}

function lines(w: number, from: number, to: number, random: () => number, size = 3.7): string {
  let out = '';
  const margin = Math.min(20, w * 0.1);
  const glyphs = Math.floor((w - 2 * margin) / size);
  for (let y = from; y < to; y += size * 1.75) {
    let text = '';
    while (text.length < glyphs) text += PHRASES[Math.floor(random() * PHRASES.length)] ?? '';
    const length = random() < 0.2 ? Math.floor(glyphs * (0.3 + random() * 0.5)) : glyphs;
    out += `<text x="${String(margin)}" y="${y.toFixed(1)}" font-size="${String(size)}" font-family="${SANS}">${text.slice(0, length)}</text>`;
  }
  return out;
}

function table(w: number, top: number, bottom: number, columns: number, random: () => number): string {
  const left = 12;
  const right = w - 12;
  let out = '';
  for (let y = top; y <= bottom; y += 8) {
    out += `<line x1="${String(left)}" x2="${String(right)}" y1="${String(y)}" y2="${String(y)}" stroke="#222" stroke-width="0.35"/>`;
    for (let c = 0; c < columns && y + 8 <= bottom; c += 1) {
      const x = left + ((right - left) * c) / columns + 1.5;
      const phrase = PHRASES[Math.floor(random() * PHRASES.length)] ?? '';
      out += `<text x="${x.toFixed(1)}" y="${(y + 5.6).toFixed(1)}" font-size="3.4" font-family="${SANS}">${phrase.slice(0, 2 + Math.floor(random() * 4))}</text>`;
    }
  }
  for (let c = 0; c <= columns; c += 1) {
    const x = left + ((right - left) * c) / columns;
    out += `<line x1="${x.toFixed(1)}" x2="${x.toFixed(1)}" y1="${String(top)}" y2="${String(bottom)}" stroke="#222" stroke-width="0.35"/>`;
  }
  return out;
}

function grid(w: number, h: number, random: () => number): string {
  let out = '';
  for (let x = 14; x <= w - 14; x += 4)
    out += `<line x1="${String(x)}" x2="${String(x)}" y1="24" y2="${String(h - 20)}" stroke="#5b8fc0" stroke-width="0.2"/>`;
  for (let y = 24; y <= h - 20; y += 4)
    out += `<line x1="14" x2="${String(w - 14)}" y1="${String(y)}" y2="${String(y)}" stroke="#5b8fc0" stroke-width="0.2"/>`;
  const points = Array.from(
    { length: 20 },
    (_, i) => `${String(18 + (i * (w - 36)) / 19)},${(60 + random() * (h - 140)).toFixed(1)}`,
  );
  return `${out}<polyline points="${points.join(' ')}" fill="none" stroke="#1c3fae" stroke-width="0.7"/>`;
}

function signature(w: number, h: number): string {
  const y = h * 0.82;
  return (
    `<text x="20" y="${String(y)}" font-size="4" font-family="${SANS}">患者签名：</text>` +
    `<path d="M44 ${String(y)} q6 -10 10 -2 t9 -3 q3 -8 6 1 t10 -4" fill="none" stroke="#1b2f9e" stroke-width="0.7"/>`
  );
}

function seal(x: number, y: number, r: number): string {
  return (
    `<circle cx="${String(x)}" cy="${String(y)}" r="${String(r)}" fill="none" stroke="#d3202a" stroke-width="1.1"/>` +
    `<text x="${String(x)}" y="${String(y + r * 0.25)}" font-size="${String(r * 0.6)}" fill="#d3202a" text-anchor="middle" font-family="${SANS}">★</text>` +
    `<text x="${String(x)}" y="${String(y + r * 0.7)}" font-size="${String(r * 0.26)}" fill="#d3202a" text-anchor="middle" font-family="${SANS}">示范医院专用章</text>`
  );
}

function card(w: number, h: number): string {
  return (
    `<rect width="${String(w)}" height="${String(h)}" fill="#dcebf2"/>` +
    `<rect x="${String(w * 0.66)}" y="${String(h * 0.18)}" width="${String(w * 0.26)}" height="${String(h * 0.5)}" fill="#9fb4c0"/>` +
    ['姓名 样例', '性别 男', '编号 990000199001010017']
      .map((text, i) => `<text x="6" y="${String(14 + i * 12)}" font-size="4.4" font-family="${SANS}">${text}</text>`)
      .join('')
  );
}
