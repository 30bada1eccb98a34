/** One large signature in a process of its own: `node node-child.ts ARM`, key material on standard input, figures on standard output. */
import { open, readFile, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import type { ByteSource } from '../../../packages/sign/src/bytes/byte-source.js';
import type { Asn1js, Cantoo, Pkijs } from '../peers/cantoo-pkijs.js';
import type { Libpdf } from '../peers/libpdf.js';
import { peer } from '../peers/install.js';
import { P12_PASSWORD, signpdfModules } from '../peers/arms.js';
import { largeFile } from '../places.js';

/** Keys and files of the run, base64. */
export interface LargeTask {
  readonly pkcs8: string;
  readonly certificate: string;
  readonly chain: readonly string[];
  readonly p12: string;
  /** Where the signed file goes, to be judged; none when only time counts. */
  readonly output?: string;
}

export interface LargeFigures {
  readonly ms: number;
  /** Highest resident memory during signing above that before it, in MB of 1e6 bytes. */
  readonly peakMb: number;
  readonly idleMb: number;
}

const status = (name: string): number =>
  Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) * 1024;

async function readAll(): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString();
}

const task = JSON.parse(await readAll()) as LargeTask;
const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, 'base64'));
const [certificate, chain] = [bytesOf(task.certificate), task.chain.map(bytesOf)];

/** A file on disk, read on demand. */
async function fileSource(path: string): Promise<ByteSource> {
  const handle = await open(path);
  const { size } = await handle.stat();
  return {
    sizeBytes: size,
    read: async (offset, lengthBytes) => {
      const room = new Uint8Array(Math.max(0, Math.min(lengthBytes, size - offset)));
      const { bytesRead } = await handle.read(room, 0, room.length, offset);
      return room.subarray(0, bytesRead);
    },
  };
}

/** What the output file is made of. */
type Signed = readonly Uint8Array[];

async function prepare(arm: string): Promise<(path: string) => Promise<Signed>> {
  if (arm.startsWith('anjuan')) {
    const { signPdf } = await import('../../../packages/sign/src/signing/index.js');
    const { keySigner } = await import('../../../packages/sign/src/signing/testing/key-signer.js');
    const privateKey = (): Promise<Uint8Array> => Promise.resolve(bytesOf(task.pkcs8));
    const signer = await keySigner({ der: certificate, chain, privateKey });
    const mode = arm === 'anjuan lean' ? 'lean' : 'fast';
    return async (path) => (await signPdf(await fileSource(path), { signer, mode })).increments;
  }
  if (arm === '@signpdf/signpdf') {
    const { signWithSignpdf } = await import('../peers/signpdf.js');
    const modules = await signpdfModules();
    const secrets = { p12: bytesOf(task.p12), password: P12_PASSWORD };
    return async (path) => [await signWithSignpdf(modules, await readFile(path), secrets)];
  }
  const parameters = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('pkcs8', bytesOf(task.pkcs8), parameters, false, ['sign']);
  const own = { key, certificate, chain };
  const bytes = async (path: string): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array((await readFile(path)).buffer);
  if (arm === '@libpdf/core') {
    const { signWithLibpdf } = await import('../peers/libpdf.js');
    const libpdf = await peer<Libpdf>('@libpdf/core');
    return async (path) => [await signWithLibpdf(libpdf, await bytes(path), own, { level: 'B-B' })];
  }
  const { signWithCantoo } = await import('../peers/cantoo-pkijs.js');
  const [cantoo, pkijs, asn1js] = [
    await peer<Cantoo>('@cantoo/pdf-lib'),
    await peer<Pkijs>('pkijs'),
    await peer<Asn1js>('asn1js'),
  ];
  return async (path) => [await signWithCantoo({ cantoo, pkijs, asn1js }, await bytes(path), own)];
}

const arm = process.argv[2] ?? 'anjuan fast';
const small = process.argv[3];
const sign = await prepare(arm);
// Code is loaded and warm, as in an application that has signed something before.
if (small !== undefined) await sign(small);
globalThis.gc?.();
await new Promise((resolve) => setTimeout(resolve, 200));
// The kernel's own high-water mark, set back to now.
await writeFile('/proc/self/clear_refs', '5');
const idle = status('VmRSS');
const from = performance.now();
const signed = await sign(largeFile);
const ms = performance.now() - from;
const figures: LargeFigures = { ms, peakMb: (status('VmHWM') - idle) / 1e6, idleMb: idle / 1e6 };
if (task.output !== undefined) {
  const whole = arm.startsWith('anjuan') ? [await readFile(largeFile), ...signed] : signed;
  await writeFile(task.output, Buffer.concat(whole));
}
process.stdout.write(`${JSON.stringify(figures)}\n`);
process.exit(0);
