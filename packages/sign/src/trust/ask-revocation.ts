import { systemClock, throwIfAborted, type AnjuanError } from '@anjuan/core';
import { openCryptoEngine, type CryptoEngine } from '../crypto/index.js';
import { signError } from '../errors/sign-codes.js';
import {
  buildOcspRequest,
  checkRevocation,
  parseCertificate,
  parseCrl,
  parseOcspResponse,
  type Certificate,
} from '../x509/index.js';
import { boundedCall, type CallOptions } from './bounded-call.js';
import { ExpiringMap } from './expiring-map.js';
import type { RevocationEvidence, RevocationSource } from './ports.js';

/** Options of `networkRevocation`. */
export interface NetworkRevocationOptions extends CallOptions {
  /**
   * Address on the hospital's own origin that passes requests on: browsers refuse http addresses on https pages, and few
   * responders allow other origins. It gets a POST with the same body and content type; the header `x-anjuan-target` names
   * the address, which it must check against its own list.
   */
  readonly proxyUrl?: string;
  /** Milliseconds that an answer is used again; never beyond its own next update. Default ten minutes, 0 for never. */
  readonly cacheMs?: number;
  readonly engine?: CryptoEngine;
}

const OCSP_BYTES = 128 * 1024;
/** Revocation lists of national authorities reach some megabytes. */
const CRL_BYTES = 32 * 1024 * 1024;

interface Asked {
  readonly certificate: Certificate;
  readonly issuer: Certificate;
  readonly signal: AbortSignal | undefined;
}

/** The work of `networkRevocation`. */
export function openRevocation(options: NetworkRevocationOptions): RevocationSource {
  const { clock = systemClock, cacheMs = 600_000 } = options;
  const cache = new ExpiringMap<RevocationEvidence>(clock);
  const once = async (
    key: string,
    get: () => Promise<{ evidence: RevocationEvidence; untilMs: number | undefined }>,
  ): Promise<RevocationEvidence> => {
    const known = cache.get(key);
    if (known) return known;
    const { evidence, untilMs } = await get();
    cache.set(key, evidence, Math.min(clock.now() + cacheMs, untilMs ?? Infinity));
    return evidence;
  };
  return {
    fetch: async ({ certificate, issuer, signal }) => {
      const asked: Asked = { certificate: parseCertificate(certificate), issuer: parseCertificate(issuer), signal };
      const { serialHex, issuer: name, ocspUrls, crlUrls } = asked.certificate;
      const attempts = [
        ...ocspUrls.map((url) => () => once(`${url} ${name.key} ${serialHex}`, () => askOcsp(url, asked, options))),
        ...crlUrls.map((url) => () => once(url, () => loadCrl(url, asked, options))),
      ];
      let last: unknown;
      const doubtful: RevocationEvidence[] = [];
      for (const attempt of attempts) {
        try {
          const evidence = await attempt();
          if (await speaks(evidence, asked, options)) return [evidence];
          doubtful.push(evidence);
        } catch (error) {
          throwIfAborted(signal);
          last = error;
        }
      }
      // What does not count is given too: its faults belong into the report.
      if (attempts.length === 0 || doubtful.length > 0) return doubtful;
      throw last;
    },
  };
}

const unavailable = (reason: string, cause?: unknown): AnjuanError =>
  signError('revocation-unavailable', { details: { reason }, cause });

async function call(
  url: string,
  request: { readonly accept: string; readonly body?: Uint8Array; readonly type?: string; readonly maxBytes: number },
  { options, signal }: { readonly options: NetworkRevocationOptions; readonly signal: AbortSignal | undefined },
): Promise<Uint8Array> {
  if (!/^https?:\/\//i.test(url)) throw unavailable('scheme');
  const { proxyUrl } = options;
  const { accept, body, type, maxBytes } = request;
  const answer = await boundedCall({
    ...options,
    url: proxyUrl ?? url,
    method: body || proxyUrl !== undefined ? 'POST' : 'GET',
    headers: {
      accept,
      ...(type !== undefined && { 'content-type': type }),
      ...(proxyUrl !== undefined && { 'x-anjuan-target': url }),
    },
    ...(body && { body }),
    maxBytes,
    signal,
    fault: unavailable,
  });
  if (answer.status !== 200) throw unavailable('http-status');
  return answer.bytes;
}

/** Whether the evidence counts now; whoever sits between may answer anything, and must not hide what the next address says. */
async function speaks(
  evidence: RevocationEvidence,
  { certificate, issuer, signal }: Asked,
  { clock = systemClock, engine }: NetworkRevocationOptions,
): Promise<boolean> {
  const now = clock.now();
  const { status } = await checkRevocation({
    ...{ certificate, issuer, evidence: [evidence], at: now, now },
    engine: engine ?? (await openCryptoEngine()),
    ...(signal && { signal }),
  });
  return status !== 'unknown';
}

async function askOcsp(
  url: string,
  { certificate, issuer, signal }: Asked,
  options: NetworkRevocationOptions,
): Promise<{ evidence: RevocationEvidence; untilMs: number | undefined }> {
  const type = 'application/ocsp-request';
  const accept = 'application/ocsp-response';
  const engine = options.engine ?? (await openCryptoEngine());
  const body = await buildOcspRequest({ certificate, issuer, engine });
  const der = await call(url, { type, accept, body, maxBytes: OCSP_BYTES }, { options, signal });
  const response = readOr('malformed', () => parseOcspResponse(der));
  if (response.status !== 'successful') throw unavailable('responder-error');
  const untilMs = response.singles.find(({ serialNumber }) => serialNumber === certificate.serialNumber)?.nextUpdate;
  return { evidence: { kind: 'ocsp', der }, untilMs };
}

async function loadCrl(
  url: string,
  { signal }: Asked,
  options: NetworkRevocationOptions,
): Promise<{ evidence: RevocationEvidence; untilMs: number | undefined }> {
  const der = await call(url, { accept: 'application/pkix-crl', maxBytes: CRL_BYTES }, { options, signal });
  return { evidence: { kind: 'crl', der }, untilMs: readOr('malformed', () => parseCrl(der)).nextUpdate };
}

function readOr<T>(reason: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw unavailable(reason, cause);
  }
}
