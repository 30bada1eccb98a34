import { oids } from '../../der/oids.js';
import {
  der,
  derBits,
  derContext,
  derInteger,
  derOid,
  derSequence,
  derSetOf,
  derTime,
  derUtf8,
} from '../../der/write.js';
import { sm3 } from '../sm3/index.js';
import { sm2PublicKey, sm2Sign, sm2SpkiOfPoint } from '../sm2/index.js';
import { utf8 } from './hex.js';

/** A key pair and a certificate of its own making, for tests. */
export interface TestHolder {
  readonly privateKey: Uint8Array;
  readonly publicKey: Uint8Array;
  /** DER, self-signed. */
  readonly certificate: Uint8Array;
  /** Signs with SM2. */
  readonly sign: (data: Uint8Array) => Uint8Array;
}

/** A self-signed SM2 certificate over a key that follows from the name. @source GM/T 0015-2023 5 */
export function testHolder(name: string, period: { readonly fromMs: number; readonly toMs: number }): TestHolder {
  const privateKey = sm3(utf8(name));
  privateKey[0] = 1;
  const publicKey = sm2PublicKey(privateKey);
  const algorithm = derSequence(derOid(oids.sm2WithSm3));
  const subject = derSequence(derSetOf(derSequence(derOid(oids.commonName), derUtf8(name))));
  const body = derSequence(
    derContext(0, derInteger(2)),
    derInteger(990001),
    algorithm,
    subject,
    derSequence(derTime(period.fromMs), derTime(period.toMs)),
    subject,
    sm2SpkiOfPoint(publicKey),
    derContext(3, derSequence(derSequence(derOid(oids.keyUsage), der(4, derBits(Uint8Array.of(0xc0), 6))))),
  );
  const sign = (data: Uint8Array): Uint8Array => sm2Sign({ privateKey, publicKey, data });
  return { privateKey, publicKey, certificate: derSequence(body, algorithm, derBits(sign(body))), sign };
}
