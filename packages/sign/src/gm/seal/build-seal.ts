import { oids } from '../../der/oids.js';
import { derBits, derOctets, derOid, derSequence } from '../../der/write.js';
import { parseSeal } from './read-seal.js';
import type { SealInfo } from './seal.js';
import { writeSealInfo } from './write-info.js';

/** What a seal is made of. */
export interface BuildSealOptions extends Omit<SealInfo, 'headerVersion'> {
  /** 1: GM/T 0031-2014; 4: GB/T 38540-2020, the default. */
  readonly version?: 1 | 4;
  readonly maker: {
    /** DER certificate of the maker. */
    readonly certificate: Uint8Array;
    /** Object identifier; default SM2 with SM3. */
    readonly algorithm?: string;
    /** Signs; SM2: with Z_A, DER value. */
    readonly sign: (data: Uint8Array) => Promise<Uint8Array> | Uint8Array;
  };
}

/**
 * Makes a seal: for tests and for hospitals that make their own. What it makes, `parseSeal` reads.
 * Errors: `seal-malformed` for values that the standard does not allow, whatever `sign` raises.
 * @source GB/T 38540-2020 6; GM/T 0031-2014 5
 */
export async function buildSeal(options: BuildSealOptions): Promise<Uint8Array<ArrayBuffer>> {
  const { version = 4, maker } = options;
  const info = writeSealInfo(options, version);
  const certificate = derOctets(maker.certificate);
  const algorithm = derOid(maker.algorithm ?? oids.sm2WithSm3);
  const signed = version === 1 ? derSequence(info, certificate, algorithm) : info;
  const unsigned = assemble({ version, info, certificate, algorithm, value: new Uint8Array(1) });
  parseSeal(unsigned);
  return assemble({ version, info, certificate, algorithm, value: await maker.sign(signed) });
}

function assemble(parts: {
  readonly version: 1 | 4;
  readonly info: Uint8Array;
  readonly certificate: Uint8Array;
  readonly algorithm: Uint8Array;
  readonly value: Uint8Array;
}): Uint8Array<ArrayBuffer> {
  const maker = [parts.certificate, parts.algorithm, derBits(parts.value)];
  return parts.version === 1 ? derSequence(parts.info, derSequence(...maker)) : derSequence(parts.info, ...maker);
}
