// What a hospital has beside its archive, for the example pages: a certification authority with OCSP and time stamps, and
// a signing service that keeps the keys of staff and hospital. Test keys, test names; see fixtures/src/pki.
import { resolve } from 'node:path';
import { handlerFetch, openTestPki, pkiHandler, type TestCertificate } from '@anjuan/fixtures';
import { CscSimulator, type SimulatedKey } from '@anjuan/sign/testing';

/** The PIN of the sample doctor; the page shows it. */
export const SAMPLE_PIN = '123456';

const ok = (value: unknown): Response =>
  new Response(JSON.stringify(value), { headers: { 'content-type': 'application/json', 'cache-control': 'no-store' } });

async function keyOf(certificate: TestCertificate): Promise<SimulatedKey> {
  return { privateKey: await certificate.privateKey(), certificate: certificate.der, chain: certificate.chain };
}

/**
 * `/pki/anchors` what to trust, `/pki/tsa` time stamps, `/pki/relay` passes OCSP and CRL requests on (only to the test PKI),
 * `/pki/staff/` and `/pki/hospital/` signing services by the CSC interface.
 */
export async function openHospitalPki({ folder }: { readonly folder?: string } = {}): Promise<{
  handle(request: Request): Promise<Response>;
  close(): Promise<void>;
}> {
  const pki = await openTestPki(folder === undefined ? {} : { folder });
  const handle = pkiHandler(pki);
  const relayed = handlerFetch(handle);
  const doctors = {
    doctor: await keyOf(pki.get('doctorRsa')),
    physician: await keyOf(pki.get('doctorRsa3072')),
  };
  const staff = new CscSimulator({ credentials: doctors, pin: SAMPLE_PIN });
  const hospital = new CscSimulator({ credentials: { seal: await keyOf(pki.get('sealRsa')) } });
  const roots = pki.roots.map((der) => Buffer.from(der).toString('base64'));
  return {
    handle: async (request) => {
      const [, service = ''] = /^\/pki\/(\w+)/.exec(new URL(request.url).pathname) ?? [];
      if (service === 'anchors') return ok({ signature: roots, timestamp: roots });
      if (service === 'staff') return staff.handle(request);
      if (service === 'hospital') return hospital.handle(request);
      if (service === 'tsa') return handle(request);
      const target = request.headers.get('x-anjuan-target') ?? '';
      if (service !== 'relay' || !target.startsWith(`${pki.baseUrl}/`)) return new Response(null, { status: 404 });
      const body = new Uint8Array(await request.arrayBuffer());
      const type = request.headers.get('content-type') ?? 'application/octet-stream';
      // An empty POST is the way a page asks for a file.
      if (body.byteLength === 0) return relayed(target);
      return relayed(target, { method: 'POST', body, headers: { 'content-type': type } });
    },
    close: () => pki.close(),
  };
}

/** For `anjuan-archive serve --service /pki/=examples/services/hospital-pki.ts`. */
export const openService = (): ReturnType<typeof openHospitalPki> => openHospitalPki({ folder: resolve('.cache/pki') });
