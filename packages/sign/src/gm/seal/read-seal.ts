import { tags, type DerNode } from '../../der/read.js';
import { isContext, isUniversal } from '../../der/values.js';
import { FieldReader, readSealDer, sealError, wholeBytes } from './field-reader.js';
import { readExtensions, readSealInfo } from './read-info.js';
import { readVersion1Time } from './seal-time.js';
import type { Seal, SesSignature } from './seal.js';

/** Reads a SESeal of version 1, 4 or 5. Errors: `seal-malformed` with `details.reason`. @source GB/T 38540-2020 6; GM/T 0031-2014 5 */
export function parseSeal(der: Uint8Array): Seal {
  return readSealDer(der, readSeal);
}

/**
 * Reads a SES_Signature of version 1, 4 or 5. Errors: `seal-malformed` with `details.reason`.
 * @source GB/T 38540-2020 7; GM/T 0031-2014 6
 */
export function parseSesSignature(der: Uint8Array): SesSignature {
  return readSealDer(der, (node) =>
    node.children.length === 2 ? readVersion1Signature(node) : readVersion4Signature(node),
  );
}

function readSeal(node: DerNode): Seal {
  return node.children.length === 2 ? readVersion1Seal(node) : readVersion4Seal(node);
}

function readVersion1Seal(node: DerNode): Seal {
  const fields = new FieldReader(node);
  const info = fields.take();
  const sign = fields.sequence();
  const maker = { makerCertificate: sign.octets(), makerAlgorithm: sign.oid(), makerSignature: sign.bits() };
  sign.end();
  return { version: 1, der: node.bytes, infoDer: info.bytes, ...readSealInfo(info, 1), ...maker };
}

function readVersion4Seal(node: DerNode): Seal {
  const fields = new FieldReader(node);
  const infoNode = fields.take();
  const info = readSealInfo(infoNode, 4);
  const version = info.headerVersion === 5 ? 5 : 4;
  const maker = { makerCertificate: fields.octets(), makerAlgorithm: fields.oid(), makerSignature: fields.bits() };
  const makerTimestamp = version === 5 ? readTimestamp(fields) : undefined;
  fields.end();
  return {
    version,
    der: node.bytes,
    infoDer: infoNode.bytes,
    ...info,
    ...maker,
    ...(makerTimestamp ? { makerTimestamp } : {}),
  };
}

function readVersion1Signature(node: DerNode): SesSignature {
  const fields = new FieldReader(node);
  const toSign = fields.take();
  const signature = fields.bits();
  const signed = new FieldReader(toSign);
  const signedVersion = signed.integer();
  const seal = readSeal(signed.take());
  if (seal.version !== 1) throw sealError('versions-mixed');
  const time = readVersion1Time(bitsOrOctets(signed));
  const dataHash = bitsOrOctets(signed);
  const propertyInfo = signed.text(tags.ia5String);
  const certificate = signed.octets();
  const algorithm = signed.oid();
  signed.end();
  const head = { version: 1, signedVersion, der: node.bytes, toSign: toSign.bytes, seal, time } as const;
  return { ...head, dataHash, propertyInfo, extensions: [], certificate, algorithm, signature };
}

function readVersion4Signature(node: DerNode): SesSignature {
  const fields = new FieldReader(node);
  const toSign = fields.take();
  const signed = new FieldReader(toSign);
  const signedVersion = signed.integer();
  const seal = readSeal(signed.take());
  if (seal.version === 1) throw sealError('versions-mixed');
  const time = { kind: 'claimed', timeMs: signed.time(tags.generalizedTime) } as const;
  const dataHash = signed.bits();
  const propertyInfo = signed.text(tags.ia5String);
  const extensions = signed.left > 0 ? readExtensions(untagged(signed.take())) : [];
  signed.end();
  const signer = { certificate: fields.octets(), algorithm: fields.oid(), signature: fields.bits() };
  const timestamp = readTimestamp(fields);
  fields.end();
  const head = { version: seal.version, signedVersion, der: node.bytes, toSign: toSign.bytes, seal, time };
  return { ...head, dataHash, propertyInfo, extensions, ...signer, ...(timestamp ? { timestamp } : {}) };
}

/** Some makers of version 1 write OCTET STRING where the standard says BIT STRING. */
function bitsOrOctets(fields: FieldReader): Uint8Array {
  return isUniversal(fields.peek, tags.octetString) ? fields.octets() : fields.bits();
}

/** `[0] EXPLICIT` as the standard says, or the value itself as some makers write it. */
function untagged(node: DerNode): DerNode {
  if (!isContext(node, 0)) return node;
  const [inner, ...more] = node.children;
  if (!inner || more.length > 0) throw sealError('tagged-field');
  return inner;
}

/** A timestamp token, tagged or not. */
function readTimestamp(fields: FieldReader): Uint8Array | undefined {
  if (fields.left === 0) return undefined;
  return wholeBytes(untagged(fields.take()));
}
