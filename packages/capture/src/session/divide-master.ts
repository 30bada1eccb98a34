import type { BatchPage } from '@anjuan/core/outbox';
import { modePreset, type ModePreset } from './modes.js';
import { siblingId } from './new-id.js';
import type { OpenBatch } from './open-batch.js';
import { pageData, readPageData, type PageData } from './page-data.js';
import type { SessionPorts } from './session-ports.js';

/**
 * One shot of a spread or of several papers becomes one page each; all keep the whole master. Does nothing for single
 * pages and for masters that were divided before; repeated after a crash, it adds nothing twice.
 */
export async function divideMaster(
  ports: SessionPorts,
  desk: OpenBatch,
  page: BatchPage,
): Promise<{ readonly page: BatchPage; readonly added: readonly string[] }> {
  const data = readPageData(page);
  const layout = layoutOf(data);
  if (layout === 'single' || data.divided || data.recipe.quad !== undefined) return { page, added: [] };
  const master = await desk.masters.read(page);
  if (!master) return { page, added: [] };
  const worker = await ports.pipeline();
  const quads = await worker.findPages(master, { mode: data.detect ?? 'free-hand', layout });
  const added: string[] = [];
  for (const [index, quad] of quads.entries()) {
    if (index === 0) continue;
    const recipe = { ...data.recipe, quad };
    const sibling: PageData = { ...data, recipe, divided: true, siblingOf: page.pageId };
    const pageId = siblingId(page.pageId, index);
    desk.take(
      await ports.store.addPage({
        batchId: page.batchId,
        pageId,
        master,
        data: pageData(sibling),
        place: placeBehind(desk, page.pageId, index),
      }),
    );
    desk.masters.remember(pageId, master);
    await desk.reread();
    added.push(pageId);
  }
  const [first] = quads;
  const whole: PageData = { ...data, divided: true, recipe: first ? { ...data.recipe, quad: first } : data.recipe };
  const divided = await ports.store.updatePage(page.pageId, { data: pageData(whole) });
  desk.take(divided);
  return { page: divided, added };
}

function placeBehind(desk: OpenBatch, pageId: string, steps: number): { documentId: string; index?: number } {
  const document = desk.batch.documents.find(({ pageIds }) => pageIds.includes(pageId)) ?? desk.lastDocument;
  const at = document.pageIds.indexOf(pageId);
  return at < 0 ? { documentId: document.documentId } : { documentId: document.documentId, index: at + steps };
}

/** Over the calibrated desk every paper is found, so one shot may hold several. */
function layoutOf({ mode, detect }: PageData): ModePreset['layout'] {
  const { layout, twoSided } = modePreset(mode);
  return layout === 'single' && detect === 'mat' && !twoSided ? 'many' : layout;
}
