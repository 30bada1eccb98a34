import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createHttpApp,
  devLogin,
  ingestFolder,
  listen,
  openHouse,
  type House,
  type PagePolicy,
} from '@anjuan/archive/node';
import { openHospitalPki } from '../../examples/services/hospital-pki.js';
import { buildBundle } from '../../scripts/lib/bundle.mjs';
import { root } from '../../scripts/lib/run.mjs';
import type { Host, SampleUser } from './host.js';

/** A host that tests may write to, and whose services they may disturb. */
export interface WritableHost extends Host {
  readonly house: House;
  readonly dataDir: string;
  /** Every request that a service below `/pki/` got: path and body, oldest first. */
  readonly asked: { readonly path: string; readonly body: string }[];
  /** Answers in place of a service; undefined lets the request through. */
  disturb: ((path: string) => Response | Promise<Response> | undefined) | undefined;
}

/**
 * As `npm start` serves it, on a data folder of its own with two small records, and with the sample PKI: for tests that add to a stay. `policy`
 * as in `createHttpApp`; `sites` of the test's own (prefix -> folder).
 */
export async function startWritableHost(
  users: readonly SampleUser[],
  options: { readonly policy?: PagePolicy; readonly sites?: Readonly<Record<string, string>> } = {},
): Promise<WritableHost> {
  const folder = await mkdtemp(join(tmpdir(), 'anjuan-ward-'));
  const key = randomBytes(32);
  await buildBundle(join(folder, 'bundle'));
  const house = await openHouse({ dataDir: join(folder, 'data'), auth: { keys: { sharedKey: key } } });
  for (const name of ['small-empty', 'small-consent']) {
    await ingestFolder({ archive: house.system, pages: house.pages, dir: join(root, 'fixtures/records/small', name) });
  }
  const sites = [
    { prefix: '/emr/', folder: join(root, 'examples/emr') },
    { prefix: '/anjuan/', folder: join(folder, 'bundle') },
    ...Object.entries(options.sites ?? {}).map(([prefix, path]) => ({ prefix, folder: path })),
  ];
  const pki = await openHospitalPki();
  const handle = async (request: Request): Promise<Response> => {
    const path = new URL(request.url).pathname;
    host.asked.push({ path, body: await request.clone().text() });
    return (await host.disturb?.(path)) ?? pki.handle(request);
  };
  const login = devLogin({ key, users: () => Promise.resolve(users) });
  const app = createHttpApp({
    archive: house.archive,
    devLogin: login,
    sites,
    services: [{ prefix: '/pki/', handle }],
    ...(options.policy && { policy: options.policy }),
  });
  const server = await listen({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
  const host: WritableHost = {
    origin: `http://127.0.0.1:${server.port}`,
    house,
    dataDir: join(folder, 'data'),
    asked: [],
    disturb: undefined,
    close: async () => {
      await server.close();
      await house.close();
      await pki.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return host;
}
