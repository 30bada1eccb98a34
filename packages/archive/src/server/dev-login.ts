import { SignJWT } from 'jose';
import type { DevUser } from './dev-users.js';

/** A working day. */
export const DEV_TOKEN_SECONDS = 8 * 3600;

/** Signs a token as the hospital's own login would. */
export async function signDevToken(
  user: DevUser,
  { key, expiresInS = DEV_TOKEN_SECONDS }: { readonly key: Uint8Array; readonly expiresInS?: number },
): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const { nameZh: name, roles, departments, patientId } = user;
  return new SignJWT({ name, roles, departments, ...(patientId === undefined ? {} : { patient: patientId }) })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(user.subject)
    .setIssuedAt(now)
    .setExpirationTime(now + expiresInS)
    .sign(key);
}

/**
 * `GET /dev/users` and `POST /dev/login` for sample users. Only for a server that listens on loopback; a request that came
 * through a foreign host name (DNS rebinding) or from a foreign page is refused.
 */
export function devLogin({
  key,
  users,
}: {
  readonly key: Uint8Array;
  readonly users: () => Promise<readonly DevUser[]>;
}): (request: Request) => Promise<Response> {
  return async (request) => {
    if (!isLocal(request)) return json(403, { error: 'The development login answers on loopback only.' });
    const { pathname } = new URL(request.url);
    if (request.method === 'GET' && pathname === '/dev/users') {
      const list = (await users()).map(({ id, nameZh, nameEn, roles }) => ({ id, nameZh, nameEn, roles }));
      return json(200, list);
    }
    if (request.method !== 'POST' || pathname !== '/dev/login') return json(404, { error: 'No such address.' });
    const wanted = await userIdOf(request);
    const user = (await users()).find(({ id }) => id === wanted);
    if (!user) return json(400, { error: 'No such sample user.' });
    return json(200, { token: await signDevToken(user, { key }), expiresInS: DEV_TOKEN_SECONDS });
  };
}

/** True for the names of this machine. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host);
}

function isLocal(request: Request): boolean {
  const { hostname } = new URL(request.url);
  const origin = request.headers.get('origin');
  if (!isLoopback(hostname)) return false;
  if (origin === null) return true;
  return URL.canParse(origin) && isLoopback(new URL(origin).hostname);
}

async function userIdOf(request: Request): Promise<unknown> {
  const body: unknown = await request.json().catch(() => undefined);
  return typeof body === 'object' && body !== null && 'user' in body ? body.user : undefined;
}

function json(status: number, body: unknown): Response {
  const headers = {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  };
  return new Response(JSON.stringify(body), { status, headers });
}
