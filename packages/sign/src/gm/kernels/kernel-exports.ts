/** What the compiled module exports; addresses are byte offsets into `memory`. */
export interface KernelExports {
  readonly memory: WebAssembly.Memory;
  /** Working memory that is never given back: the module's own tables. */
  reserve(sizeBytes: number): number;
  sm3Blocks(state: number, data: number, count: number): void;
  /** Points are X, Y, Z of 32 bytes little-endian; tables hold multiples of one affine point. */
  setInfinity(point: number): void;
  sm2TableBytes(): number;
  sm2TableScratchBytes(): number;
  sm2Table(table: number, point: number, scratch: number): void;
  sm2AddMultiple(sum: number, table: number, scalar: number): void;
  sm2AddSecretMultiple(sum: number, table: number, scalar: number): void;
  sm2AddOnce(sum: number, point: number, scalar: number, scratch: number): void;
  sm2HasX(point: number, candidate: number): number;
  sm2ToAffine(point: number): void;
}
