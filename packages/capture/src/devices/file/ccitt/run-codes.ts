import { blackRunCodes, longRunCodes, whiteRunCodes } from '../../../encode/g4-codes.data.js';

/** Bits that the longest run code has. */
export const RUN_BITS = 13;

/** For each next 13 bits: length of the code << 16 | run; 0 where no code begins. Index 0 white, 1 black. */
export type RunTables = readonly [Int32Array, Int32Array];

let tables: RunTables | undefined;

/** The codes of T.4 as tables, made at first use. */
export function runTables(): RunTables {
  tables ??= [tableOf(whiteRunCodes), tableOf(blackRunCodes)];
  return tables;
}

function tableOf(codes: string): Int32Array {
  const table = new Int32Array(1 << RUN_BITS);
  const add = (code: string, run: number): void => {
    const free = RUN_BITS - code.length;
    const first = Number.parseInt(code, 2) << free;
    table.fill((code.length << 16) | run, first, first + (1 << free));
  };
  codes.split(' ').forEach((code, index) => add(code, index < 64 ? index : (index - 63) * 64));
  longRunCodes.split(' ').forEach((code, index) => add(code, 1792 + index * 64));
  return table;
}
