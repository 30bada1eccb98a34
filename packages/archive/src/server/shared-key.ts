import { AnjuanError } from '@anjuan/core';
import { jwtVerify, errors } from 'jose';
import type { Authenticator, Principal } from '../auth/principal.js';

const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];

/** Admits bearer tokens signed with a shared key (HS256). */
export function sharedKeyTokens(key: Uint8Array): Authenticator {
  return {
    async authenticate(request: Request): Promise<Principal> {
      const token = /^Bearer\s+(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
      if (token === undefined) throw new AnjuanError('auth-required');
      try {
        const { payload } = await jwtVerify(token, key, { algorithms: ['HS256'] });
        const { sub = '', name, roles, departments, patient, purpose } = payload;
        return {
          userId: sub,
          name: typeof name === 'string' ? name : sub,
          roles: strings(roles),
          departments: strings(departments),
          ...(typeof patient === 'string' ? { patientId: patient } : {}),
          ...(typeof purpose === 'string' ? { purpose } : {}),
        };
      } catch (cause) {
        throw new AnjuanError(cause instanceof errors.JWTExpired ? 'auth-expired' : 'auth-required', { cause });
      }
    },
  };
}

/** Without a key nobody gets in. */
export const nobody: Authenticator = { authenticate: () => Promise.reject(new AnjuanError('auth-required')) };
