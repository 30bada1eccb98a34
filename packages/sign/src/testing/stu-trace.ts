/** A point of a trace: what the pen does at one report. In tablet units; `pressure` 0 is hovering, `near` false is away. */
export interface StuTracePoint {
  readonly x: number;
  readonly y: number;
  readonly pressure: number;
  readonly near?: boolean;
}

/** A trace of strokes, 200 reports a second; seeded only by its arguments, so the same every time. */
export function stuTrace(options: {
  readonly seconds: number;
  readonly maxX: number;
  readonly maxY: number;
  /** Pen-down part of every second, 0..1. Default 0.8. */
  readonly writing?: number;
}): readonly StuTracePoint[] {
  const { seconds, maxX, maxY, writing = 0.8 } = options;
  return Array.from({ length: Math.round(seconds * 200) }, (_, index) => {
    const phase = index % 200;
    const x = Math.round(maxX * (0.1 + 0.8 * ((index % 200) / 200)));
    const y = Math.round(maxY * (0.4 + 0.25 * Math.sin(index / 9)));
    const pressure = phase < 200 * writing ? 120 + Math.round(300 * Math.abs(Math.sin(index / 17))) : 0;
    return { x, y, pressure, near: phase < 199 };
  });
}
