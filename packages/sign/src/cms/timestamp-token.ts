import { hashNamed } from '../crypto/algorithm-ids.js';
import type { CryptoEngine, HashAlgorithm } from '../crypto/algorithms.js';
import {
  der,
  equalBytes,
  isContext,
  isUniversal,
  oids,
  readBoolean,
  readDer,
  readInteger,
  readOctets,
  readOid,
  readSmallInteger,
  readTime,
  tags,
  type DerNode,
} from '../der/index.js';
import type { GeneralName } from '../x509/index.js';
import { readExtensions, unknownCritical } from '../x509/extensions.js';
import { readGeneralName } from '../x509/general-name.js';
import { checkSignerInfo, type SignerCheck } from './check-signer.js';
import { cmsError, readingCms } from './cms-error.js';
import { parseSignedData } from './parse-signed-data.js';
import type { CmsFinding, SignedData } from './signed-data.js';

/** A time stamp token. @source RFC 3161 2.4.2 */
export interface TimestampToken {
  readonly signedData: SignedData;
  /** DER TSTInfo: what the authority signed. */
  readonly info: Uint8Array;
  readonly policy: string;
  readonly imprintOid: string;
  /** Undefined for a hash that is not known. */
  readonly hash: HashAlgorithm | undefined;
  readonly imprint: Uint8Array;
  readonly serialNumber: bigint;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Milliseconds that the time may be off; undefined when not said. */
  readonly accuracyMs: number | undefined;
  readonly ordering: boolean;
  readonly nonce: bigint | undefined;
  /** Name that the authority gives itself. */
  readonly authority: GeneralName | undefined;
}

/** Reads a token. Errors: `cms-malformed`. */
export const parseTimestampToken = (bytes: Uint8Array): TimestampToken =>
  readingCms(() => {
    const signedData = parseSignedData(bytes);
    const info = signedData.content;
    if (!info || signedData.contentType !== oids.tstInfo) throw cmsError('not-a-timestamp-token');
    const [version, policy, imprint, serial, time, ...rest] = readDer(info).children;
    const [identifier, digest] = imprint?.children ?? [];
    const [name] = identifier?.children ?? [];
    if (!version || !policy || !identifier || !name || !digest || !serial || !time || readSmallInteger(version) !== 1)
      throw cmsError('timestamp-info');
    checkOptionalFields(rest);
    const accuracy = rest.find((node) => isUniversal(node, tags.sequence));
    const ordering = rest.find((node) => isUniversal(node, tags.boolean));
    const nonce = rest.find((node) => isUniversal(node, tags.integer));
    const [authority] = rest.find((node) => isContext(node, 0))?.children ?? [];
    return {
      signedData,
      info,
      policy: readOid(policy),
      imprintOid: readOid(name),
      hash: hashNamed(identifier),
      imprint: readOctets(digest),
      serialNumber: readInteger(serial),
      time: readTime(time),
      accuracyMs: accuracy && readAccuracy(accuracy),
      ordering: ordering !== undefined && readBoolean(ordering),
      nonce: nonce && readInteger(nonce),
      authority: authority && readGeneralName(authority),
    };
  });

/** Accuracy, ordering, nonce, authority, extensions: each once, in this order; none of the extensions may be critical. */
function checkOptionalFields(fields: readonly DerNode[]): void {
  const places = fields.map((node) => {
    const universal = [tags.sequence, tags.boolean, tags.integer].findIndex((tag) => isUniversal(node, tag));
    return universal >= 0 ? universal : isContext(node, 0) ? 3 : isContext(node, 1) ? 4 : -1;
  });
  if (places.some((place, index) => place <= (places[index - 1] ?? -1))) throw cmsError('timestamp-info');
  const last = fields.at(-1);
  if (!isContext(last, 1)) return;
  const extensions = readExtensions(readDer(der(0x30, last.contents)));
  if (unknownCritical(extensions, new Set()).length > 0) throw cmsError('timestamp-extension');
}

/** Seconds, `[0]` milliseconds, `[1]` microseconds; each may be left out. */
function readAccuracy({ children }: DerNode): number {
  const small = (tag: number): number =>
    children.find((node) => isContext(node, tag))?.contents.reduce((sum, byte) => sum * 256 + byte, 0) ?? 0;
  const [first] = children;
  const seconds = isUniversal(first, tags.integer) ? readSmallInteger(first) : 0;
  if (seconds < 0) throw cmsError('timestamp-info');
  return seconds * 1000 + small(0) + small(1) / 1000;
}

/** Result of `checkTimestampToken`. */
export interface TimestampCheck extends SignerCheck {
  /** The imprint is of the bytes in question; undefined for a hash that is not known. */
  readonly imprintMatches: boolean | undefined;
}

/** Checks signature and imprint of a token. Trust in its certificate: `buildPath` with purpose `timestamp`. @source RFC 3161 2.3 */
export async function checkTimestampToken(request: {
  readonly token: TimestampToken;
  /** Digest of what was stamped. */
  readonly imprint: (hash: HashAlgorithm) => Promise<Uint8Array> | Uint8Array;
  readonly engine: CryptoEngine;
}): Promise<TimestampCheck> {
  const { token, engine } = request;
  const check = await checkSignerInfo({
    signedData: token.signedData,
    contentDigest: (hash) => engine.digest(hash, token.info),
    engine,
    contentType: oids.tstInfo,
  });
  // What PDF signatures may leave out, tokens may not. RFC 3161 2.4.2, RFC 5816 2.2.
  const findings = check.findings.map((finding): CmsFinding =>
    finding.id === 'signing-certificate-missing' ? { ...finding, severity: 'error' } : finding,
  );
  const imprintMatches =
    token.hash && token.imprint.byteLength > 0 && equalBytes(token.imprint, await request.imprint(token.hash));
  if (imprintMatches === undefined) findings.push({ id: 'imprint-algorithm-unknown', severity: 'error' });
  if (imprintMatches === false) findings.push({ id: 'imprint-wrong', severity: 'error' });
  if (token.hash === 'sha-1') findings.push({ id: 'weak-digest', severity: 'error' });
  const { authority, time } = token;
  if (check.certificate && !(check.certificate.notBefore <= time && time <= check.certificate.notAfter))
    findings.push({ id: 'timestamp-certificate-wrong', severity: 'error' });
  if (authority?.kind === 'directory' && check.certificate && authority.name.key !== check.certificate.subject.key)
    findings.push({ id: 'timestamp-certificate-wrong', severity: 'warning' });
  const sound = check.status === 'valid' && findings.every(({ severity }) => severity === 'warning');
  return { ...check, findings, imprintMatches, status: sound ? 'valid' : 'invalid' };
}
