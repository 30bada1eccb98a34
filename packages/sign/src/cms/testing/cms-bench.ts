import { ecdsaToDer, openCryptoEngine } from '../../crypto/index.js';
import {
  der,
  derContext,
  derInteger,
  derOctets,
  derOid,
  derSequence,
  derSetOf,
  oids,
  readDer,
} from '../../der/index.js';
import { issueCertificate, type IssuedCertificate } from '../../testing/issue-certificate.js';

const sha256 = derSequence(derOid(oids.sha256));
const ecdsa = derSequence(derOid(oids.ecdsaWithSha256));
const attribute = (oid: string, ...values: readonly Uint8Array[]): Uint8Array =>
  derSequence(derOid(oid), derSetOf(...values));

export interface EssParts {
  readonly of?: IssuedCertificate;
  readonly hash?: Uint8Array;
  readonly certHash?: Uint8Array;
  readonly issuer?: IssuedCertificate;
  readonly serial?: number;
  readonly more?: readonly Uint8Array[];
}

/** A signature to put together; what is left out is as it should be. */
export interface CmsParts {
  readonly outer?: string;
  readonly version?: number;
  readonly digests?: readonly Uint8Array[];
  readonly content?: readonly Uint8Array[];
  readonly certificates?: readonly Uint8Array[];
  readonly signerVersion?: number;
  readonly sid?: Uint8Array;
  readonly digestIdentifier?: Uint8Array;
  readonly signatureIdentifier?: Uint8Array;
  /** Members of the signed attributes, in the order to be written; null for none. */
  readonly signed?: readonly Uint8Array[] | null;
  readonly unsigned?: readonly Uint8Array[];
  readonly signers?: number;
  /** Default the doctor. */
  readonly signedBy?: IssuedCertificate;
  readonly signatureOf?: Uint8Array;
  readonly afterSigner?: readonly Uint8Array[];
  readonly tail?: readonly Uint8Array[];
}

/** People with certificates, and signatures of the doctor put together by hand. */
export async function openCmsBench() {
  const engine = await openCryptoEngine();
  const content = new TextEncoder().encode('content');
  const digest = await engine.digest('sha-256', content);
  const doctor = await issueCertificate({ name: 'doctor', serial: 7 });
  const stranger = await issueCertificate({ name: 'stranger', serial: 8 });
  const sameName = await issueCertificate({ name: 'doctor', serial: 7 });

  async function ess({ of = doctor, hash, issuer = of, serial = 7, certHash, more = [] }: EssParts = {}) {
    const names = derSequence(derContext(4, issuer.certificate.issuer.der));
    const id = derSequence(
      ...(hash ? [hash] : []),
      derOctets(certHash ?? (await engine.digest('sha-256', of.certificate.der))),
      derSequence(names, derInteger(serial)),
      ...more,
    );
    return derSequence(derSequence(id));
  }

  const base = async () => ({
    contentType: attribute(oids.contentType, derOid(oids.data)),
    digest: attribute(oids.messageDigest, derOctets(digest)),
    certificate: attribute(oids.signingCertificateV2, await ess()),
  });

  /** A signature put together by hand, signed by the doctor. */
  async function craft(parts: CmsParts = {}): Promise<Uint8Array> {
    const { contentType, digest: messageDigest, certificate } = await base();
    const signed = parts.signed === undefined ? [contentType, messageDigest, certificate] : parts.signed;
    const sorted = signed && readDer(derSetOf(...signed)).children.map(({ bytes }) => bytes);
    const written = parts.signed === undefined ? sorted : signed;
    const data = signed ? derSetOf(...signed) : content;
    const raw = await crypto.subtle.sign(
      { name: 'ECDSA', hash: 'SHA-256' },
      (parts.signedBy ?? doctor).keys.privateKey,
      (parts.signatureOf ?? data).slice(),
    );
    const { issuer, serialNumber } = doctor.certificate;
    const signer = derSequence(
      derInteger(parts.signerVersion ?? 1),
      parts.sid ?? derSequence(issuer.der, derInteger(serialNumber)),
      parts.digestIdentifier ?? sha256,
      ...(written ? [der(0xa0, ...written)] : []),
      parts.signatureIdentifier ?? ecdsa,
      derOctets(ecdsaToDer(new Uint8Array(raw))),
      ...(parts.unsigned ? [der(0xa1, ...parts.unsigned)] : []),
      ...(parts.afterSigner ?? []),
    );
    const body = derSequence(
      derInteger(parts.version ?? 1),
      derSetOf(...(parts.digests ?? [sha256])),
      derSequence(...(parts.content ?? [derOid(oids.data)])),
      der(0xa0, ...(parts.certificates ?? [doctor.certificate.der])),
      ...(parts.tail ?? []),
      der(0x31, ...Array.from({ length: parts.signers ?? 1 }, () => signer)),
    );
    return derSequence(derOid(parts.outer ?? oids.signedData), der(0xa0, body));
  }

  return { content, digest, doctor, stranger, sameName, sha256, attribute, ess, base, craft };
}
