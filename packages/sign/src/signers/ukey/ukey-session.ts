import { throwIfAborted } from '@anjuan/core';
import { signatureAlgorithmFor } from '../../cms/index.js';
import type { HashAlgorithm, SignatureAlgorithm } from '../../crypto/index.js';
import { equalBytes } from '../../der/index.js';
import { signError } from '../../errors/sign-codes.js';
import type { Certificate } from '../../x509/index.js';
import { withPin } from '../ask-secret.js';
import { fromBase64, toBase64 } from '../base64.js';
import { onlyKind } from '../capability.js';
import { asText, protocolError } from '../json-service.js';
import type { SignerWork } from '../lazy-signer.js';
import type { SignerCallOptions, SignerIdentity, SignRequest } from '../signer.js';
import { Turns } from '../turns.js';
import { SofService, type SofServiceOptions } from './sof-service.js';
import { readSigningCertificate } from './ukey-certificate.js';
import { chooseUser, parseUserList, type UkeyUser } from './ukey-users.js';

/** Options of `ukeySigner`. */
export interface UkeySignerOptions extends SofServiceOptions {
  /** Chooses when several keys are plugged in; undefined means cancelled. Default: several are refused. */
  readonly chooseUser?: (users: readonly UkeyUser[]) => Promise<UkeyUser | undefined>;
  /** DER certificates above the one on the key, nearest first: keys do not hold them. */
  readonly chain?: readonly Uint8Array[];
  /**
   * What the service is used for. Default `bytes` and `cms`. Add `digest` (SOF_SignHashData) where the service has it, and
   * check `hashIds` then: a wrong number gives signatures that do not hold.
   */
  readonly capabilities?: readonly ('bytes' | 'digest' | 'cms')[];
  /** Numbers of the hashes in the functions that take digests; vendors differ. */
  readonly hashIds?: Readonly<Partial<Record<HashAlgorithm, number>>>;
  /**
   * Function for whole bytes. `SOF_SignDataBase64` (default) is exact for every byte; `SOF_SignData` of older services takes
   * text, so only what is valid UTF-8 can be signed with it.
   */
  readonly bytesFunction?: 'SOF_SignDataBase64' | 'SOF_SignData';
  /** Function for a CMS over a digest; both get certificate id, digest in base64 and number of the hash. */
  readonly cmsFunction?: 'SOF_SignHashMessage' | 'SOF_SignDataByP7';
  /** Also fetch the picture of the seal from the key. Default false. */
  readonly picture?: boolean;
}

/** What every service of this kind can do. */
const UKEY_CAPABILITIES = ['bytes', 'cms'] as const;

/** Numbers of SOF_SetSignMethod: the default of some keys is still SHA-1. @source GM/T 0006-2012 5.2.4 */
const SIGN_METHODS = { 'rsa-pkcs1': 0x00010004, sm2: 0x00020201 } as const;
const usualHashIds: NonNullable<UkeySignerOptions['hashIds']> = { 'sha-1': 1, 'sha-256': 2, 'sha-512': 3, sm3: 4 };

/** The work of `ukeySigner`. */
export function openUkey(options: UkeySignerOptions): SignerWork {
  const service = new SofService(options);
  const turns = new Turns();
  let known: { readonly certId: string; readonly certificate: Uint8Array } | undefined;
  const open = async (signal: AbortSignal | undefined): Promise<Open> => {
    throwIfAborted(signal);
    const users = parseUserList(await service.text('SOF_GetUserList', [], signal));
    const user =
      users.find(({ certId }) => certId === known?.certId) ?? (await chooseUser(users, options.chooseUser, signal));
    const certificate = await readSigningCertificate(service, user.certId, signal);
    return { certId: user.certId, certificate, algorithm: signatureAlgorithmFor(certificate.publicKey, 'sha-256') };
  };
  return {
    identity: ({ signal } = {}) =>
      turns.take(signal, async () => {
        const { certId, certificate, algorithm } = await open(signal);
        known = { certId, certificate: certificate.der };
        const { chain = [] } = options;
        const identity: SignerIdentity = { certificate: certificate.der, chain, algorithm, test: false };
        const sealPicture = options.picture ? await readPicture(service, certId, signal) : undefined;
        return sealPicture ? { ...identity, sealPicture } : identity;
      }),
    sign: async (requests, call = {}) => {
      throwIfAborted(call.signal);
      const wanted = onlyKind(requests, options.capabilities ?? UKEY_CAPABILITIES);
      if (wanted.length === 0) return [];
      return turns.take(call.signal, async () => {
        const opened = await open(call.signal);
        if (known && !equalBytes(known.certificate, opened.certificate.der))
          throw signError('signer-not-found', { details: { reason: 'key-changed' } });
        return signAll({ service, options, turns, ...opened }, wanted, call);
      });
    },
  };
}

