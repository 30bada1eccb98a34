import { readFileSync, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { developmentKey, signDevToken } from '@anjuan/archive/node';
import { buildCaptureAssets } from '../../scripts/lib/capture-assets.mjs';
import { workspaceBuild } from '../../scripts/lib/workspace-build.mjs';
import { ArchiveProcess } from './archive-process.js';
import { startFaultProxy, type FaultProxy } from './fault-proxy.js';

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
  '.html': 'text/html; charset=utf-8',
};
const page =
  '<!doctype html><meta charset="utf-8"><title>chaos</title><script type="module" src="/operator.js"></script>';

/** An archive that can be killed, a line that can break, and the pages of the operator. */
export interface World {
  readonly archive: ArchiveProcess;
  readonly proxy: FaultProxy;
  /** Tokens of the scanning clerk. */
  readonly token: () => Promise<string>;
  /** The archive without the bad line, as the integration account. */
  fhir(path: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

export async function openWorld(): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'anjuan-chaos-'));
  const entry = join(fileURLToPath(new URL('.', import.meta.url)), 'operator.ts');
  await build({ ...workspaceBuild, entryPoints: [entry], format: 'esm', outfile: join(folder, 'site/operator.js') });
  await buildCaptureAssets(join(folder, 'site/assets/capture'));
  const archive = new ArchiveProcess({ dataDir: join(folder, 'data') });
  await archive.start();
  const proxy = await startFaultProxy({
    archivePort: () => archive.port,
    serve: (path) => {
      if (path === '/') return { body: page, type: types['.html'] ?? '' };
      const file = join(folder, 'site', path.replaceAll('..', ''));
      return existsSync(file) ? { body: readFileSync(file), type: types[extname(file)] ?? 'text/plain' } : undefined;
    },
  });
  const key = await developmentKey(join(folder, 'data'));
  const sign = (roles: readonly string[], subject: string): Promise<string> =>
    signDevToken({ id: subject, nameZh: subject, nameEn: subject, roles, departments: [], subject }, { key });
  const system = await sign(['SYS'], 'chaos-system');
  return {
    archive,
    proxy,
    token: () => sign(['REC'], 'chaos-clerk'),
    fhir: (path, init = {}) =>
      fetch(`http://127.0.0.1:${archive.port}/fhir/${path}`.replace(/\/$/, ''), {
        ...init,
        headers: { authorization: `Bearer ${system}`, 'content-type': 'application/fhir+json', ...init.headers },
      }),
    close: async () => {
      await proxy.close();
      await archive.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
