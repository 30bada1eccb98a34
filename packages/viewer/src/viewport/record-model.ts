import type { AnjuanError, DocumentEntry, PageEntry, RotationDeg } from '@anjuan/core';
import { addRotation, pageBox, type PageBox } from '../layout/index.js';
import type { PageAddress, PageRotated } from './types.js';

/** Documents with what the viewer learns on the way: measured pages, true page sizes, the reader's rotations, failures. */
export class RecordModel {
  #documents: DocumentEntry[] = [];
  #recordRotation: RotationDeg = 0;
  readonly #rotations = new Map<string, RotationDeg>();
  readonly #failures = new Map<string, AnjuanError>();

  constructor(documents: readonly DocumentEntry[], rotations: PageRotated['rotations'] = []) {
    for (const rotation of rotations) this.#rotations.set(addressKey(rotation), rotation.rotationDeg);
    this.replace(documents);
  }

  get documents(): readonly DocumentEntry[] {
    return this.#documents;
  }

  /** A newer list; what was measured of unchanged versions is kept. */
  replace(documents: readonly DocumentEntry[]): void {
    const known = new Map(this.#documents.map((document) => [versionKey(document), document]));
    this.#documents = documents.map((document) => {
      const measured = known.get(versionKey(document));
      return document.state === 'unmeasured' && measured?.state === 'ready' ? measured : document;
    });
  }

  indexOf(documentId: string): number {
    return this.#documents.findIndex((document) => document.documentId === documentId);
  }

  /** Turns an `unmeasured` document `ready`. */
  measured(documentId: string, pages: readonly PageEntry[]): void {
    const index = this.indexOf(documentId);
    const document = this.#documents[index];
    if (document?.state !== 'unmeasured') return;
    this.#failures.delete(documentId);
    this.#documents[index] = { ...document, state: 'ready', pages };
    if (this.#recordRotation === 0) return;
    pages.forEach((_, pageInDocument) => this.#turn({ documentId, pageInDocument }, this.#recordRotation));
  }

  /** Takes over a page's true size; false when it is the known one (or nearly). */
  correct(documentIndex: number, pageInDocument: number, entry: PageEntry): boolean {
    const document = this.#documents[documentIndex];
    const known = document?.pages[pageInDocument];
    if (document?.state !== 'ready' || known === undefined) return false;
    const [was, is] = [pageBox(known), pageBox(entry)];
    if (Math.abs(was.widthPt - is.widthPt) < 1 && Math.abs(was.heightPt - is.heightPt) < 1) return false;
    const { widthPt, heightPt, rotationDeg } = entry;
    const pages = [...document.pages];
    pages[pageInDocument] = { ...known, widthPt, heightPt, rotationDeg };
    this.#documents[documentIndex] = { ...document, pages };
    return true;
  }

  failure(documentId: string): AnjuanError | undefined {
    return this.#failures.get(documentId);
  }

  setFailure(documentId: string, error: AnjuanError | undefined): void {
    if (error) this.#failures.set(documentId, error);
    else this.#failures.delete(documentId);
  }

  rotationOf(address: PageAddress): RotationDeg {
    return this.#rotations.get(addressKey(address)) ?? 0;
  }

  rotate(degrees: number, address?: PageAddress): void {
    if (address) {
      this.#turn(address, degrees);
      return;
    }
    this.#recordRotation = addRotation(this.#recordRotation, degrees);
    for (const { documentId, pages } of this.#documents) {
      pages.forEach((_, pageInDocument) => this.#turn({ documentId, pageInDocument }, degrees));
    }
  }

  get rotations(): PageRotated['rotations'] {
    return this.#documents.flatMap(({ documentId, pages }) =>
      pages.flatMap((_, pageInDocument) => {
        const rotationDeg = this.rotationOf({ documentId, pageInDocument });
        return rotationDeg === 0 ? [] : [{ documentId, pageInDocument, rotationDeg }];
      }),
    );
  }

  /** Boxes of all pages as shown, for the layout. */
  boxes(): { pages: PageBox[] }[] {
    return this.#documents.map(({ documentId, pages }) => ({
      pages: pages.map((page, pageInDocument) => pageBox(page, this.rotationOf({ documentId, pageInDocument }))),
    }));
  }

  #turn(address: PageAddress, degrees: number): void {
    this.#rotations.set(addressKey(address), addRotation(this.rotationOf(address), degrees));
  }
}

/** Key of a page's pictures and views: another version of a document is another page. */
export function pageKey(document: DocumentEntry, pageInDocument: number): string {
  return `${versionKey(document)}/${pageInDocument}`;
}

function versionKey(document: DocumentEntry): string {
  return `${document.documentId}/${document.versionId}`;
}

function addressKey({ documentId, pageInDocument }: PageAddress): string {
  return `${documentId}/${pageInDocument}`;
}
