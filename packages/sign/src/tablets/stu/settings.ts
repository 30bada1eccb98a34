import { encodeColor16, encodeColor24, encodeThreshold, encodeWord } from './feature-reports.js';
import { reportIds } from './report-ids.js';
import type { StuTablet } from './stu-tablet.js';

/** Settings that the tablet keeps when it is switched off. Each is written only when it differs: its memory wears out. */
export interface StuSettings {
  /** 0..3, models 520, 530, 540. */
  readonly backlight?: number;
  /** 0..3, models 520, 530, 540. */
  readonly contrast?: number;
  /** 0xrrggbb, models 520, 530, 540. */
  readonly background?: number;
  /** Colour 0xrrggbb and thickness 0..3 of the line on the tablet's own screen. */
  readonly line?: { readonly color: number; readonly thickness: number };
  /** Pressure from which ink begins and below which it ends. */
  readonly threshold?: { readonly on: number; readonly off: number };
  /** 0 as always, 1 WILL; model 540. */
  readonly rendering?: 0 | 1;
}

/** Brings the tablet to these settings. `wide`: colours have 24 bits. */
export async function keepSettings(tablet: StuTablet, settings: StuSettings, wide: boolean): Promise<void> {
  const { backlight, contrast, background, line, threshold, rendering } = settings;
  const color = wide ? encodeColor24 : encodeColor16;
  if (backlight !== undefined) await tablet.keep(reportIds.backlight, encodeWord(backlight));
  if (contrast !== undefined) await tablet.keep(reportIds.contrast, encodeWord(contrast));
  if (background !== undefined) {
    await tablet.keep(wide ? reportIds.backgroundColor24 : reportIds.backgroundColor, color(background));
  }
  if (line) {
    const report = wide ? reportIds.handwritingThicknessColor24 : reportIds.handwritingThicknessColor;
    await tablet.keep(report, color(line.color, line.thickness));
  }
  if (threshold) await tablet.keep(reportIds.inkThreshold, encodeThreshold(threshold.on, threshold.off));
  if (rendering !== undefined) await tablet.keep(reportIds.renderingMode, [rendering]);
}
