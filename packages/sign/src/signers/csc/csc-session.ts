import { throwIfAborted } from '@anjuan/core';
import { signatureAlgorithmFor } from '../../cms/index.js';
import { ecdsaToDer, hashOids, writeSignatureAlgorithm } from '../../crypto/index.js';
import type { HashAlgorithm, SignatureAlgorithm } from '../../crypto/index.js';
import { oids, readDer, readOid } from '../../der/index.js';
import { signError } from '../../errors/sign-codes.js';
import { parseCertificate } from '../../x509/index.js';
import { fromBase64, toBase64 } from '../base64.js';
import { onlyKind } from '../capability.js';
import { asTexts, protocolError } from '../json-service.js';
import type { SignerWork } from '../lazy-signer.js';
import type { SignerCallOptions, SignerIdentity } from '../signer.js';
import { callCscPlain, readCscInfo, type CscInfo, type CscService } from './csc-api.js';
import { assertCovers, authorize, type CscWork } from './csc-authorize.js';
import { readCredential, type CscCredential } from './csc-credential.js';

/** Options of `cscSigner`. */
export interface CscSignerOptions extends CscService {
  /** Which of the user's credentials; default the only one. */
  readonly credentialId?: string;
  /** Chooses among several, for example by asking; undefined means cancelled. Default: several are refused. */
  readonly chooseCredential?: (ids: readonly string[]) => Promise<string | undefined>;
  /** For services whose token stands for more than one person. */
  readonly userId?: string;
  /** Hash for RSA and ECDSA; default `sha-256`. */
  readonly hash?: HashAlgorithm;
  /** For services that authorize by OAuth (`oauth2code`): gets the token that serves as activation data. */
  readonly authorizeByOAuth?: (
    work: CscWork & { readonly credentialId: string; readonly signal?: AbortSignal },
  ) => Promise<string>;
}

interface Opened {
  readonly info: CscInfo;
  readonly credential: CscCredential;
  readonly identity: SignerIdentity;
}

/** The work of `cscSigner`. */
export function openCsc(options: CscSignerOptions): SignerWork {
  let opened: Opened | undefined;
  const open = async ({ signal }: SignerCallOptions): Promise<Opened> => {
    throwIfAborted(signal);
    opened ??= await openCredential(options, signal);
    return opened;
  };
  return {
    identity: async (call = {}) => (await open(call)).identity,
    sign: async (requests, call = {}) => {
      throwIfAborted(call.signal);
      const digests = onlyKind(requests, ['digest']);
      const [first] = digests;
      if (!first) return [];
      if (digests.some(({ hash }) => hash !== first.hash)) throw refused('mixed-hashes');
      const { info, credential, identity } = await open(call);
      const { algorithm } = identity;
      // The service is told one algorithm: a digest of another hash would be signed as what it is not.
      if ('hash' in algorithm && algorithm.hash !== first.hash) throw refused('hash');
      assertCovers(credential, digests.length);
      const work: CscWork = {
        hashes: digests.map(({ digest }) => toBase64(digest)),
        hashAlgorithmOid: hashOids[first.hash],
      };
      const sad = await activationData({ service: options, info, credential }, work, call);
      const body = await callCscPlain(
        options,
        'signatures/signHash',
        {
          credentialID: credential.id,
          SAD: sad,
          ...(info.version === 1
            ? { hash: work.hashes, hashAlgo: work.hashAlgorithmOid }
            : { hashes: work.hashes, hashAlgorithmOID: work.hashAlgorithmOid }),
          ...signAlgo(algorithm, credential.algorithms),
        },
        call.signal,
      );
      const signatures = asTexts(body['signatures']).map(fromBase64);
      if (signatures.length !== digests.length) throw protocolError('signature-count');
      return signatures.map((value) => normalized(value, algorithm));
    },
  };
}

const refused = (reason: string): Error => signError('signer-refused', { details: { reason } });

async function openCredential(options: CscSignerOptions, signal: AbortSignal | undefined): Promise<Opened> {
  const info = await readCscInfo(options, signal);
  const id = options.credentialId ?? (await findCredential(options, signal));
  const request = { credentialID: id, certificates: 'chain', certInfo: true, authInfo: true };
  const credential = readCredential(id, await callCscPlain(options, 'credentials/info', request, signal), info.version);
  const [certificate = new Uint8Array(), ...chain] = credential.certificates;
  const algorithm = algorithmOf(certificate, credential, options.hash ?? 'sha-256');
  return { info, credential, identity: { certificate, chain, algorithm, test: false } };
}

async function findCredential(options: CscSignerOptions, signal: AbortSignal | undefined): Promise<string> {
  const { userId, chooseCredential } = options;
  const request = userId === undefined ? {} : { userID: userId };
  const ids = asTexts((await callCscPlain(options, 'credentials/list', request, signal))['credentialIDs']);
  const [only, ...more] = ids;
  if (only === undefined) throw signError('signer-not-found');
  if (more.length === 0) return only;
  if (!chooseCredential) throw refused('several-credentials');
  const chosen = await chooseCredential(ids);
  throwIfAborted(signal);
  if (chosen === undefined) throw signError('signer-cancelled');
  return chosen;
}

function algorithmOf(certificate: Uint8Array, { algorithms }: CscCredential, hash: HashAlgorithm): SignatureAlgorithm {
  const usual = signatureAlgorithmFor(parseCertificate(certificate).publicKey, hash);
  const pssOnly = usual.kind === 'rsa-pkcs1' && algorithms.every((oid) => oid === oids.rsaPss);
  return pssOnly ? { kind: 'rsa-pss', hash, saltBytes: { 'sha-384': 48, 'sha-512': 64 }[hash as string] ?? 32 } : usual;
}

/** The identifier that the key lists, the bare key identifier where it lists only that. */
function signAlgo(algorithm: SignatureAlgorithm, listed: readonly string[]): Record<string, string> {
  const [name, parameters] = readDer(writeSignatureAlgorithm(algorithm)).children;
  const wanted = name ? readOid(name) : '';
  const signAlgoOid = algorithm.kind === 'rsa-pkcs1' && !listed.includes(wanted) ? oids.rsaEncryption : wanted;
  const withParameters = algorithm.kind === 'rsa-pss' && parameters;
  return { signAlgo: signAlgoOid, ...(withParameters && { signAlgoParams: toBase64(withParameters.bytes) }) };
}

async function activationData(
  target: { service: CscSignerOptions; info: CscInfo; credential: CscCredential },
  work: CscWork,
  call: SignerCallOptions,
): Promise<string> {
  const { service, credential } = target;
  if (credential.mode !== 'oauth') return authorize(target, work, call);
  if (!service.authorizeByOAuth) throw refused('oauth-needed');
  return service.authorizeByOAuth({
    ...work,
    credentialId: credential.id,
    ...(call.signal && { signal: call.signal }),
  });
}

/** Two numbers side by side, as hardware gives them, for fields of 256, 384 and 521 bits. */
const RAW_LENGTHS: readonly number[] = [64, 96, 132];

/** DER, also from services that give ECDSA and SM2 values as their hardware does. */
function normalized(value: Uint8Array, { kind }: SignatureAlgorithm): Uint8Array {
  const sequence = value[0] === 0x30 && value[1] === value.byteLength - 2;
  const raw = (kind === 'ecdsa' || kind === 'sm2') && RAW_LENGTHS.includes(value.byteLength) && !sequence;
  return raw ? ecdsaToDer(value) : value;
}
