import type { CryptoEngine, HashAlgorithm } from '../crypto/algorithms.js';
import type { Certificate } from '../x509/index.js';
import type { CmsFinding, SignedData, SignerInfo } from './signed-data.js';

/** A signature to check against the bytes that it should be of. */
export interface SignerCheckRequest {
  readonly signedData: SignedData;
  /** Digest of the content that was signed; asked once, for the hash that the signer names. */
  readonly contentDigest: (hash: HashAlgorithm) => Promise<Uint8Array> | Uint8Array;
  readonly engine: CryptoEngine;
  /** Further certificates among which the signer's may be. */
  readonly certificates?: readonly Certificate[];
  /** Content type that is expected. Default: data, of either object identifier. */
  readonly contentType?: string;
}

/** What the check found. Trust in the certificate is another matter: see `buildPath`. */
export interface SignerCheck {
  /** `valid`: digest and signature hold and no finding is an error. */
  readonly status: 'valid' | 'invalid';
  /** The message digest is the content's; undefined when it could not be computed. */
  readonly digestMatches: boolean | undefined;
  /** The signature value holds under the certificate's key; undefined when it could not be checked. */
  readonly signatureHolds: boolean | undefined;
  readonly signer: SignerInfo | undefined;
  readonly certificate: Certificate | undefined;
  /** All findings: of the structure, of the signer, of this check. */
  readonly findings: readonly CmsFinding[];
}

/** Checks the one signer of a structure by the rules of CAdES; every broken rule is a finding. @source RFC 5652 5.6; RFC 5035; RFC 6211 */
export async function checkSignerInfo(request: SignerCheckRequest): Promise<SignerCheck> {
  throw new Error(`not yet ${request.signedData.version}`);
}
