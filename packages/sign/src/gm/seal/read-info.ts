import { tags, type DerNode } from '../../der/read.js';
import { isUniversal, readBoolean, readOctets } from '../../der/values.js';
import { FieldReader, sealError } from './field-reader.js';
import type { SealExtension, SealInfo, SealPicture, SealSigners } from './seal.js';

/** More entries than any honest seal has. */
const MAX_ENTRIES = 4096;
/** Longest side of a seal picture. */
const MAX_SIDE_MM = 2000;

type Property = Pick<SealInfo, 'kind' | 'name' | 'signers' | 'createdMs' | 'validFromMs' | 'validToMs'>;

/** SES_SealInfo of either layout. @source GM/T 0031-2014 5; GB/T 38540-2020 6 */
export function readSealInfo(node: DerNode, layout: 1 | 4): SealInfo {
  const fields = new FieldReader(node);
  const header = fields.sequence();
  if (header.text(tags.ia5String) !== 'ES') throw sealError('header-id');
  const headerVersion = header.integer();
  const vendor = header.text(tags.ia5String);
  header.end();
  const id = fields.text(tags.ia5String);
  const property = readProperty(fields.sequence(), layout);
  const picture = readPicture(fields.sequence());
  const extensions = fields.left > 0 ? readExtensions(fields.take()) : [];
  fields.end();
  return { headerVersion, vendor, id, ...property, picture, extensions };
}

function readProperty(fields: FieldReader, layout: 1 | 4): Property {
  const kind = fields.integer();
  const name = fields.text(tags.utf8String);
  const signers = layout === 1 ? readCertificates(fields.take()) : readSigners(fields.integer(), fields.take());
  // Version 1 says UTCTime; some makers write GeneralizedTime.
  const times = layout === 1 ? [tags.utcTime, tags.generalizedTime] : [tags.generalizedTime];
  const [createdMs, validFromMs, validToMs] = [fields.time(...times), fields.time(...times), fields.time(...times)];
  fields.end();
  if (validToMs < validFromMs) throw sealError('period-reversed');
  return { kind, name, signers, createdMs, validFromMs, validToMs };
}

function readSigners(listKind: number, list: DerNode): SealSigners {
  if (listKind === 1) return readCertificates(list);
  if (listKind !== 2) throw sealError('signer-list-type');
  const digests = entries(list).map((node) => {
    const fields = new FieldReader(node);
    const digest = { type: fields.text(tags.printableString), value: fields.octets() };
    fields.end();
    return digest;
  });
  return { kind: 'digests', digests };
}

function readCertificates(list: DerNode): SealSigners {
  return { kind: 'certificates', certificates: entries(list).map(readOctets) };
}

function entries(list: DerNode): readonly DerNode[] {
  if (!isUniversal(list, tags.sequence)) throw sealError('signer-list');
  if (list.children.length === 0 || list.children.length > MAX_ENTRIES) throw sealError('signer-list-length');
  return list.children;
}

function readPicture(fields: FieldReader): SealPicture {
  const type = fields.text(tags.ia5String);
  const data = fields.octets();
  const [widthMm, heightMm] = [fields.integer(), fields.integer()];
  fields.end();
  if ([widthMm, heightMm].some((side) => side < 1 || side > MAX_SIDE_MM)) throw sealError('picture-size');
  return { type, data, widthMm, heightMm };
}

/** ExtensionDatas; `critical` may be left out or written. @source GB/T 38540-2020 6 */
export function readExtensions(node: DerNode): readonly SealExtension[] {
  const list = new FieldReader(node);
  if (list.left > MAX_ENTRIES) throw sealError('extensions-length');
  const extensions: SealExtension[] = [];
  while (list.left > 0) {
    const fields = list.sequence();
    const oid = fields.oid();
    const critical = isUniversal(fields.peek, tags.boolean) && readBoolean(fields.take());
    extensions.push({ oid, critical, value: fields.octets() });
    fields.end();
  }
  return extensions;
}
