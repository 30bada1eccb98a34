/** Kinds of coloured ink that are told apart: seals, pens and blue stamps, green stamps. */
export const inkKinds = ['red', 'blue', 'green'] as const;

/** Number of a kind in `inkKinds`, or -1 for a colour that is no ink (yellow marker, brown stains). */
export function inkKind(red: number, green: number, blue: number): number {
  const most = Math.max(red, green, blue);
  const spread = most - Math.min(red, green, blue);
  if (most === red) return (red - green) * 3 >= spread && red >= blue ? 0 : -1;
  return most === blue ? 1 : (green - red) * 3 >= spread ? 2 : -1;
}

/** A pixel is ink at all when its darkest channel is this far below white. */
const LEAST_INK = 40;
/** Colour against darkness in 1/256: black print has nearly none, a seal over black print little. */
const LEAST_COLOUR = 74;

/** True for a pixel of coloured ink on white paper. */
export function isColouredInk(red: number, green: number, blue: number): boolean {
  const least = Math.min(red, green, blue);
  const dark = 255 - least;
  return dark >= LEAST_INK && (Math.max(red, green, blue) - least) * 256 >= LEAST_COLOUR * dark;
}
