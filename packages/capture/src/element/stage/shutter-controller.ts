import { AnjuanError, type Scope } from '@anjuan/core';
import { formatNumber } from '@anjuan/core/element';
import type { BatchPage } from '@anjuan/core/outbox';
import type { CapturedPicture, FrameSession } from '../../devices/frame-source.js';
import type { CaptureSession } from '../../session/capture-session.js';
import type { Aim, IntakeChoice } from '../../session/page-intake.js';
import type { PipelineWorker } from '../../worker/protocol.js';
import { AnjuanRequestCaptureEvent, type CaptureTrigger } from '../capture-events.js';
import type { CaptureHost } from '../capture-host.js';

/** More pages in one file are refused before the first is read. */
const MAX_FILE_PAGES = 2000;

/** What is wrong with one file only. */
const OF_THE_FILE: ReadonlySet<string> = new Set([
  'image-malformed',
  'image-too-large',
  'tiff-malformed',
  'pdf-malformed',
  'pdf-encrypted',
  'too-many-pages',
  'file-unsupported',
  'pdf-not-scanned',
  'document-empty',
]);

/** `working`: pages come in; `count` so far. */
export type ShutterState =
  | { readonly status: 'ready' }
  | {
      readonly status: 'working';
      readonly kind: 'device' | 'files';
      readonly count: number;
      readonly stop: () => void;
    };

/** What the shutter works with. */
export interface ShutterParts {
  readonly host: CaptureHost;
  readonly scope: () => Scope;
  readonly session: () => CaptureSession | undefined;
  readonly pipeline: () => Promise<PipelineWorker>;
  readonly choice: () => IntakeChoice;
  readonly setAim: (aim: Aim) => void;
  /** A page is durable. */
  readonly confirm: (page: BatchPage) => void;
  readonly report: (error: AnjuanError) => void;
}

/** Brings pictures of a device or of files into the batch, one press at a time. */
export class ShutterController {
  readonly #parts: ShutterParts;
  state: ShutterState = { status: 'ready' };

  constructor(parts: ShutterParts) {
    this.#parts = parts;
  }

  /** A press of the shutter; resolves with the number of pages. Presses while one is under way do nothing. */
  async press(device: FrameSession | undefined, source: CaptureTrigger): Promise<number> {
    if (!device || !this.#mayBegin(source)) return 0;
    return this.#run('device', async (signal, add) => {
      for await (const picture of device.capture({ signal })) await add(picture);
    });
  }

  /** Pages of picked, dropped or pasted files. Resolves with their number. */
  async addFiles(files: readonly File[], source: CaptureTrigger = 'files'): Promise<number> {
    if (files.length === 0 || !this.#mayBegin(source)) return 0;
    return this.#run('files', async (signal, add) => {
      const pipeline = await this.#parts.pipeline();
      for (const file of files) {
        if (signal.aborted) return;
        try {
          await pipeline.importFile(file, { maxPages: MAX_FILE_PAGES }, async ({ bytes, dpi }) => {
            if (signal.aborted) throw new AnjuanError('aborted');
            await add({ kind: 'bytes', bytes, ...(dpi === undefined ? {} : { dpi }) });
          });
        } catch (cause) {
          // A file that cannot be read keeps none of the others out; a full disk does.
          if (!AnjuanError.is(cause) || !OF_THE_FILE.has(cause.code)) throw cause;
          this.#parts.report(cause);
        }
      }
    });
  }

  stop(): void {
    if (this.state.status === 'working') this.state.stop();
  }

  #mayBegin(source: CaptureTrigger): boolean {
    const session = this.#parts.session();
    const batchId = session?.batchId;
    if (this.state.status !== 'ready' || session?.state.status !== 'open' || batchId === undefined) return false;
    return this.#parts.host.fire(new AnjuanRequestCaptureEvent({ batchId, source }));
  }

  async #run(
    kind: 'device' | 'files',
    work: (signal: AbortSignal, add: (picture: CapturedPicture) => Promise<void>) => Promise<void>,
  ): Promise<number> {
    const scope = this.#parts.scope().child();
    let count = 0;
    const stop = (): void => scope.dispose();
    this.#set({ status: 'working', kind, count, stop });
    try {
      await work(scope.signal, async (picture) => {
        if (await this.#take(picture, kind)) count += 1;
        this.#set({ status: 'working', kind, count, stop });
      });
    } catch (cause) {
      const error = AnjuanError.is(cause) ? cause : new AnjuanError('unexpected', { cause });
      if (error.code !== 'aborted') this.#parts.report(error);
    } finally {
      scope.dispose();
      this.#set({ status: 'ready' });
    }
    return count;
  }

  async #take(picture: CapturedPicture, kind: 'device' | 'files'): Promise<boolean> {
    const chosen = this.#parts.choice();
    // A file was not shot over the desk that the camera sees.
    const choice: IntakeChoice = kind === 'files' ? { ...chosen, detect: 'free-hand' } : chosen;
    const page = await this.#parts.session()?.take(picture, choice);
    if (!page) return false;
    // What follows a retake or an insertion goes behind it, at its own place.
    if (choice.aim.kind === 'retake') this.#parts.setAim({ kind: 'append' });
    this.#parts.confirm(page);
    return true;
  }

  #set(state: ShutterState): void {
    this.state = state;
    this.#parts.host.update();
  }

  /** The words beside the shutter while pages come in. */
  progressWords(): string | undefined {
    if (this.state.status !== 'working') return undefined;
    const texts = this.#parts.host.texts();
    const count = formatNumber(this.state.count, this.#parts.host.locale());
    return this.state.kind === 'files' ? texts.files.adding(count) : texts.shutter.busy;
  }
}
