/** Longest side pages are looked for at: details of a page vanish, its edges stay. */
const LONGEST_PX = 800;

/** By what a picture is shrunk before looking: a whole number, so that squares of pixels are averaged. */
export function shrinkFactor({ widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number }): number {
  return Math.min(16, Math.max(1, Math.ceil(Math.max(widthPx, heightPx) / LONGEST_PX)));
}
