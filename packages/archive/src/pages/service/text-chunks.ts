import type { PageText } from '@anjuan/core';
import type { BlobStore } from '../../blob/blob-store.js';
import type { PageSubject } from '../../service/page-service.js';
import { checkedMime } from './analyse.js';
import { TEXT_CHUNK_PAGES, type PageArtefacts } from './artefacts.js';
import type { PageMaker } from './page-maker.js';
import { readBlob, readHead } from './read-blob.js';
import { SingleFlight } from './single-flight.js';

interface Parts {
  readonly artefacts: PageArtefacts;
  readonly blobs: BlobStore;
  readonly maker: PageMaker | undefined;
}

/** Page text by chunk: from the ingest, or read now for the far pages of very long files. */
export class TextChunks {
  readonly #parts: Parts;
  readonly #reading = new SingleFlight<readonly PageText[]>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async chunk(subject: PageSubject, chunk: number, pageCount: number): Promise<readonly PageText[]> {
    const { artefacts, maker } = this.#parts;
    const known = await artefacts.text(subject, chunk);
    if (known || !maker) return known ?? [];
    const key = `${subject.documentId}/${subject.versionId}/${String(chunk)}`;
    return this.#reading.run(key, () => this.#read(maker, subject, chunk, pageCount));
  }

  async #read(maker: PageMaker, subject: PageSubject, chunk: number, pageCount: number): Promise<readonly PageText[]> {
    const { artefacts, blobs } = this.#parts;
    const mime = checkedMime(await readHead(blobs, subject.blob), subject.mime);
    const source = { digest: subject.blob.sha256, mime };
    const from = chunk * TEXT_CHUNK_PAGES;
    const to = Math.min(from + TEXT_CHUNK_PAGES, pageCount);
    const read = () => readBlob(blobs, subject.blob.sha256);
    const { texts } = await maker.run({ kind: 'text', source, from, to }, { read });
    await artefacts.saveText(subject, chunk, texts);
    return texts;
  }
}
