import { AnjuanError, WIDTH_LADDER_PX } from '@anjuan/core';
import type { BlobStore } from '../../blob/blob-store.js';
import type { PageServiceCall, PageSubject } from '../../service/page-service.js';
import { checkedMime } from './analyse.js';
import type { PageArtefacts } from './artefacts.js';
import type { PageMaker } from './page-maker.js';
import { readBlob, readHead } from './read-blob.js';
import { SingleFlight } from './single-flight.js';

interface Parts {
  readonly artefacts: PageArtefacts;
  readonly blobs: BlobStore;
  readonly maker: PageMaker | undefined;
}

/** Narrow widths come from the pixels of this one, so whoever asks for a thumbnail prepares the page as well. */
const TOGETHER: readonly number[] = [160, 480, 1000];

/** Page pictures: made once, kept in the blob store, never made twice at the same time. */
export class Renditions {
  readonly #parts: Parts;
  readonly #making = new SingleFlight<ReadonlyMap<number, Uint8Array>>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Errors: `page-not-found`, `render-failed`, `render-memory` and those of the file. */
  async image(
    subject: PageSubject,
    {
      pageIndex,
      widthPx: wantedPx,
      signal,
    }: PageServiceCall & { readonly pageIndex: number; readonly widthPx: number },
  ): Promise<Uint8Array<ArrayBuffer>> {
    const { artefacts, blobs } = this.#parts;
    const call = signal ? { signal } : {};
    const widthPx = await this.#widthOnOffer(subject, pageIndex, wantedPx);
    const known = await artefacts.image(subject, pageIndex, widthPx, call);
    const kept = known === undefined ? undefined : await blobs.bytes(known, call);
    if (kept) return kept;
    const made = await this.#make(subject, pageIndex, { widthPx, lane: 'interactive', ...call });
    const image = made.get(widthPx);
    if (!image) throw new AnjuanError('render-memory', { details: { widthPx } });
    return new Uint8Array(image);
  }

  /** Makes what is missing of the small and middle widths, behind everything a person waits for. */
  async warm(subject: PageSubject, pageIndex: number): Promise<void> {
    const known = await Promise.all(
      TOGETHER.map((widthPx) => this.#parts.artefacts.image(subject, pageIndex, widthPx)),
    );
    if (known.every((sha256) => sha256 !== undefined)) return;
    await this.#make(subject, pageIndex, { widthPx: TOGETHER[0] ?? 160, lane: 'background' });
  }

  /** Shared by all who ask: it leaves the queue only when the last of them has scrolled on. */
  #make(
    subject: PageSubject,
    pageIndex: number,
    {
      widthPx,
      lane,
      signal,
    }: PageServiceCall & { readonly widthPx: number; readonly lane: 'interactive' | 'background' },
  ): Promise<ReadonlyMap<number, Uint8Array>> {
    const together = TOGETHER.includes(widthPx);
    const step = together ? 'small' : String(widthPx);
    const key = `${lane}/${subject.documentId}/${subject.versionId}/${String(pageIndex)}/${step}`;
    const work = async (stop: AbortSignal): Promise<ReadonlyMap<number, Uint8Array>> => {
      const offered = await this.#offered(subject, pageIndex);
      const widthsPx = (together ? TOGETHER : [widthPx]).filter((width) => offered.includes(width));
      return this.#draw(subject, { pageIndex, widthsPx, lane, signal: stop });
    };
    return this.#making.run(key, work, signal);
  }

  async #offered(subject: PageSubject, pageIndex: number): Promise<readonly number[]> {
    const pages = await this.#parts.artefacts.pages(subject);
    if (pages?.state === 'failed') throw new AnjuanError(pages.code);
    const page = pages?.pages[pageIndex];
    if (pages && !page) throw new AnjuanError('page-not-found', { details: { pageIndex } });
    return page?.widthsPx ?? WIDTH_LADDER_PX;
  }

  /** A wider step than the page offers gets the widest one it has. */
  async #widthOnOffer(subject: PageSubject, pageIndex: number, wantedPx: number): Promise<number> {
    const offered = await this.#offered(subject, pageIndex);
    const fitting = offered.filter((widthPx) => widthPx <= wantedPx).at(-1) ?? offered[0];
    if (fitting === undefined) throw new AnjuanError('render-memory', { details: { widthPx: wantedPx } });
    return fitting;
  }

  async #draw(
    subject: PageSubject,
    job: {
      readonly pageIndex: number;
      readonly widthsPx: readonly number[];
      readonly lane: 'interactive' | 'background';
      readonly signal: AbortSignal;
    },
  ): Promise<ReadonlyMap<number, Uint8Array>> {
    const { blobs, maker, artefacts } = this.#parts;
    if (!maker) throw new AnjuanError('page-not-found', { details: { pageIndex: job.pageIndex } });
    if (job.widthsPx.length === 0) return new Map();
    const read = () => readBlob(blobs, subject.blob.sha256);
    const source = {
      digest: subject.blob.sha256,
      mime: checkedMime(await readHead(blobs, subject.blob), subject.mime),
    };
    const { images } = await maker.run(
      { kind: 'render', source, pageIndex: job.pageIndex, widthsPx: job.widthsPx },
      { read, lane: job.lane, signal: job.signal },
    );
    const saved = await Promise.all(
      images.map(async ({ widthPx, jpeg }) => {
        const { sha256 } = await blobs.put(jpeg);
        return { pageIndex: job.pageIndex, widthPx, sha256 };
      }),
    );
    await artefacts.saveImages(subject, saved);
    return new Map(images.map(({ widthPx, jpeg }) => [widthPx, jpeg]));
  }
}
