import { AnjuanError } from '@anjuan/core';
import { signError } from '../../errors/sign-codes.js';
import { withPin } from '../ask-secret.js';
import type { SignerCallOptions, SignerIdentity } from '../signer.js';
import { openKey, type OpenKey } from './open-key.js';
import { orderChain } from './order-chain.js';
import { pkcs12Error } from './pbes2.js';
import { readPkcs12, WRONG_PASSWORD } from './read-pkcs12.js';

/** An opened file. */
export interface Pkcs12Session {
  readonly identity: SignerIdentity;
  readonly key: OpenKey;
}

/** Opens the file with the given password, or asks for it. Errors: `pkcs12-malformed`, `signer-pin-wrong`, those of the question. */
export async function openPkcs12(
  file: Uint8Array,
  password: string | undefined,
  call: SignerCallOptions,
): Promise<Pkcs12Session> {
  if (password === undefined) {
    return withPin(call, async (answer) => {
      const value = await open(file, answer);
      return value ? { status: 'done', value } : { status: 'wrong' };
    });
  }
  const session = await open(file, password);
  if (!session) throw signError('signer-pin-wrong');
  return session;
}

/** What is inside may be broken too; for the user all of it is the file. */
const INSIDE: Readonly<Record<string, string>> = {
  'der-malformed': 'structure',
  'certificate-malformed': 'certificate',
  'gm-malformed': 'key',
};

async function open(file: Uint8Array, password: string): Promise<Pkcs12Session | undefined> {
  try {
    return await read(file, password);
  } catch (cause) {
    const reason = AnjuanError.is(cause) ? INSIDE[cause.code] : undefined;
    throw reason === undefined ? cause : pkcs12Error(reason, cause);
  }
}

async function read(file: Uint8Array, password: string): Promise<Pkcs12Session | undefined> {
  const contents = await readPkcs12(file, password);
  if (contents === WRONG_PASSWORD) return undefined;
  const key = await openKey(contents.key);
  const { certificate, others } = contents;
  const chain = orderChain(certificate, others);
  return { key, identity: { certificate, chain, algorithm: key.algorithm, test: true } };
}
