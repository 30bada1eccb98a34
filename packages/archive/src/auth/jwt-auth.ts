import { AnjuanError } from '@anjuan/core';
import { createLocalJWKSet, createRemoteJWKSet, errors, jwtVerify, type JSONWebKeySet, type JWTPayload } from 'jose';
import type { Authenticator, Principal } from './principal.js';

/** How tokens are checked: one shared secret, or a key set by address or value. */
export type JwtKeys =
  /** HS256; at least 32 bytes. */
  { readonly sharedKey: Uint8Array | string } | { readonly jwksUrl: string } | { readonly jwks: JSONWebKeySet };

/** How bearer tokens are checked. */
export interface JwtAuthOptions {
  readonly keys: JwtKeys;
  /** Default: any. */
  readonly issuer?: string;
  /** Default: any. */
  readonly audience?: string;
  /** Default: the machine's clock. */
  readonly now?: () => Date;
}

const ASYMMETRIC = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'];
/** Clocks of hospital machines differ. */
const CLOCK_TOLERANCE_SECONDS = 30;
/** HS256 wants as many bits as its digest has. @source RFC 7518 section 3.2 */
export const MIN_KEY_BYTES = 32;

/** The bytes of a shared key. Throws `invalid-argument` when it is too short to be safe. */
export function sharedKeyBytes(sharedKey: Uint8Array | string): Uint8Array {
  const bytes = typeof sharedKey === 'string' ? new TextEncoder().encode(sharedKey) : sharedKey;
  if (bytes.byteLength >= MIN_KEY_BYTES) return bytes;
  throw new AnjuanError('invalid-argument', {
    message: `The shared key of the tokens needs at least ${MIN_KEY_BYTES} bytes.`,
    details: { expectedBytes: MIN_KEY_BYTES, receivedBytes: bytes.byteLength },
  });
}

/** True when the key set could not be fetched: the library tells that from a bad token by code and type only. */
function isKeyServerFault(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid || error instanceof TypeError)
    return true;
  return error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC';
}

type Verify = (token: string, now: Date) => Promise<JWTPayload>;

function verifier(options: JwtAuthOptions): Verify {
  const { keys, issuer, audience } = options;
  const common = {
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
    // A token that never expires cannot be taken back.
    requiredClaims: ['exp', 'sub'],
    ...(issuer !== undefined && { issuer }),
    ...(audience !== undefined && { audience }),
  };
  if ('sharedKey' in keys) {
    const key = sharedKeyBytes(keys.sharedKey);
    return async (token, now) => {
      const checks = { ...common, algorithms: ['HS256'], currentDate: now };
      return (await jwtVerify(token, key, checks)).payload;
    };
  }
  const keySet = 'jwks' in keys ? createLocalJWKSet(keys.jwks) : createRemoteJWKSet(new URL(keys.jwksUrl));
  return async (token, now) => {
    const checks = { ...common, algorithms: ASYMMETRIC, currentDate: now };
    return (await jwtVerify(token, keySet, checks)).payload;
  };
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** Reads the claims of archive-api.md. Odd claims grant nothing. */
export function principalOf(claims: JWTPayload): Principal {
  const { sub, name, roles, departments, patient, purpose } = claims as Record<string, unknown>;
  if (typeof sub !== 'string' || sub === '') throw new AnjuanError('auth-required');
  return {
    userId: sub,
    name: typeof name === 'string' ? name : '',
    roles: strings(roles),
    departments: strings(departments),
    ...(typeof patient === 'string' && { patientId: patient }),
    ...(typeof purpose === 'string' && { purpose }),
  };
}

/**
 * Bearer tokens as JWT. Throws `invalid-argument` at once for a shared key that is too short. A request fails with
 * `auth-expired` for an expired token, `network-unavailable` when the key set cannot be fetched, and `auth-required` for
 * everything else that is wrong.
 */
export function createJwtAuth(options: JwtAuthOptions): Authenticator {
  const verify = verifier(options);
  const now = options.now ?? (() => new Date());
  return {
    async authenticate(request) {
      const match = /^Bearer ([\w.~+/=-]+)$/i.exec(request.headers.get('authorization') ?? '');
      if (!match?.[1]) throw new AnjuanError('auth-required');
      try {
        return principalOf(await verify(match[1], now()));
      } catch (error) {
        if (error instanceof errors.JWTExpired) throw new AnjuanError('auth-expired');
        // A key server that is down is not the user's fault.
        if (isKeyServerFault(error)) throw new AnjuanError('network-unavailable');
        // No cause: the library's errors carry the claims, and with them the name.
        throw new AnjuanError('auth-required');
      }
    },
  };
}
