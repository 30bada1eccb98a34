import { AnjuanError, linkAbort, throwIfAborted } from '@anjuan/core';
import { captureError } from '@anjuan/core/outbox';
import type { ImportedPage } from '../../worker/protocol.js';
import type { CapturedPicture, FrameCaptureOptions, FrameDevice, FrameSession, FrameSource } from '../frame-source.js';
import type { ImportOptions } from './import-file.js';
import { handOffPages } from './page-hand-off.js';
import { filesFrom, type PickedFiles } from './picked-files.js';

/** Reads the pages of one file, for example in the image worker. Same contract as `importFile`. */
export type FileImporter = (
  file: Blob,
  options: ImportOptions,
  onPage: (page: ImportedPage) => Promise<void>,
) => Promise<number>;

/** Options of `createFileSource`. */
export interface FileSourceOptions {
  /** Default: `importFile` in this thread. */
  readonly importer?: FileImporter;
  /** Default 500 pages a file. */
  readonly maxPages?: number;
}

/** Files that people pick, drop, paste or photograph, each as a device that is opened once. */
export interface FileSource extends FrameSource {
  /** Takes the files in; gives their devices in the same order. */
  add(picked: PickedFiles): readonly FrameDevice[];
}

const MOST_PAGES = 500;

/** Pictures, TIFF and scanned PDF files as a source of pages. A file is forgotten when its session is closed. */
export function createFileSource(options: FileSourceOptions = {}): FileSource {
  const importer = options.importer ?? importHere;
  const maxPages = options.maxPages ?? MOST_PAGES;
  const waiting = new Map<string, File>();
  const listeners = new Set<() => void>();
  let added = 0;
  const changed = (): void => {
    for (const listener of [...listeners]) listener();
  };
  const list = (): readonly FrameDevice[] =>
    [...waiting].map(([deviceId, file], index) => ({
      deviceId,
      kind: 'file',
      label: file.name,
      preferred: index === 0,
    }));

  return {
    name: 'file',
    list: async ({ signal } = {}) => {
      throwIfAborted(signal);
      return list();
    },
    add: (picked) => {
      const ids = filesFrom(picked).map((file) => {
        added += 1;
        waiting.set(`file-${added}`, file);
        return `file-${added}`;
      });
      if (ids.length > 0) changed();
      return list().filter((device) => ids.includes(device.deviceId));
    },
    open: async (deviceId, { signal } = {}) => {
      throwIfAborted(signal);
      const device = list().find((one) => one.deviceId === deviceId);
      const file = waiting.get(deviceId);
      if (!device || !file) throw captureError('device-not-found');
      return new FileSession(device, file, {
        importer,
        maxPages,
        onClose: () => {
          if (waiting.delete(deviceId)) changed();
        },
      });
    },
    watch: (listener) => {
      const own = (): void => listener();
      listeners.add(own);
      return () => void listeners.delete(own);
    },
  };
}

/** Loaded when the first file is opened: decoders are of no use to who never brings one. */
const importHere: FileImporter = async (file, options, onPage) => {
  const { importFile } = await import('./import-file.js');
  return importFile(file, options, onPage);
};

interface FileSessionOptions extends Required<FileSourceOptions> {
  readonly onClose: () => void;
}

class FileSession implements FrameSession {
  readonly device: FrameDevice;
  readonly widthPx = 0;
  readonly heightPx = 0;
  readonly warnings = [];
  readonly controls = [];
  readonly preview = { kind: 'none' } as const;
  readonly ended: Promise<AnjuanError | undefined>;
  readonly #file: File;
  readonly #options: FileSessionOptions;
  readonly #over = linkAbort();
  #settle: (reason: undefined) => void = () => undefined;

  constructor(device: FrameDevice, file: File, options: FileSessionOptions) {
    this.device = device;
    this.#file = file;
    this.#options = options;
    this.ended = new Promise((resolve) => (this.#settle = resolve));
  }

  /** All pages of the file; the next one is read when this one is taken. */
  async *capture({ signal }: FrameCaptureOptions = {}): AsyncGenerator<CapturedPicture> {
    const stop = linkAbort(this.#over.signal, signal);
    try {
      throwIfAborted(stop.signal);
      const { importer, maxPages } = this.#options;
      const work = (onPage: (page: ImportedPage) => Promise<void>): Promise<number> =>
        importer(this.#file, { maxPages, signal: stop.signal }, onPage);
      for await (const page of handOffPages(work, stop.signal)) {
        throwIfAborted(stop.signal);
        yield { kind: 'bytes', bytes: page.bytes, ...(page.dpi !== undefined && { dpi: page.dpi }) };
      }
    } finally {
      stop.abort(new AnjuanError('aborted'));
      stop.release();
    }
  }

  async setControl(): Promise<void> {
    throw new AnjuanError('invalid-argument');
  }

  close(): void {
    if (this.#over.signal.aborted) return;
    this.#over.abort(new AnjuanError('aborted'));
    this.#settle(undefined);
    this.#options.onClose();
  }
}
