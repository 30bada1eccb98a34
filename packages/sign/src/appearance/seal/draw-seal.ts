import { appearanceError, requireSize } from '../appearance-error.js';
import type { PathStep, SignatureFont } from '../font/signature-font.js';
import { ellipseArc, ellipsePath } from './ellipse.js';
import { glyphFigure } from './glyph-figure.js';
import { SEAL_RED, type Colour, type SealDrawing, type SealFigure } from './seal.js';

/** What a drawn seal shows. */
export interface SealDesign {
  readonly shape: 'round' | 'oval' | 'square';
  /** Millimetres. Default 40 round, 45 oval, 20 square. */
  readonly widthMm?: number;
  /** Millimetres. Default as wide as high; 30 oval. */
  readonly heightMm?: number;
  /** Name of the organisation on the arc; in a square seal the words, read in columns from right to left. */
  readonly organisation: string;
  /** Line across, for example `病历专用章`. Not in square seals. */
  readonly bottomText?: string;
  /** Number of the seal on the lower arc. Not in square seals. */
  readonly number?: string;
  /** Five-pointed star in the middle. Default true for round seals. */
  readonly star?: boolean;
  /** Default `SEAL_RED`. */
  readonly colour?: Colour;
  readonly font: SignatureFont;
}

const sizes = { round: [40, 40], oval: [45, 30], square: [20, 20] } as const;
const MAX_CHARACTERS = 64;

/** Draws a seal (公章) as vectors; texts become outlines, squeezed so that they always fit. Errors: `invalid-argument`. */
export function sealDrawing(design: SealDesign): SealDrawing {
  const [width, height] = sizes[design.shape];
  const widthMm = design.widthMm ?? width;
  const heightMm = design.heightMm ?? (design.shape === 'oval' ? (widthMm * height) / width : widthMm);
  requireSize(widthMm, heightMm);
  const { organisation, bottomText = '', number = '' } = design;
  const longest = Math.max(...[organisation, bottomText, number].map((text) => [...text].length));
  if (organisation === '' || longest > MAX_CHARACTERS) throw appearanceError('seal-text');
  const square = design.shape === 'square';
  const figures = square ? squareFigures(design, widthMm, heightMm) : ringFigures(design, widthMm, heightMm);
  const text = [organisation, ...(square ? [] : [bottomText, number])].filter((part) => part !== '').join(' ');
  return { kind: 'drawing', widthMm, heightMm, colour: design.colour ?? SEAL_RED, figures, text };
}

function ringFigures(design: SealDesign, width: number, height: number): readonly SealFigure[] {
  const { font, organisation, bottomText = '', number = '' } = design;
  const [cx, cy] = [width / 2, height / 2];
  const small = Math.min(width, height);
  const border = small * 0.03;
  const figures: SealFigure[] = [{ steps: ellipsePath(cx, cy, cx - border / 2, cy - border / 2), strokeMm: border }];
  const star = design.star ?? design.shape === 'round';
  if (star) figures.push({ steps: starPath(cx, cy + small * 0.01, small * 0.165) });

  const size = small * 0.155;
  const inset = border + size * 0.72;
  const arc = ellipseArc(cx - inset, cy - inset, 218, -38);
  figures.push(...alongArc(font, organisation, arc, { cx, cy, size, loosest: 1.9 }));
  if (number !== '') {
    const digits = small * 0.052;
    const low = border + digits * 0.9;
    const lower = ellipseArc(cx - low, cy - low, 232, 308);
    figures.push(...alongArc(font, number, lower, { cx, cy, size: digits, loosest: 1.15 }));
  }
  if (bottomText !== '') {
    const y = star ? cy - small * 0.265 : cy - small * 0.08;
    const high = small * (star ? 0.1 : 0.125);
    figures.push(...acrossLine(font, bottomText, cx, y, high, width * (star ? 0.5 : 0.56)));
  }
  return figures;
}

/** Characters at even distances, in the middle of the arc; squeezed when there are many. */
function alongArc(
  font: SignatureFont,
  text: string,
  arc: ReturnType<typeof ellipseArc>,
  look: { readonly cx: number; readonly cy: number; readonly size: number; readonly loosest: number },
): SealFigure[] {
  const characters = [...text];
  const pitch = Math.min(arc.lengthMm / characters.length, look.size * look.loosest);
  // Next to each other on a bend, the feet of the characters come closer than their middles.
  const wide = Math.min(look.size, pitch * 0.82);
  return characters.map((character, index) => {
    const middle = arc.lengthMm / 2 + (index - (characters.length - 1) / 2) * pitch;
    const { x, y, direction } = arc.at(middle);
    const width = wide / Math.max(0.5, font.glyph(character.codePointAt(0) ?? 0).advance / font.unitsPerEm);
    const place = { x: x + look.cx, y: y + look.cy, direction };
    return glyphFigure(font, character, place, Math.min(width, look.size), look.size);
  });
}

function acrossLine(
  font: SignatureFont,
  text: string,
  cx: number,
  y: number,
  size: number,
  maxWidth: number,
): SealFigure[] {
  const advance = (character: string): number => font.glyph(character.codePointAt(0) ?? 0).advance / font.unitsPerEm;
  const characters = [...text];
  const total = characters.reduce((sum, character) => sum + advance(character), 0);
  const wide = Math.min(size, maxWidth / total);
  let x = cx - (total * wide) / 2;
  return characters.map((character) => {
    const step = advance(character) * wide;
    x += step;
    return glyphFigure(font, character, { x: x - step / 2, y, direction: 0 }, wide, size);
  });
}

/** Columns from right to left, as seals of names are read. */
function squareFigures(design: SealDesign, width: number, height: number): readonly SealFigure[] {
  const characters = [...design.organisation];
  const border = Math.min(width, height) * 0.05;
  const columns = Math.ceil(Math.sqrt(characters.length * (width / height)) - 0.2) || 1;
  const rows = Math.ceil(characters.length / columns);
  const inner = [width - border * 3, height - border * 3] as const;
  const wide = inner[0] / Math.ceil(characters.length / rows);
  const half = border / 2;
  const frame: readonly PathStep[] = [
    ['M', half, half],
    ['L', width - half, half],
    ['L', width - half, height - half],
    ['L', half, height - half],
    ['Z'],
  ];
  return [
    { steps: frame, strokeMm: border },
    ...characters.map((character, index) => {
      const column = Math.floor(index / rows);
      // A column with fewer characters is filled by taller ones.
      const high = inner[1] / Math.min(rows, characters.length - column * rows);
      const x = width - border * 1.5 - (column + 0.5) * wide;
      const y = height - border * 1.5 - ((index % rows) + 0.5) * high;
      return glyphFigure(design.font, character, { x, y, direction: 0 }, wide, high);
    }),
  ];
}

/** Five points, one up. The inner radius is that of the pentagram. */
function starPath(cx: number, cy: number, radius: number): readonly PathStep[] {
  const inner = (radius * Math.sin(Math.PI / 10)) / Math.sin((Math.PI * 7) / 10);
  const corners = [...Array(10).keys()].map((corner): PathStep => {
    const angle = Math.PI / 2 + (corner * Math.PI) / 5;
    const distance = corner % 2 === 0 ? radius : inner;
    return [corner === 0 ? 'M' : 'L', cx + distance * Math.cos(angle), cy + distance * Math.sin(angle)];
  });
  return [...corners, ['Z']];
}
