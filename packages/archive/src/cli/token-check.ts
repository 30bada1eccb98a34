import { AnjuanError } from '@anjuan/core';
import { sharedKeyBytes, type JwtAuthOptions } from '../auth/jwt-auth.js';
import { developmentKey } from '../server/development-key.js';

export interface TokenSettings {
  readonly dataDir: string;
  /** The server listens on this machine alone. */
  readonly loopback: boolean;
  readonly key?: string | undefined;
  readonly jwks?: string | undefined;
  readonly issuer?: string | undefined;
  readonly audience?: string | undefined;
}

/** How the server checks tokens. `loginKey` signs those of the development login; absent: there is none. */
export interface TokenCheck {
  readonly auth: JwtAuthOptions;
  readonly loginKey?: Uint8Array;
}

function refuse(message: string): never {
  throw new AnjuanError('invalid-argument', { message });
}

/** A key set when one is named, else a shared key, else, on loopback only, the key of this data folder. */
export async function tokenCheck(settings: TokenSettings): Promise<TokenCheck> {
  const { key, jwks, issuer, audience, loopback, dataDir } = settings;
  if (jwks !== undefined) {
    if (key !== undefined) refuse('--key and --jwks exclude each other.');
    if (!/^https?:/.test(jwks) || !URL.canParse(jwks)) refuse('--jwks takes the http(s) address of a key set.');
    const claims = { ...(issuer !== undefined && { issuer }), ...(audience !== undefined && { audience }) };
    return { auth: { keys: { jwksUrl: jwks }, ...claims } };
  }
  if (issuer !== undefined || audience !== undefined) refuse('--issuer and --audience belong to --jwks.');
  if (key === undefined && !loopback) {
    refuse('Outside loopback the archive needs --key or --jwks: without one anybody could sign in.');
  }
  const sharedKey = key === undefined ? await developmentKey(dataDir) : sharedKeyBytes(key);
  return { auth: { keys: { sharedKey } }, ...(loopback && { loginKey: sharedKey }) };
}
