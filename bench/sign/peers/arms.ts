import type { BenchPki, KeyName } from '../pki.js';
import { holders } from '../pki.js';
import { cmsOf, signWithCantoo, type Asn1js, type Cantoo, type PeerKey, type Pkijs } from './cantoo-pkijs.js';
import { peer } from './install.js';
import { signWithLibpdf, type Libpdf } from './libpdf.js';
import { signWithSignpdf, signWithSignpdfLayout, type SignpdfModules } from './signpdf.js';

export type Level = 'B-B' | 'B-T' | 'B-LT' | 'B-LTA';

/** A peer that can sign: which levels and keys it offers, and how. */
export interface PeerArm {
  readonly name: string;
  readonly levels: readonly Level[];
  readonly keys: readonly KeyName[];
  /** What it signs claims to be PAdES. */
  readonly pades: boolean;
  sign(input: Uint8Array<ArrayBuffer>, key: KeyName, level: Level): Promise<Uint8Array<ArrayBuffer>>;
}

/** WebCrypto parameters of the test keys. */
export const keyParameters = {
  rsa: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  ecdsa: { name: 'ECDSA', namedCurve: 'P-256' },
} as const;

export async function peerKey({ pki }: Pick<BenchPki, 'pki'>, name: 'rsa' | 'ecdsa'): Promise<PeerKey> {
  const holder = pki.get(holders[name]);
  const pkcs8 = new Uint8Array(await holder.privateKey());
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, keyParameters[name], false, ['sign']);
  return { key, certificate: new Uint8Array(holder.der), chain: holder.chain.map((der) => new Uint8Array(der)) };
}

export const P12_PASSWORD = 'bench';

export async function signpdfModules(): Promise<SignpdfModules> {
  return {
    signpdf: await peer<SignpdfModules['signpdf']>('@signpdf/signpdf'),
    placeholder: await peer<SignpdfModules['placeholder']>('@signpdf/placeholder-plain'),
    utils: await peer<SignpdfModules['utils']>('@signpdf/utils'),
    signerP12: await peer<SignpdfModules['signerP12']>('@signpdf/signer-p12'),
  };
}

/** A file as @signpdf lays it out, with a CMS of pkijs: its own drops the non-Latin names of the test certificates. */
export async function signedElsewhere(
  bench: BenchPki,
  input: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const pkijs = await peer<Pkijs>('pkijs');
  const asn1js = await peer<Asn1js>('asn1js');
  const key = await peerKey(bench, 'rsa');
  return signWithSignpdfLayout(await signpdfModules(), input, (covered) => cmsOf({ pkijs, asn1js }, covered, key));
}

/** All peers that sign PDF files. */
export async function openPeers(bench: BenchPki): Promise<readonly PeerArm[]> {
  const libpdf = await peer<Libpdf>('@libpdf/core');
  const cantoo = await peer<Cantoo>('@cantoo/pdf-lib');
  const pkijs = await peer<Pkijs>('pkijs');
  const asn1js = await peer<Asn1js>('asn1js');
  const signpdf = await signpdfModules();
  const keys = { rsa: await peerKey(bench, 'rsa'), ecdsa: await peerKey(bench, 'ecdsa') };
  const keyOf = (name: KeyName): PeerKey => (name === 'rsa' ? keys.rsa : keys.ecdsa);
  const p12 = await bench.pki.pkcs12(holders.rsa, { password: P12_PASSWORD, protection: 'legacy' });
  return [
    {
      name: '@signpdf/signpdf',
      levels: ['B-B'],
      keys: ['rsa'],
      pades: false,
      sign: (input) => signWithSignpdf(signpdf, input, { p12, password: P12_PASSWORD }),
    },
    {
      name: '@signpdf/signpdf with a CMS of pkijs',
      levels: ['B-B'],
      keys: ['rsa'],
      pades: true,
      sign: (input) => signedElsewhere(bench, input),
    },
    {
      name: '@cantoo/pdf-lib + pkijs',
      levels: ['B-B'],
      keys: ['rsa', 'ecdsa'],
      pades: true,
      sign: (input, key) => signWithCantoo({ cantoo, pkijs, asn1js }, input, keyOf(key)),
    },
    {
      name: '@libpdf/core',
      levels: ['B-B', 'B-T', 'B-LT', 'B-LTA'],
      keys: ['rsa', 'ecdsa'],
      pades: true,
      sign: (input, key, level) => signWithLibpdf(libpdf, input, keyOf(key), { level, tsaUrl: bench.tsaUrl }),
    },
  ];
}
