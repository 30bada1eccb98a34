/**
 * Limits of the checks. Sources: DA/T 31-2017 (纸质档案数字化规范) for resolution and skew; the others are set so that crisp
 * office prints under a desk lamp stay silent.
 */
export const qualityLimits = {
  /** Share of ink inside the margin, percent. */
  blankPercent: 0.15,
  /** Left out on each side, share. */
  blankMargin: 0.03,
  /** A mark of this size is content, pixels at 300 dpi. */
  blankMarkPx: 12,
  /** Share of the page that shines, percent. */
  glarePercent: 0.5,
  /** Steepness of edges at 150 dpi: 1 for a step from pixel to pixel. */
  blurScore: 0.3,
  blurRejectScore: 0.18,
  /** @source DA/T 31-2017 10.2 asks 0.5; findings start at 1 so that hand-fed forms stay silent. */
  skewDegrees: 1,
  /** Brightness of paper, 0 to 255. */
  darkLevel: 95,
  darkRejectLevel: 55,
  /** @source DA/T 31-2017 9.4: 200 dpi at least */
  dpi: 200,
  rejectDpi: 100,
  /** Height of a peak over the spectrum around it. */
  moireScore: 20,
  /** Characters or lines that run over the edge of the picture. */
  cutMarks: 3,
  /** Bits of 64. Second shots of a page differ in 1 to 5, other pages of the same form in 13 and more. */
  nearDuplicateBits: 8,
} as const;
