import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { benchDir, peersDir } from '../places.js';

const names = [
  '@cantoo/pdf-lib',
  '@libpdf/core',
  '@signpdf/placeholder-plain',
  '@signpdf/signer-p12',
  '@signpdf/signpdf',
  '@signpdf/utils',
  'asn1js',
  'pkijs',
  'signature_pad',
  'sm-crypto-v2',
] as const;

type PeerName = (typeof names)[number];

/** Installs the peers from the lock file of the benches, unless they are there. */
export function installPeers(): void {
  if (names.every((name) => existsSync(`${peersDir}/${name}`))) return;
  execFileSync('npm', ['ci', '--ignore-scripts', '--omit=optional', '--workspaces=false'], {
    cwd: benchDir,
    stdio: 'inherit',
  });
}

const requirePeer = createRequire(`${benchDir}/package.json`);

/** A peer as it is installed; the workspace knows no types of it. CommonJS builds come without their wrapper. */
export async function peer<T>(name: PeerName): Promise<T> {
  const loaded = (await import(pathToFileURL(resolvePeer(name)).href)) as { default?: T };
  return loaded as T;
}

function resolvePeer(name: PeerName): string {
  try {
    return requirePeer.resolve(name);
  } catch {
    // Packages that only offer an import condition.
    const entry = requirePeer(`${peersDir}/${name}/package.json`) as {
      main?: string;
      exports?: Record<string, { import?: string | { default?: string } }>;
    };
    const way = entry.exports?.['.']?.import;
    const file = typeof way === 'string' ? way : (way?.default ?? entry.main ?? 'index.js');
    return `${peersDir}/${name}/${file}`;
  }
}

/** Version of a peer, for the report. */
export function peerVersions(): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => {
      const { version } = requirePeer(`${peersDir}/${name}/package.json`) as { version: string };
      return [name, version];
    }),
  );
}
