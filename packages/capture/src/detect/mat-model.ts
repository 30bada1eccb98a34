/** The empty desk, remembered pixel by pixel at reduced size (空台标定). */
export interface MatModel {
  /** Size of the frames it was made from. */
  readonly frameWidthPx: number;
  readonly frameHeightPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Brightness, blue-yellow and red-green of each place, three planes. */
  readonly mean: Uint8Array;
  /** Standard deviation of each place and plane in 1/8 level. */
  readonly deviation: Uint8Array;
}
