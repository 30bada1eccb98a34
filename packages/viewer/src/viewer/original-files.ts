import { AnjuanError, Scope, type ArchiveClient, type DocumentEntry } from '@anjuan/core';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { canDownload } from './can-download.js';
import { downloadOriginal } from './download.js';
import type { ReadingController } from './reading-controller.js';
import { AnjuanRequestDownloadEvent } from './viewer-events.js';

export interface OriginalFilesParts {
  readonly reading: () => ReadingController;
  readonly client: () => ArchiveClient | undefined;
  readonly explain: (error: AnjuanError) => string;
}

/** Hands out original files, unless the host takes that over. */
export class OriginalFiles implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #parts: OriginalFilesParts;
  #scope = new Scope();

  constructor(host: ReactiveControllerHost & HTMLElement, parts: OriginalFilesParts) {
    this.#host = host;
    this.#parts = parts;
    host.addController(this);
  }

  hostConnected(): void {
    this.#scope = new Scope();
  }

  hostDisconnected(): void {
    this.#scope.dispose();
  }

  /** Asks the host, then saves the file. A failure becomes a line for the reader and an `anjuan-error`. */
  async request(document: DocumentEntry | undefined): Promise<void> {
    const reading = this.#parts.reading();
    const client = this.#parts.client();
    const { recordId } = reading;
    if (!document || !client || recordId === undefined || !canDownload(document)) return;
    const { documentId, versionId } = document;
    const asked = new AnjuanRequestDownloadEvent({ recordId, documentId, versionId, source: 'reader' });
    if (!this.#host.dispatchEvent(asked)) return;
    try {
      await downloadOriginal(client, document, { scope: this.#scope });
    } catch (reason) {
      const error = AnjuanError.from(reason);
      if (error.code === 'aborted') return;
      reading.tell(this.#parts.explain(error));
      reading.reportFailure(error);
    }
  }
}
