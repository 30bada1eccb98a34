import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { openTestPki, pkiHandler, type TestCertificateName, type TestPki } from '../../fixtures/src/pki/index.js';
import { keySigner } from '../../packages/sign/src/signing/testing/key-signer.js';
import type { SigningSetup } from '../../packages/sign/src/signing/index.js';
import { httpTimestampAuthority, networkRevocation } from '../../packages/sign/src/trust/index.js';
import type { Signer } from '../../packages/sign/src/signers/signer.js';
import { cacheDir } from './places.js';

export type KeyName = 'rsa' | 'ecdsa' | 'sm2';

export const holders: Readonly<Record<KeyName, TestCertificateName>> = {
  rsa: 'doctorRsa',
  ecdsa: 'doctorEc',
  sm2: 'doctorSm2',
};

/** The test authority behind a real address of this machine, so that peers can ask it, too. */
export interface BenchPki {
  readonly pki: TestPki;
  readonly setup: SigningSetup;
  readonly signers: Readonly<Record<KeyName, Signer>>;
  /** PEM of all issuing certificates, for programs. */
  readonly untrustedFile: string;
  readonly tsaUrl: string;
  close(): Promise<void>;
}

/** A fixed port: the address stands in the certificates, and they are kept between runs. */
const PORT = 47_613;

export async function openBenchPki({ port = PORT } = {}): Promise<BenchPki> {
  const baseUrl = `http://127.0.0.1:${String(port)}`;
  const pki = await openTestPki({ folder: join(cacheDir, `pki-${String(port)}`), baseUrl });
  const handler = pkiHandler(pki);
  const server = createServer((incoming, outgoing) => {
    const pieces: Buffer[] = [];
    incoming.on('data', (piece: Buffer) => pieces.push(piece));
    incoming.on('end', () => {
      const method = incoming.method ?? 'GET';
      const type = incoming.headers['content-type'];
      const request = new Request(`${baseUrl}${incoming.url ?? '/'}`, {
        method,
        ...(type === undefined ? {} : { headers: { 'content-type': type } }),
        ...(method === 'POST' ? { body: new Uint8Array(Buffer.concat(pieces)) } : {}),
      });
      handler(request)
        .then(async (answer) => {
          outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
          outgoing.end(new Uint8Array(await answer.arrayBuffer()));
        })
        .catch(() => outgoing.destroy());
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const untrustedFile = join(cacheDir, 'issuing.pem');
  const issuing = ['issuingRsa', 'issuingEc', 'issuingSm2'] as const;
  const pems = await Promise.all(issuing.map((name) => readFile(pki.get(name).certificateFile, 'utf8')));
  await writeFile(untrustedFile, pems.join(''));
  const [rsa, ecdsa, sm2] = await Promise.all([
    keySigner(pki.get(holders.rsa)),
    keySigner(pki.get(holders.ecdsa)),
    keySigner(pki.get(holders.sm2)),
  ]);
  return {
    pki,
    signers: { rsa, ecdsa, sm2 },
    setup: {
      timestampAuthority: httpTimestampAuthority({ url: `${baseUrl}/tsa` }),
      revocation: networkRevocation(),
      certificates: pki.roots,
    },
    untrustedFile,
    tsaUrl: `${baseUrl}/tsa`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
