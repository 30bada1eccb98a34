import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHttpApp, devLogin, ingestFolder, listen, openHouse, type House } from '@anjuan/archive/node';
import { buildBundle } from '../../scripts/lib/bundle.mjs';
import { root } from '../../scripts/lib/run.mjs';
import type { Host, SampleUser } from './host.js';

/** As `npm start` serves it, on a data folder of its own with the small records: for tests that add to a stay. */
export async function startWritableHost(users: readonly SampleUser[]): Promise<Host & { readonly house: House }> {
  const folder = await mkdtemp(join(tmpdir(), 'anjuan-ward-'));
  const key = randomBytes(32);
  await buildBundle(join(folder, 'bundle'));
  const house = await openHouse({ dataDir: join(folder, 'data'), auth: { keys: { sharedKey: key } } });
  const dir = join(root, 'fixtures/records/small/small-empty');
  await ingestFolder({ archive: house.system, pages: house.pages, dir });
  const sites = [
    { prefix: '/emr/', folder: join(root, 'examples/emr') },
    { prefix: '/anjuan/', folder: join(folder, 'bundle') },
  ];
  const login = devLogin({ key, users: () => Promise.resolve(users) });
  const app = createHttpApp({ archive: house.archive, devLogin: login, sites });
  const server = await listen({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
  return {
    origin: `http://127.0.0.1:${server.port}`,
    house,
    close: async () => {
      await server.close();
      await house.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
