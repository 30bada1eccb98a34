import { AnjuanError, Scope } from '@anjuan/core';
import { engineBuild, engineFile, type EngineBuild } from './engine-build.js';
import { importEngine, type PdfEngine, type PdfWorker } from './engine.js';
import { assetsFolder, trustedScriptUrl } from '@anjuan/core/element';

/** The engine with its running worker. */
export interface PdfRuntime {
  readonly engine: PdfEngine;
  readonly worker: PdfWorker;
  /** Folder `pdfjs/` below the assets, absolute, with a trailing slash. */
  readonly folder: string;
}

const START_TIMEOUT_MS = 20_000;
/** One file of each kind that is silently missed otherwise: Chinese text, scans, standard fonts. */
const PROBES = ['cmaps/UniGB-UTF16-H.bcmap', 'wasm/jbig2.wasm', 'standard_fonts/FoxitSerif.pfb'] as const;

interface Shared {
  readonly runtime: Promise<PdfRuntime>;
  readonly scope: Scope;
  users: number;
}

const shared = new Map<string, Shared>();

/**
 * The PDF worker of this page for one assets folder, started with the first user and ended with the last.
 * Errors: `worker-blocked`, `assets-missing`, `unsupported-browser`.
 */
export function acquirePdfRuntime(assetsUrl: string): { runtime: Promise<PdfRuntime>; release: () => void } {
  const key = assetsFolder(assetsUrl);
  const entry = shared.get(key) ?? start(key);
  entry.users += 1;
  let open = true;
  const release = (): void => {
    if (!open) return;
    open = false;
    entry.users -= 1;
    if (entry.users > 0) return;
    if (shared.get(key) === entry) shared.delete(key);
    entry.scope.dispose();
  };
  return { runtime: entry.runtime, release };
}

function start(key: string): Shared {
  const scope = new Scope();
  const entry: Shared = { runtime: startRuntime(key, scope), scope, users: 0 };
  shared.set(key, entry);
  entry.runtime.catch(() => {
    // The next user starts anew.
    if (shared.get(key) === entry) shared.delete(key);
    scope.dispose();
  });
  return entry;
}

async function startRuntime(assetsUrl: string, scope: Scope): Promise<PdfRuntime> {
  if (typeof Worker !== 'function' || !('withResolvers' in Promise)) {
    throw new AnjuanError('unsupported-browser');
  }
  const folder = `${assetsUrl}pdfjs/`;
  const build = engineBuild();
  const loading = loadEngine(assetsUrl, build);
  const [port, engine] = await Promise.all([
    startWorker(assetsUrl, build, scope),
    loading,
    // Connections are few: the scripts go first.
    loading.then(() => probeAssets(folder, scope)),
  ]);
  if (scope.disposed) throw new AnjuanError('aborted');
  // A port of our own: the engine can never fall back to drawing documents on the main thread by itself.
  const worker = engine.PDFWorker.create({ port, verbosity: engine.VerbosityLevel.ERRORS });
  scope.defer(() => worker.destroy());
  return { engine, worker, folder };
}

async function loadEngine(assetsUrl: string, build: EngineBuild): Promise<PdfEngine> {
  try {
    return await importEngine(assetsUrl, build);
  } catch (cause) {
    throw new AnjuanError('assets-missing', { cause });
  }
}

/** A worker start has three endings: ready, error, silence. */
async function startWorker(assetsUrl: string, build: EngineBuild, scope: Scope): Promise<Worker> {
  const path = `pdfjs/${engineFile('pdf.worker', build)}`;
  const worker = spawn(trustedScriptUrl(assetsUrl, path));
  scope.defer(() => worker.terminate());
  const waiting = scope.child();
  try {
    await new Promise<void>((resolve, reject) => {
      waiting.listen(worker, 'message', (event) => {
        if ((event as MessageEvent<{ action?: string } | null>).data?.action === 'ready') resolve();
      });
      waiting.listen(worker, 'error', (event) => {
        event.preventDefault();
        reject(new AnjuanError('worker-blocked'));
      });
      waiting.timeout(() => reject(new AnjuanError('worker-blocked')), START_TIMEOUT_MS);
      waiting.defer(() => reject(new AnjuanError('aborted')));
    });
  } catch (error) {
    const gone =
      AnjuanError.is(error, 'worker-blocked') && (await missing(new URL(path, assetsUrl).href, scope.signal));
    throw gone ? new AnjuanError('assets-missing', { cause: error }) : error;
  } finally {
    waiting.dispose();
  }
  return worker;
}

function spawn(url: URL | string): Worker {
  try {
    return new Worker(url, { type: 'module', name: 'anjuan-pdf' });
  } catch (cause) {
    throw new AnjuanError('worker-blocked', { cause });
  }
}

async function probeAssets(folder: string, scope: Scope): Promise<void> {
  const gone = await Promise.all(PROBES.map((path) => missing(`${folder}${path}`, scope.signal)));
  const missingCount = gone.filter(Boolean).length;
  if (missingCount > 0) throw new AnjuanError('assets-missing', { details: { missingCount } });
}

/** True when the server says that the file is not there; a network fault is no proof. */
async function missing(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch(url, { method: 'HEAD', signal });
    return response.status === 404 || response.status === 410;
  } catch {
    return false;
  }
}
