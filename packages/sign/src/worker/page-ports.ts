import { fromWire } from '@anjuan/core/worker';
import type { SignatureOptions } from '../signing/types.js';
import type { RevocationSource, TimestampAuthority } from '../trust/ports.js';
import type { HostPorts, PortChoice, WireSignature } from './protocol.js';
import { workFailed } from './work-failed.js';

/** A call back to the page; its errors keep their code. */
async function ask<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw fromWire(error, workFailed);
  }
}

/** A signature whose signer and picture are asked of the page. */
export function signatureOf({ kind, capabilities, drawn, ...options }: WireSignature, index: number, ports: HostPorts) {
  const signature: SignatureOptions = {
    ...options,
    signer: {
      kind,
      capabilities,
      identity: () => ask(ports.identity(index)),
      sign: (requests) => ask(ports.sign(index, requests)),
    },
    ...(drawn && { appearance: (context) => ask(ports.appearance(index, context)) }),
  };
  return signature;
}

export async function timestampsOf(choice: PortChoice, ports: HostPorts): Promise<TimestampAuthority | undefined> {
  if (choice === undefined) return undefined;
  if (choice !== 'host') {
    const { httpTimestampAuthority } = await import('../trust/http-timestamp-authority.js');
    return httpTimestampAuthority({ url: choice.url });
  }
  return { timestamp: ({ hash, imprint }) => ask(ports.timestamp({ hash, imprint })) };
}

export async function revocationOf(choice: PortChoice, ports: HostPorts): Promise<RevocationSource | undefined> {
  if (choice === undefined) return undefined;
  if (choice !== 'host') {
    const { networkRevocation } = await import('../trust/network-revocation.js');
    return networkRevocation({ proxyUrl: choice.url });
  }
  return { fetch: ({ certificate, issuer }) => ask(ports.revocation({ certificate, issuer })) };
}

/** Trusted certificates and drawn pages, asked of the page. */
export function checkPorts(ports: HostPorts) {
  return {
    trustStore: { anchors: (purpose: Parameters<HostPorts['anchors']>[0]) => ask(ports.anchors(purpose)) },
    renderer: {
      render: ({ file, pageIndex, widthPx }: Parameters<HostPorts['render']>[0]) =>
        ask(ports.render({ file, pageIndex, widthPx })),
    },
  };
}
