import { AnjuanError } from '@anjuan/core';
import type { BatchPage } from '@anjuan/core/outbox';
import { cutAtSeparator } from './arrange.js';
import { modePreset } from './modes.js';
import { newId } from './new-id.js';
import type { OpenBatch } from './open-batch.js';
import { readPageData } from './page-data.js';
import type { FoundBarcode } from '../worker/protocol.js';
import type { SessionPorts } from './session-ports.js';

/** True when the page was a separator sheet: it has left the documents and a new document begins behind it. */
export async function takeSeparator(ports: SessionPorts, desk: OpenBatch, page: BatchPage): Promise<boolean> {
  const { mode, made } = readPageData(page);
  if (!modePreset(mode).separators || made) return false;
  const master = await desk.masters.read(page);
  if (!master) return false;
  const worker = await ports.pipeline();
  const codes = await worker.readBarcodes(master, { formats: ['QRCode'], effort: 'fast' }).catch(none);
  const sheet = ports.readSeparator(codes);
  if (!sheet) return false;
  const documentId = newId();
  await desk.arrange((documents) => cutAtSeparator(documents, page.pageId, { documentId, ...sheet }));
  await ports.store.removePage(page.pageId);
  await desk.reread();
  ports.tell({ type: 'document-started', batchId: desk.batchId, documentId: desk.lastDocument.documentId });
  return true;
}

/** Codes need WebAssembly. A page whose policy forbids it is still a page: sheets then stay among the pages. */
function none(error: unknown): readonly FoundBarcode[] {
  if (AnjuanError.is(error, 'feature-missing')) return [];
  throw error;
}
