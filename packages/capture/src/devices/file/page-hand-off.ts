import { abortError, AnjuanError, untilAborted } from '@anjuan/core';
import type { ImportedPage } from '../../worker/protocol.js';

interface Offer {
  readonly page: ImportedPage;
  readonly taken: () => void;
  readonly refused: (error: AnjuanError) => void;
}

/**
 * Turns an importer that calls back into a stream: each call waits until its page is taken, so at most one page is held. When the
 * reader leaves, waiting and later calls reject with `aborted`, which ends the importer wherever it runs.
 */
export async function* handOffPages(
  work: (onPage: (page: ImportedPage) => Promise<void>) => Promise<unknown>,
  signal: AbortSignal,
): AsyncGenerator<ImportedPage> {
  const state: { offer?: Offer | undefined; end?: { readonly error?: unknown }; left: boolean } = { left: false };
  let wake: () => void = () => undefined;
  const onPage = (page: ImportedPage): Promise<void> =>
    new Promise((taken, refused) => {
      if (state.left) return refused(abortError(signal));
      state.offer = { page, taken, refused };
      wake();
    });
  const finish = (end: { readonly error?: unknown }): void => {
    state.end = end;
    wake();
  };
  work(onPage).then(
    () => finish({}),
    (error: unknown) => finish({ error }),
  );
  try {
    for (;;) {
      // What came before an error is delivered first.
      if (state.offer) {
        yield state.offer.page;
        const { taken } = state.offer;
        state.offer = undefined;
        taken();
      } else if (state.end) {
        if ('error' in state.end) throw AnjuanError.from(state.end.error);
        return;
      } else await untilAborted(new Promise<void>((resolve) => (wake = resolve)), signal);
    }
  } finally {
    state.left = true;
    state.offer?.refused(abortError(signal));
  }
}
