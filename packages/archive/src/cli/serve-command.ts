import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { AnjuanError } from '@anjuan/core';
import { devLogin, isLoopback } from '../server/dev-login.js';
import { createHttpApp, type MountedService, type StaticSite } from '../server/http-app.js';
import { listen } from '../server/listen.js';
import { openHouse } from '../server/open-house.js';
import { defaults, type Command } from './command.js';
import { tokenCheck } from './token-check.js';

const options = {
  data: { type: 'string', default: defaults.dataDir },
  host: { type: 'string', default: defaults.host },
  port: { type: 'string' },
  'spare-ports': { type: 'string', default: '0' },
  key: { type: 'string' },
  jwks: { type: 'string' },
  issuer: { type: 'string' },
  audience: { type: 'string' },
  site: { type: 'string', multiple: true },
  service: { type: 'string', multiple: true },
  home: { type: 'string' },
} as const;

/** `anjuan-archive serve`: runs until it is told to stop. */
export const serveCommand: Command = async (args, { out, env, signal }) => {
  const { values } = parseArgs({ args: [...args], options });
  const { auth, loginKey } = await tokenCheck({
    ...values,
    dataDir: values.data,
    loopback: isLoopback(values.host),
    key: values.key ?? (values.jwks === undefined ? env['ANJUAN_TOKEN_KEY'] : undefined),
  });
  const sites = (values.site ?? []).map(parseSite);
  const services = await Promise.all((values.service ?? []).map(openService));
  const port = portOf(values.port ?? env['PORT'] ?? String(defaults.port));
  const house = await openHouse({ dataDir: values.data, auth });
  try {
    const app = createHttpApp({
      archive: house.archive,
      sites,
      services,
      ...(loginKey && { devLogin: devLogin({ key: loginKey, users: house.devUsers }) }),
      ...(values.home === undefined ? {} : { home: values.home }),
    });
    const listening = await listen({
      fetch: (request) => app.fetch(request),
      hostname: values.host,
      port,
      spares: Number(values['spare-ports']),
      onBusy: (busy) => out.write(`Port ${String(busy)} is busy, trying the next one.\n`),
    });
    house.resume();
    const shown = values.host.includes(':') ? `[${values.host}]` : values.host;
    out.write(
      `\n  http://${shown}:${String(listening.port)}${values.home ?? '/fhir/metadata'}\n\n  Ctrl-C stops it.\n`,
    );
    await stopped(signal);
    out.write('\nStopping ...\n');
    await listening.close();
    return 0;
  } finally {
    await house.close();
    for (const service of services) await service.close?.();
  }
};

/** A module with `openService(): Promise<{ handle, close? }>`; what it answers is below the given path. */
async function openService(text: string): Promise<MountedService & { readonly close?: () => Promise<void> }> {
  const [prefix, path] = [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)];
  const usage = 'A service is written PATH=MODULE; the module exports openService().';
  if (!/^\/[\w/.-]+\/$/.test(prefix) || path === '') throw new AnjuanError('invalid-argument', { message: usage });
  const module = (await import(pathToFileURL(resolve(path)).href)) as {
    openService?: () => Promise<Omit<MountedService, 'prefix'> & { readonly close?: () => Promise<void> }>;
  };
  if (typeof module.openService !== 'function') throw new AnjuanError('invalid-argument', { message: usage });
  return { ...(await module.openService()), prefix };
}

function parseSite(text: string): StaticSite {
  const [prefix, folder] = [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)];
  if (/^\/[\w/.-]+\/$/.test(prefix) && folder !== '') return { prefix, folder: resolve(folder) };
  throw new AnjuanError('invalid-argument', { message: 'A site is written PATH=DIR, for example /emr/=examples/emr.' });
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new AnjuanError('invalid-argument', { message: 'The port must be a number from 0 to 65535.' });
}

function stopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolvePromise) => {
    if (signal.aborted) resolvePromise();
    signal.addEventListener('abort', () => resolvePromise(), { once: true });
  });
}
