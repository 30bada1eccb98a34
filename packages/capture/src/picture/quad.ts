/** A place in a picture in pixels, origin at the top left corner of the top left pixel; fractions are kept. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Four corners of a page as it is read: top left, top right, bottom right, bottom left. */
export type Quad = readonly [Point, Point, Point, Point];
