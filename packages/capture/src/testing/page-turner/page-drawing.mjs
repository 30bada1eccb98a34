// Drawings of synthetic pages, without any font: rows of strokes that look like text, a page number in seven segments, a red seal.

/** A small seeded generator: the same seed gives the same drawing everywhere (mulberry32). */
export function seededRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const SEGMENTS = ['abcdef', 'bc', 'abged', 'abgcd', 'fgbc', 'afgcd', 'afgedc', 'abc', 'abcdefg', 'abcdfg'];
const STROKES = {
  a: [0, 0, 60, 12],
  b: [48, 0, 12, 54],
  c: [48, 54, 12, 54],
  d: [0, 96, 60, 12],
  e: [0, 54, 12, 54],
  f: [0, 0, 12, 54],
  g: [0, 48, 60, 12],
};

function digit(value, x, y) {
  const rects = [...SEGMENTS[value]].map((name) => {
    const [left, top, width, height] = STROKES[name];
    return `<rect x="${x + left}" y="${y + top}" width="${width}" height="${height}"/>`;
  });
  return rects.join('');
}

/** A row of glyphs of a few strokes each, as Chinese print looks from afar. */
function textRow(random, x, y, glyphs) {
  let row = '';
  for (let index = 0; index < glyphs; index += 1) {
    const left = x + index * 25;
    for (let stroke = 0; stroke < 3; stroke += 1) {
      const flat = random() < 0.6;
      const along = 8 + Math.floor(random() * 10);
      const across = Math.floor(random() * 17);
      const [dx, dy, width, height] = flat ? [0, across, along, 3] : [across, 0, 3, along];
      row += `<rect x="${left + dx}" y="${y + dy}" width="${width}" height="${height}"/>`;
    }
  }
  return row;
}

/** SVG of an A4 page, 950 x 1343 px. */
export function pageSvg(pageNumber, seed) {
  const random = seededRandom(seed * 1000 + pageNumber);
  let ink = `<g fill="#1b1b1f">${textRow(random, 330, 90, 12)}`;
  for (let y = 260; y < 1060; y += 40) ink += textRow(random, 90, y, 18 + Math.floor(random() * 13));
  const digits = [...String(pageNumber)].map((value, index) => digit(Number(value), 700 + index * 80, 70));
  ink += `${digits.join('')}</g>`;
  const angle = Math.floor(random() * 40) - 20;
  const seal = `<g fill="none" stroke="#c8161d" stroke-width="8" transform="rotate(${angle} 690 1150)">
    <circle cx="690" cy="1150" r="95"/><path d="M690 1095l16 49h52l-42 31 16 49-42-30-42 30 16-49-42-31h52z" fill="#c8161d" stroke="none"/></g>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="950" height="1343"><rect width="950" height="1343" fill="#f7f5ef"/>${ink}${seal}</svg>`;
}

/** SVG of an empty desk with a little grain. */
export function deskSvg(widthPx, heightPx, seed) {
  const random = seededRandom(seed);
  let grain = '';
  for (let index = 0; index < 90; index += 1) {
    const y = Math.floor(random() * heightPx);
    const shade = random() < 0.5 ? '#6b5138' : '#59422c';
    grain += `<rect x="0" y="${y}" width="${widthPx}" height="${2 + Math.floor(random() * 9)}" fill="${shade}" opacity="0.5"/>`;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}"><rect width="100%" height="100%" fill="#624a33"/>${grain}</svg>`;
}

/** SVG of a hand that comes in from the right, its fingertips at 0. */
export function handSvg() {
  const finger = (y, length) => `<rect x="${150 - length}" y="${y}" width="${length + 120}" height="58" rx="29"/>`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="620" height="420"><g fill="#d9a07c">${finger(20, 110)}${finger(90, 140)}${finger(160, 130)}${finger(230, 95)}<ellipse cx="330" cy="170" rx="150" ry="150"/><rect x="380" y="70" width="240" height="200"/></g></svg>`;
}
