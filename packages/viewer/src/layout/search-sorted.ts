/** Index of the last entry that is `<= value` in an ascending array; -1 when all are larger. O(log n). */
export function lastAtOrBelow(sorted: Float64Array | Int32Array, value: number, length = sorted.length): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
