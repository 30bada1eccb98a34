/** A rectangle on a page as displayed, in points. Origin is the upper left corner of the page. */
export interface HitRect {
  /** Left edge, in points. */
  readonly x: number;
  /** Upper edge, in points. */
  readonly y: number;
  /** In points. */
  readonly width: number;
  /** In points. */
  readonly height: number;
}

/** One place where a searched text stands. The snippet is patient data: show it, never log it. */
export interface TextHit {
  /** `DocumentReference.id`. */
  readonly documentId: string;
  /** Page of the document, from 0. */
  readonly pageIndex: number;
  /** Where to draw the mark: one rectangle for each run of text that the hit touches. */
  readonly rects: readonly HitRect[];
  /** The hit with the words around it, as they stand on the page. */
  readonly snippet: string;
}

/** What a search over the text of one record found. */
export interface TextHits {
  /** In record order: by document, page and place on the page. */
  readonly hits: readonly TextHit[];
  /** All hits, also those beyond the limit; never less than `hits.length`. */
  readonly total: number;
}
