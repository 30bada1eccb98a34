import { AnjuanError, type ArchiveClient } from '@anjuan/core';
import { createOutbox, openCaptureStore, type CaptureStore, type Outbox, type OutboxStore } from '@anjuan/core/outbox';
import { createCameraSource } from '../devices/camera/index.js';
import type { FrameSource } from '../devices/frame-source.js';
import { openPipeline } from '../worker/open-pipeline.js';
import type { OpenPipeline } from './capture-parts.js';

/** Cameras; files come in by picker, drop and paste without being asked for. */
export function defaultSources(): readonly FrameSource[] {
  return [createCameraSource()];
}

export const defaultPipeline: OpenPipeline = openPipeline;

export function defaultStore(): Promise<CaptureStore> {
  return openCaptureStore();
}

/** Undefined without an archive to send to. Errors: `invalid-argument` for a store of the host without its own outbox. */
export function defaultOutbox(store: CaptureStore, client: ArchiveClient | undefined): Outbox | undefined {
  if (!client) return undefined;
  if (!isOutboxStore(store)) throw new AnjuanError('invalid-argument');
  return createOutbox({ store, client });
}

function isOutboxStore(store: CaptureStore): store is OutboxStore {
  return 'noteUpload' in store && 'beginFinish' in store;
}

/** Reads an uploaded original back from the archive. */
export function fetchMaster(client: () => ArchiveClient | undefined): (binary: string) => Promise<Blob | undefined> {
  return async (binary) => {
    const reply = await client()?.request({ name: 'capture.master', method: 'GET', path: binary, repeatable: true });
    return reply && new Blob([(await reply.bytes) as Uint8Array<ArrayBuffer>], { type: 'image/jpeg' });
  };
}
