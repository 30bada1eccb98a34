import type { Page } from 'playwright-core';
import type { ArchiveClient } from '@anjuan/core';

/** Ids of records of the archive behind the page's provider, in search order. */
export async function recordIds(page: Page): Promise<string[]> {
  await page.waitForFunction(() => customElements.get('anjuan-provider') !== undefined);
  return page.evaluate(async () => {
    const provider = document.querySelector('anjuan-provider') as { connectedClient?: ArchiveClient } | null;
    const ids: string[] = [];
    for await (const { recordId } of provider?.connectedClient?.records.search({}) ?? []) ids.push(recordId);
    return ids;
  });
}

/** Before navigation: keeps the details of the viewer's facts, for `shownPage`. */
export async function rememberEvents(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const heard: Record<string, unknown[]> = {};
    Object.assign(globalThis, { heardEvents: heard });
    for (const name of ['anjuan-page-shown', 'anjuan-record-opened', 'anjuan-error']) {
      document.addEventListener(name, (event) => (heard[name] ??= []).push((event as CustomEvent).detail));
    }
  });
}

/** Waits until a page has its sharp picture; rejects with the code when the viewer reports an error instead. */
export async function shownPage(page: Page): Promise<{ readonly recordId: string; readonly pageNumber: number }> {
  const handle = await page.waitForFunction(
    () => {
      const { heardEvents } = globalThis as unknown as { heardEvents: Record<string, { code?: string }[]> };
      const failed = heardEvents['anjuan-error']?.[0];
      if (failed) throw new Error(`the viewer reports ${failed.code ?? 'an error'}`);
      return heardEvents['anjuan-page-shown']?.[0];
    },
    undefined,
    { timeout: 30_000 },
  );
  return (await handle.jsonValue()) as { recordId: string; pageNumber: number };
}
