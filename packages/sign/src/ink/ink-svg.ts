import type { Ink } from './ink.js';
import { inkOutlines } from './outline.js';

/** Options of `inkToSvg`. */
export interface InkSvgOptions {
  /** Fill of the ink, any SVG colour. Default `#000`. */
  readonly color?: string;
}

/** The ink as a self-contained SVG: filled paths, sizes in millimetres, no script, no reference to anything outside. */
export function inkToSvg(ink: Ink, { color = '#000' }: InkSvgOptions = {}): string {
  const [width, height] = [ink.width / 100, ink.height / 100];
  const paths = inkOutlines(ink).map(([first, ...rest]) => {
    if (!first) return '';
    let [px, py] = first;
    const lines = rest.map(([x, y]) => {
      const step = `${x - px} ${y - py}`;
      [px, py] = [x, y];
      return step;
    });
    return `M${first[0]} ${first[1]}l${lines.join(' ')}z`;
  });
  const fill = color.replace(/[^\w#%(),. -]/g, '');
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}mm" height="${height}mm" viewBox="0 0 ${width} ${height}">` +
    `<path transform="scale(.01)" fill="${fill}" d="${paths.join('')}"/></svg>`
  );
}
