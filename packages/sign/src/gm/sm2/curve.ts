import { weierstrass } from '@noble/curves/abstract/weierstrass.js';

/** The recommended curve sm2p256v1. @source GB/T 32918.5-2017 2 */
export const Sm2Point = weierstrass({
  p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
  n: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
  h: 1n,
  a: 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  Gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  Gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
});

/** A point of the curve. */
export type Sm2CurvePoint = typeof Sm2Point.BASE;

/** Scalars: integers modulo the order n. */
export const scalars = Sm2Point.Fn;

/** 32 bytes, big-endian, of an integer below 2^256. */
export function toBytes32(value: bigint): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(32);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < 4; at += 1) view.setBigUint64(at * 8, BigInt.asUintN(64, value >> BigInt((3 - at) * 64)));
  return bytes;
}

/** Big-endian integer. */
export function toInteger(bytes: Uint8Array): bigint {
  let hex = '0x0';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return BigInt(hex);
}
