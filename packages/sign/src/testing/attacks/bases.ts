/** A signed file to be attacked. */
export interface SignedBase {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly password?: string;
}
