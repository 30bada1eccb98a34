import type { ArchiveClient, Scope } from '@anjuan/core';
import type { CaptureStore, Outbox } from '@anjuan/core/outbox';
import type { FrameSource } from '../devices/frame-source.js';
import type { IdCardReader } from '../devices/id-card-reader.js';
import type { PipelineWorker } from '../worker/protocol.js';

/** Starts the image worker; it ends with the scope. */
export type OpenPipeline = (options: { readonly assetsUrl: string; readonly scope: Scope }) => Promise<PipelineWorker>;

/** What a host may bring itself. Whatever is absent is made when it is first needed. */
export interface CaptureParts {
  readonly sources: readonly FrameSource[] | undefined;
  readonly readers: readonly IdCardReader[] | undefined;
  readonly store: CaptureStore | undefined;
  readonly outbox: Outbox | undefined;
  readonly openPipeline: OpenPipeline | undefined;
  readonly client: ArchiveClient | undefined;
  readonly assetsUrl: string;
}
