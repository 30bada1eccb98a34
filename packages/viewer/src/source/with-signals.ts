import { linkAbort } from '@anjuan/core';

/** Runs work that ends with whichever signal fires first. */
export async function withSignals<T>(
  signals: readonly AbortSignal[],
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const link = linkAbort(...signals);
  try {
    return await work(link.signal);
  } finally {
    link.release();
  }
}
