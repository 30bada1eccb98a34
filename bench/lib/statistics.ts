/** Quantile by linear interpolation between order statistics (R type 7). `values` need not be sorted. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * q;
  const low = sorted[Math.floor(position)];
  const high = sorted[Math.ceil(position)];
  if (low === undefined || high === undefined) return Number.NaN;
  return low + (high - low) * (position - Math.floor(position));
}

export interface Summary {
  readonly p50: number;
  readonly p95: number;
  readonly min: number;
  readonly count: number;
}

export function summarize(values: readonly number[]): Summary {
  const round = (value: number): number => Math.round(value * 10) / 10;
  return {
    p50: round(quantile(values, 0.5)),
    p95: round(quantile(values, 0.95)),
    min: round(Math.min(...values)),
    count: values.length,
  };
}
