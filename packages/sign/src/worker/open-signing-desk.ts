import { AnjuanError, type Scope } from '@anjuan/core';
import { trustedScriptUrl } from '@anjuan/core/element';
import { WorkerHost } from '@anjuan/core/worker';
import type { SignatureOptions } from '../signing/types.js';
import type { RevocationSource } from '../trust/ports.js';
import type { VerifyOptions } from '../verify/options.js';
import type { ValidationReport } from '../verify/report.js';
import { choiceOf, portsOf, wireSetup, wireSignature, type DeskSetup } from './desk-ports.js';
import type { ServiceAddress, SigningTask, SignWorker, WireSigned } from './protocol.js';
import { workFailed } from './work-failed.js';

/** Settings of a check. */
export interface DeskCheck extends Omit<VerifyOptions, 'engine' | 'revocation'> {
  readonly revocation?: RevocationSource | ServiceAddress;
}

/** A file with what was added behind it. */
export interface SignedFile extends WireSigned {
  /** The signed file; shares the bytes of the original. */
  readonly file: Blob;
}

/**
 * Signs and verifies in a worker; the page is never held up, and keys stay with their signers. Errors: those of `signPdf`
 * and `verifyPdf`, `sign-worker-failed`, `worker-blocked`, `aborted`.
 */
export interface SigningDesk {
  /** Adds one signature after the other. */
  sign(file: Blob, signatures: readonly SignatureOptions[], setup?: DeskSetup): Promise<SignedFile>;
  /** Signs many files under one authorization of the signer: all, or none. */
  signBatch(files: readonly Blob[], signature: SignatureOptions, setup?: DeskSetup): Promise<readonly SignedFile[]>;
  /** Adds a document timestamp, validation data, or renews both for the next years. */
  extend(file: Blob, what: 'timestamp' | 'validation-data' | 'renew', setup: DeskSetup): Promise<SignedFile>;
  verify(file: Blob, check: DeskCheck): Promise<ValidationReport>;
}

/** Where the worker is (`sign/sign.worker.js` below `assetsUrl`), and how long it lives. */
export interface SigningDeskOptions {
  readonly assetsUrl: string;
  /** The worker ends with this scope; calls under way then end with `aborted`. */
  readonly scope: Scope;
}

/** Opens the desk; its worker starts with the first call. */
export function openSigningDesk({ assetsUrl, scope }: SigningDeskOptions): SigningDesk {
  const host = new WorkerHost<SignWorker>({
    url: () => trustedScriptUrl(assetsUrl, 'sign/sign.worker.js'),
    name: 'anjuan-sign',
    scope,
    ping: (worker) => worker.backend(),
    failed: workFailed,
  });
  let calls = 0;
  const call = async <R>(
    signal: AbortSignal | undefined,
    work: (worker: Pick<SignWorker, 'work' | 'verify'>, callId: number) => Promise<R>,
  ): Promise<R> => {
    if (signal?.aborted) throw new AnjuanError('aborted');
    const callId = (calls += 1);
    const during = scope.child();
    if (signal)
      during.listen(signal, 'abort', () => void host.call((worker) => worker.cancel(callId)).catch(() => undefined));
    try {
      return await host.call((worker) => work(worker as unknown as SignWorker, callId));
    } finally {
      during.dispose();
    }
  };
  const perform = async (
    task: SigningTask,
    files: readonly Blob[],
    signatures: readonly SignatureOptions[],
    setup: DeskSetup,
  ) => {
    const ports = portsOf({ ...setup, signatures, heard: () => host.heard() });
    const done = await call(setup.signal, (worker, callId) => worker.work(callId, task, wireSetup(setup), ports));
    return done.map((signed, index): SignedFile => ({
      ...signed,
      file: new Blob([files[index] ?? new Blob(), ...signed.increments], { type: 'application/pdf' }),
    }));
  };
  return {
    sign: async (file, signatures, setup = {}) =>
      first(
        await perform({ kind: 'sign', file, signatures: signatures.map(wireSignature) }, [file], signatures, setup),
      ),
    signBatch: (files, signature, setup = {}) =>
      perform({ kind: 'batch', files, signature: wireSignature(signature) }, files, [signature], setup),
    extend: async (file, what, setup) => first(await perform({ kind: what, file }, [file], [], setup)),
    verify: (file, { trustStore, revocation, renderer, signal, ...check }) => {
      const ports = portsOf({
        trustStore,
        signatures: [],
        heard: () => host.heard(),
        ...(renderer && { renderer }),
        ...(revocation && { revocation }),
        ...(signal && { signal }),
      });
      const wire = { ...check, revocation: choiceOf(revocation), rendered: renderer !== undefined };
      return call(signal, (worker, callId) => worker.verify(callId, file, wire, ports));
    },
  };
}

function first(files: readonly SignedFile[]): SignedFile {
  const [file] = files;
  if (!file) throw workFailed({ cause: undefined });
  return file;
}
