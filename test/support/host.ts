import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createArchive, createJwtAuth, fixedUser, loadSnapshot } from '@anjuan/archive';
import { createHttpApp, devLogin, listen } from '@anjuan/archive/node';
import { buildBundle } from '../../scripts/lib/bundle.mjs';
import { root } from '../../scripts/lib/run.mjs';
import { scratchFolder } from './scratch.js';

const storyArchive = join(root, '.cache/story-archive');

export interface Host {
  readonly origin: string;
  close(): Promise<void>;
}

export type SampleUser = Awaited<ReturnType<Parameters<typeof devLogin>[0]['users']>>[number];

const anybody: readonly SampleUser[] = [
  { id: 'doctor', nameZh: '医生', nameEn: 'Doctor', roles: ['DOC'] },
  { id: 'clerk', nameZh: '病案室', nameEn: 'Record room', roles: ['REC'] },
  { id: 'patient', nameZh: '患者', nameEn: 'Patient', roles: ['PAT'] },
].map((user) => ({ ...user, departments: [], subject: `test-${user.id}` }));

/** The story archive, read from disk: small records, the same as in the stories. */
async function openStoryArchive() {
  if (!existsSync(join(storyArchive, 'snapshot.json'))) {
    throw new Error('No story archive: run `node scripts/story-archive.mjs` first (npm test does).');
  }
  return loadSnapshot('https://story-archive.test/', {
    fetch: async (input) => {
      const { pathname } = new URL(input instanceof Request ? input.url : input);
      return new Response(await readFile(join(storyArchive, pathname)));
    },
  });
}

/**
 * One loopback origin as `npm start` serves it, strict CSP included: `/fhir`, `/dev/`, the example pages, the one-file
 * bundle at `/anjuan/`, its assets at `/assets/` too, and `sites` of the test's own (prefix -> folder). With `users` the archive checks their tokens;
 * without, every request is the record room's.
 */
export async function startHost(
  sites: Readonly<Record<string, string>> = {},
  { users }: { readonly users?: readonly SampleUser[] } = {},
): Promise<Host> {
  const scratch = scratchFolder();
  const bundle = join(scratch.folder, 'bundle');
  await buildBundle(bundle);
  const snapshot = await openStoryArchive();
  const key = randomBytes(32);
  const reader = { userId: 'test-clerk', name: 'Test', roles: ['REC'], departments: [] };
  const auth = users ? createJwtAuth({ keys: { sharedKey: key } }) : fixedUser(reader);
  const archive = createArchive({ ...snapshot, auth });
  const folders = {
    '/emr/': join(root, 'examples/emr'),
    '/plain/': join(root, 'examples/plain'),
    '/anjuan/': bundle,
    '/assets/': join(bundle, 'assets'),
    ...sites,
  };
  const app = createHttpApp({
    archive,
    devLogin: devLogin({ key, users: () => Promise.resolve(users ?? anybody) }),
    // The strictest policy: everything must work without WebAssembly, too.
    policy: { wasm: false },
    sites: Object.entries(folders).map(([prefix, folder]) => ({ prefix, folder })),
  });
  const server = await listen({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 });
  const close = async (): Promise<void> => {
    await server.close();
    scratch.remove();
  };
  return { origin: `http://127.0.0.1:${server.port}`, close };
}
