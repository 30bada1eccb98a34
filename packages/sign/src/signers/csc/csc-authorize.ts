import { signError } from '../../errors/sign-codes.js';
import { askSecret, WrongAnswers } from '../ask-secret.js';
import { asText, protocolError, type Json } from '../json-service.js';
import type { SignerCallOptions } from '../signer.js';
import { callCsc, callCscPlain, type CscInfo, type CscService } from './csc-api.js';
import type { CscCredential } from './csc-credential.js';

/** What is to be authorized. */
export interface CscWork {
  readonly hashes: readonly string[];
  readonly hashAlgorithmOid: string;
}

/** Asks for what the service wants and gets the Signature Activation Data. @source CSC API 2.0 11.6; 1.0.4.0 11.6 */
export async function authorize(
  { service, info, credential }: { service: CscService; info: CscInfo; credential: CscCredential },
  work: CscWork,
  options: SignerCallOptions,
): Promise<string> {
  const wrong = new WrongAnswers();
  const answers = new Map<string, string>();
  for (;;) {
    for (const { id, kind, challenge } of credential.secrets) {
      if (answers.has(id)) continue;
      if (challenge) await sendChallenge({ service, info, credential }, options);
      answers.set(id, await askSecret(wrong.question(kind === 'pin' ? 'pin' : 'one-time-code'), options));
    }
    const request = info.version === 1 ? requestV1(credential, work, answers) : requestV2(credential, work, answers);
    const answer = await callCsc(service, 'credentials/authorize', request, options.signal);
    if (answer.status === 'ok') {
      const sad = asText(answer.body['SAD']);
      if (sad === undefined) throw protocolError('sad');
      return sad;
    }
    const refused = credential.secrets.filter(({ kind }) => kind === answer.kind);
    if (refused.length === 0) throw protocolError('unasked-secret');
    for (const { id } of refused) answers.delete(id);
    wrong.add(undefined);
  }
}

async function sendChallenge(
  { service, info, credential }: { service: CscService; info: CscInfo; credential: CscCredential },
  { signal }: SignerCallOptions,
): Promise<void> {
  const method = info.version === 1 ? 'credentials/sendOTP' : 'credentials/getChallenge';
  if (info.methods.includes(method)) await callCscPlain(service, method, { credentialID: credential.id }, signal);
}

type Answers = ReadonlyMap<string, string>;

function requestV2({ id, scal }: CscCredential, { hashes, hashAlgorithmOid }: CscWork, answers: Answers): Json {
  return {
    credentialID: id,
    numSignatures: hashes.length,
    ...(scal === 2 && { hashes, hashAlgorithmOID: hashAlgorithmOid }),
    ...(answers.size > 0 && { authData: [...answers].map(([name, value]) => ({ id: name, value })) }),
  };
}

function requestV1({ id, scal }: CscCredential, { hashes }: CscWork, answers: Answers): Json {
  return {
    credentialID: id,
    numSignatures: hashes.length,
    ...(scal === 2 && { hash: hashes }),
    ...Object.fromEntries(answers),
  };
}

/** Errors: `signer-refused` when one authorization cannot cover so many. */
export function assertCovers({ multisign }: CscCredential, count: number): void {
  if (count > multisign) throw signError('signer-refused', { details: { reason: 'too-many', most: multisign, count } });
}
