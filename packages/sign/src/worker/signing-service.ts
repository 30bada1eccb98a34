import { toWire } from '@anjuan/core/worker';
import { blobSource } from '../bytes/byte-source.js';
import type { CryptoEngine } from '../crypto/algorithms.js';
import type { SignedPdf, SigningSetup } from '../signing/types.js';
import { checkPorts, revocationOf, signatureOf, timestampsOf } from './page-ports.js';
import type { HostPorts, SigningTask, SignWorker, WireSetup, WireSigned } from './protocol.js';
import { workFailed } from './work-failed.js';

/** Signs and verifies where the page is not held up; each half is loaded when it is first needed. */
export function signingService(loading: Promise<CryptoEngine>): SignWorker {
  const running = new Map<number, AbortController>();
  const run = async <T>(
    callId: number,
    work: (engine: CryptoEngine, signal: AbortSignal) => Promise<T>,
  ): Promise<T> => {
    const controller = new AbortController();
    running.set(callId, controller);
    try {
      return await work(await loading, controller.signal);
    } catch (error) {
      throw toWire(error, workFailed);
    } finally {
      running.delete(callId);
    }
  };
  return {
    backend: async () => (await loading).backend,
    work: (callId, task, setup, ports) =>
      run(callId, async (engine, signal) => {
        const done = await perform(task, ports, { ...(await setupOf(setup, ports)), engine, signal });
        return done.map(({ increments, signatures }): WireSigned => ({ increments, signatures }));
      }),
    verify: (callId, file, { rendered, revocation: choice, ...check }, ports) =>
      run(callId, async (engine, signal) => {
        const { verifyPdf } = await import('../verify/index.js');
        const { trustStore, renderer } = checkPorts(ports);
        const revocation = await revocationOf(choice, ports);
        return verifyPdf(blobSource(file), {
          ...check,
          trustStore,
          engine,
          signal,
          ...(rendered && { renderer }),
          ...(revocation && { revocation }),
        });
      }),
    cancel: (callId) => Promise.resolve(running.get(callId)?.abort()),
  };
}

async function setupOf(
  { timestampAuthority, revocation, ...setup }: WireSetup,
  ports: HostPorts,
): Promise<SigningSetup> {
  const authority = await timestampsOf(timestampAuthority, ports);
  const source = await revocationOf(revocation, ports);
  return {
    ...setup,
    onProgress: (progress) => ports.progress(progress),
    ...(authority && { timestampAuthority: authority }),
    ...(source && { revocation: source }),
  };
}

async function perform(task: SigningTask, ports: HostPorts, setup: SigningSetup): Promise<readonly SignedPdf[]> {
  const signing = await import('../signing/index.js');
  switch (task.kind) {
    case 'sign': {
      const signatures = task.signatures.map((signature, index) => signatureOf(signature, index, ports));
      return [await signing.signPdf(blobSource(task.file), { ...setup, signatures })];
    }
    case 'batch': {
      const documents = task.files.map((file) => ({ source: blobSource(file) }));
      const result = await signing.signBatch(documents, { ...setup, ...signatureOf(task.signature, 0, ports) });
      if (result.status === 'signed') return result.documents;
      throw result.refusals[0]?.error;
    }
    case 'timestamp':
      return [await signing.addDocumentTimestamp(blobSource(task.file), setup)];
    case 'validation-data':
      return [await signing.addValidationData(blobSource(task.file), setup)];
    case 'renew':
      return [await signing.renewTimestamps(blobSource(task.file), setup)];
  }
}
