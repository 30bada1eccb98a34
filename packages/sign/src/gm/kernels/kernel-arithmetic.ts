import { Sm2Point, type Sm2CurvePoint } from '../sm2/curve.js';
import { usesOf, type Sm2Arithmetic } from '../sm2/arithmetic.js';
import type { KernelExports } from './kernel-exports.js';

/** How many keys keep their tables of 170 KB each; the one used longest ago gives its place to the next. */
const TABLES = 16;
/** A table costs as much as ten checks without one. */
const USES_BEFORE_TABLE = 3;

/** SM2 by the kernel. Sums that hold a secret take the same steps for every scalar. */
export class KernelArithmetic implements Sm2Arithmetic {
  readonly #kernel: KernelExports;
  readonly #sum: number;
  readonly #point: number;
  readonly #scalar: number;
  readonly #scratch: number;
  readonly #tables = new Map<Sm2CurvePoint, number>();
  #base: number | undefined;

  constructor(kernel: KernelExports) {
    this.#kernel = kernel;
    this.#sum = kernel.reserve(96);
    this.#point = kernel.reserve(64);
    this.#scalar = kernel.reserve(32);
    this.#scratch = kernel.reserve(kernel.sm2TableScratchBytes());
  }

  sumHasX(key: Sm2CurvePoint, s: bigint, t: bigint, candidates: readonly bigint[]): boolean {
    const kernel = this.#kernel;
    kernel.setInfinity(this.#sum);
    kernel.sm2AddMultiple(this.#sum, this.#baseTable(), this.#write(this.#scalar, s));
    const table = this.#tableOf(key);
    this.#write(this.#scalar, t);
    if (table === undefined) kernel.sm2AddOnce(this.#sum, this.#writePoint(key), this.#scalar, this.#scratch);
    else kernel.sm2AddMultiple(this.#sum, table, this.#scalar);
    return candidates.some((x) => kernel.sm2HasX(this.#sum, this.#write(this.#scalar, x)) === 1);
  }

  baseMultiple(secret: bigint): { readonly x: bigint; readonly y: bigint } {
    const kernel = this.#kernel;
    kernel.setInfinity(this.#sum);
    kernel.sm2AddSecretMultiple(this.#sum, this.#baseTable(), this.#write(this.#scalar, secret));
    this.#write(this.#scalar, 0n);
    kernel.sm2ToAffine(this.#sum);
    return { x: this.#read(this.#sum), y: this.#read(this.#sum + 32) };
  }

  #baseTable(): number {
    this.#base ??= this.#fill(this.#kernel.reserve(this.#kernel.sm2TableBytes()), Sm2Point.BASE);
    return this.#base;
  }

  #tableOf(key: Sm2CurvePoint): number | undefined {
    let table = this.#tables.get(key);
    if (table === undefined) {
      if (usesOf(key) < USES_BEFORE_TABLE) return undefined;
      const [oldest] = this.#tables.size < TABLES ? [] : this.#tables;
      if (oldest) this.#tables.delete(oldest[0]);
      table = this.#fill(oldest?.[1] ?? this.#kernel.reserve(this.#kernel.sm2TableBytes()), key);
    }
    this.#tables.delete(key);
    this.#tables.set(key, table);
    return table;
  }

  #fill(table: number, point: Sm2CurvePoint): number {
    this.#kernel.sm2Table(table, this.#writePoint(point), this.#scratch);
    return table;
  }

  #writePoint(point: Sm2CurvePoint): number {
    const { x, y } = point.toAffine();
    this.#write(this.#point + 32, y);
    return this.#write(this.#point, x);
  }

  #write(address: number, value: bigint): number {
    const view = new DataView(this.#kernel.memory.buffer, address, 32);
    for (let at = 0; at < 4; at += 1) view.setBigUint64(at * 8, BigInt.asUintN(64, value >> BigInt(at * 64)), true);
    return address;
  }

  #read(address: number): bigint {
    const view = new DataView(this.#kernel.memory.buffer, address, 32);
    return [24, 16, 8, 0].reduce((value, at) => (value << 64n) | view.getBigUint64(at, true), 0n);
  }
}
