import {
  der,
  derBoolean,
  derGeneralizedTime,
  derIa5,
  derInteger,
  derOctets,
  derOid,
  derPrintable,
  derSequence,
  derUtf8,
} from '../../der/write.js';
import { tags } from '../../der/read.js';
import { sealError } from './field-reader.js';
import type { SealExtension, SealInfo, SealSigners } from './seal.js';

/** DER SES_SealInfo of version 1 or 4. @source GM/T 0031-2014 5; GB/T 38540-2020 6 */
export function writeSealInfo(info: Omit<SealInfo, 'headerVersion'>, version: 1 | 4): Uint8Array {
  const { picture } = info;
  const time = version === 1 ? derUtcTime : derGeneralizedTime;
  const list = info.signers.kind === 'certificates' ? 1 : 2;
  if (version === 1 && list === 2) throw sealError('signer-list-type');
  return derSequence(
    derSequence(derIa5('ES'), derInteger(version), derIa5(info.vendor)),
    derIa5(info.id),
    derSequence(
      derInteger(info.kind),
      derUtf8(info.name),
      ...(version === 1 ? [] : [derInteger(list)]),
      writeSigners(info.signers),
      ...[info.createdMs, info.validFromMs, info.validToMs].map(time),
    ),
    derSequence(
      derIa5(picture.type),
      derOctets(picture.data),
      derInteger(picture.widthMm),
      derInteger(picture.heightMm),
    ),
    ...(info.extensions.length > 0 ? [writeExtensions(info.extensions)] : []),
  );
}

function writeSigners(signers: SealSigners): Uint8Array {
  return signers.kind === 'certificates'
    ? derSequence(...signers.certificates.map(derOctets))
    : derSequence(...signers.digests.map(({ type, value }) => derSequence(derPrintable(type), derOctets(value))));
}

/** ExtensionDatas; `critical` is left out when false, as DER demands. @source GB/T 38540-2020 6 */
export function writeExtensions(extensions: readonly SealExtension[]): Uint8Array {
  return derSequence(
    ...extensions.map(({ oid, critical, value }) =>
      derSequence(derOid(oid), ...(critical ? [derBoolean(true)] : []), derOctets(value)),
    ),
  );
}

/** UTCTime; years from 1950 to 2049. */
export function derUtcTime(timeMs: number): Uint8Array {
  const digits = new Date(timeMs).toISOString().replace(/[-:T]|\.\d+/g, '');
  if (digits < '1950' || digits >= '2050') throw sealError('year-outside-utc-time');
  return der(tags.utcTime, new TextEncoder().encode(digits.slice(2)));
}
