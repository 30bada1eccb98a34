import { proxy } from 'comlink';
import { AnjuanError } from '@anjuan/core';
import { toWire } from '@anjuan/core/worker';
import type { SignatureOptions, SigningSetup } from '../signing/types.js';
import type { RevocationSource, TimestampAuthority } from '../trust/ports.js';
import type { VerifyOptions } from '../verify/options.js';
import type { HostPorts, PortChoice, ServiceAddress, WireSetup, WireSignature } from './protocol.js';
import { workFailed } from './work-failed.js';

/** Settings of signing; services may be given by address, then the worker asks them itself. */
export interface DeskSetup extends Omit<SigningSetup, 'engine' | 'clock' | 'timestampAuthority' | 'revocation'> {
  readonly timestampAuthority?: TimestampAuthority | ServiceAddress;
  readonly revocation?: RevocationSource | ServiceAddress;
}

const isAddress = (port: object): port is ServiceAddress => 'url' in port;

export function choiceOf(port: object | undefined): PortChoice {
  if (port === undefined) return undefined;
  return isAddress(port) ? { url: new URL(port.url, document.baseURI).href } : 'host';
}

export function wireSignature({ signer, appearance, ...options }: SignatureOptions): WireSignature {
  return { ...options, kind: signer.kind, capabilities: signer.capabilities, drawn: appearance !== undefined };
}

export function wireSetup(setup: DeskSetup): WireSetup {
  const { signal: _signal, askSecret: _ask, onProgress: _progress, timestampAuthority, revocation, ...plain } = setup;
  return { ...plain, timestampAuthority: choiceOf(timestampAuthority), revocation: choiceOf(revocation) };
}

interface PortSources extends Pick<
  DeskSetup,
  'signal' | 'askSecret' | 'onProgress' | 'timestampAuthority' | 'revocation'
> {
  readonly signatures: readonly SignatureOptions[];
  readonly trustStore?: VerifyOptions['trustStore'];
  readonly renderer?: NonNullable<VerifyOptions['renderer']>;
  /** The worker gave a sign of life. */
  readonly heard: () => void;
}

/** What the worker may ask of the page while it works. */
export function portsOf(sources: PortSources): HostPorts & object {
  const { signatures, signal, askSecret, timestampAuthority, revocation, trustStore, renderer, heard } = sources;
  const options = { ...(signal && { signal }), ...(askSecret && { askSecret }) };
  const run = async <T>(work: () => Promise<T> | undefined): Promise<T> => {
    heard();
    try {
      const answer = work();
      if (answer === undefined) throw new AnjuanError('invalid-argument');
      return await answer;
    } catch (error) {
      throw toWire(error, workFailed);
    } finally {
      heard();
    }
  };
  return proxy<HostPorts & object>({
    identity: (index) => run(() => signatures[index]?.signer.identity(options)),
    sign: (index, requests) => run(() => signatures[index]?.signer.sign(requests, options)),
    appearance: (index, context) => run(async () => drawn(await signatures[index]?.appearance?.(context))),
    timestamp: (request) =>
      run(() =>
        timestampAuthority && !isAddress(timestampAuthority) ? timestampAuthority.timestamp(request) : undefined,
      ),
    revocation: (request) => run(() => (revocation && !isAddress(revocation) ? revocation.fetch(request) : undefined)),
    anchors: (purpose) => run(() => trustStore?.anchors(purpose, options)),
    render: (request) => run(() => renderer?.render({ ...request, ...(signal && { signal }) })),
    progress: (progress) => {
      heard();
      sources.onProgress?.(progress);
    },
  });
}

function drawn<T>(appearance: T | undefined): T {
  if (appearance === undefined) throw new AnjuanError('invalid-argument');
  return appearance;
}