interface Open {
  readonly certId: string;
  readonly certificate: Certificate;
  readonly algorithm: SignatureAlgorithm;
}

interface Session extends Open {
  readonly service: SofService;
  readonly options: UkeySignerOptions;
  readonly turns: Turns;
}

type UkeyRequest = Extract<SignRequest, { kind: 'bytes' | 'digest' | 'cms' }>;

async function signAll(
  session: Session,
  requests: readonly UkeyRequest[],
  call: SignerCallOptions,
): Promise<readonly Uint8Array[]> {
  const { service, certId, algorithm } = session;
  const { signal } = call;
  let open = false;
  try {
    await login(session, call, () => (open = true));
    if (algorithm.kind === 'rsa-pkcs1' || algorithm.kind === 'sm2')
      await service.text('SOF_SetSignMethod', [SIGN_METHODS[algorithm.kind]], signal);
    const results: Uint8Array[] = [];
    for (const request of requests) {
      const [func, ...param] = functionOf(request, session.options);
      const value = await service.text(func, [certId, ...param], signal);
      if (value === '') throw await unsigned(session, signal);
      results.push(fromBase64(value));
    }
    return results;
  } finally {
    // A key must not stay open for whoever uses the page next, also when the answer to the PIN was not waited for; the caller
    // need not wait for this, the next call does.
    const closed = open ? service.call('SOF_Logout', [certId]) : Promise.resolve();
    session.turns.hold(closed.finally(() => service.forget()));
  }
}

/** `onTry` runs before each try: from then on the key may be open. */
async function login({ service, certId }: Session, call: SignerCallOptions, onTry: () => void): Promise<void> {
  const { signal } = call;
  const left = (): Promise<number> => service.number('SOF_GetPinRetryCount', [certId], signal);
  const before = await left();
  if (before === 0) throw signError('signer-locked');
  await withPin(
    call,
    async (pin) => {
      onTry();
      if (await service.flag('SOF_Login', [certId, pin], signal)) return { status: 'done', value: undefined };
      return { status: 'wrong', attemptsLeft: await left() };
    },
    before,
  );
}

function functionOf(
  request: UkeyRequest,
  { bytesFunction = 'SOF_SignDataBase64', cmsFunction = 'SOF_SignHashMessage', hashIds }: UkeySignerOptions,
): [string, ...(string | number)[]] {
  if (request.kind === 'bytes') {
    const exact = bytesFunction === 'SOF_SignDataBase64';
    return [bytesFunction, exact ? toBase64(request.data) : utf8(request.data)];
  }
  const hash = { ...usualHashIds, ...hashIds }[request.hash];
  if (hash === undefined) throw signError('signer-refused', { details: { reason: 'hash', hash: request.hash } });
  return [request.kind === 'cms' ? cmsFunction : 'SOF_SignHashData', toBase64(request.digest), hash];
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw signError('signer-refused', { details: { reason: 'not-text' }, cause });
  }
}

/** An empty value: the key was pulled, its window was closed, or the service refuses. */
async function unsigned({ service, certId }: Session, signal: AbortSignal | undefined): Promise<Error> {
  const users = await service.text('SOF_GetUserList', [], signal);
  if (!users.includes(`||${certId}`)) return signError('signer-not-found', { details: { reason: 'key-pulled' } });
  const error = await service.number('SOF_GetLastError', [], signal);
  // Numbers of errors differ from vendor to vendor; that the user closed the key's own window only the text tells.
  if (/取消|cancel/i.test(await service.text('SOF_GetLastErrMsg', [], signal))) return signError('signer-cancelled');
  return signError('signer-refused', { details: { reason: 'service', error } });
}

async function readPicture(
  service: SofService,
  certId: string,
  signal: AbortSignal | undefined,
): Promise<SignerIdentity['sealPicture']> {
  const text = asText(await service.call('GetPicture', [certId], { signal, picture: true })) ?? '';
  if (text === '') return undefined;
  const bytes = fromBase64(text);
  const mime = mimeOf(bytes);
  if (mime === undefined) throw protocolError('picture');
  return { bytes, mime };
}

const mimeOf = ([a, b, c]: Uint8Array): string | undefined => {
  if (a === 0x89 && b === 0x50) return 'image/png';
  if (a === 0xff && b === 0xd8) return 'image/jpeg';
  if (a === 0x47 && b === 0x49 && c === 0x46) return 'image/gif';
  return a === 0x42 && b === 0x4d ? 'image/bmp' : undefined;
};
