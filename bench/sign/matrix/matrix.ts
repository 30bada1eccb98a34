import { mkdir, rm } from 'node:fs/promises';
import type { TestCertificateName } from '../../../fixtures/src/pki/index.js';
import { askBouncyCastle, hex, skipWithoutBouncyCastle } from '../../../test/oracles/bouncy-castle.js';
import { bytesSource } from '../../../packages/sign/src/bytes/byte-source.js';
import { signPdf } from '../../../packages/sign/src/signing/index.js';
import { askPyHanko, skipWithoutPyHanko } from '../oracles/py-hanko.js';
import { matrixDir } from '../places.js';
import type { Level, PeerArm } from '../peers/arms.js';
import type { BenchPki, KeyName } from '../pki.js';
import { judge, type Judged, type Output } from './judge.js';
import { matrixShapes, type MatrixShape } from './shapes.js';

const LEVELS: readonly Level[] = ['B-B', 'B-T', 'B-LT', 'B-LTA'];
const KEYS: readonly KeyName[] = ['rsa', 'ecdsa', 'sm2'];
const OURS = 'anjuan';

export interface ProducerResult {
  /** Inputs times levels times keys that the producer offers. */
  tried: number;
  /** Every oracle that applies accepts. */
  accepted: number;
  /** It said no, or failed with an error. */
  refused: number;
  /** It gave a file that an oracle does not accept, or that does not begin with the original. */
  wrong: number;
  prefixIdentical: number;
  /** Signatures that the inputs had already, and those that pdfsig judges as before. */
  earlierTried: number;
  earlierIntact: number;
  readonly refusals: { readonly output: string; readonly oracle: string; readonly words: string }[];
}

export interface MatrixResult {
  readonly producers: Readonly<Record<string, ProducerResult>>;
  readonly oracles: Readonly<Record<string, number | string>>;
  /** Who noticed one changed byte in an output: an oracle that is missing here accepts anything. */
  readonly noticedTampering: readonly string[];
}

interface Attempt {
  readonly output?: Output;
  readonly producer: string;
  readonly name: string;
  readonly error?: string;
}

/** Signs every shape with every producer and asks every program about each file. */
export async function measureMatrix(
  bench: BenchPki,
  peers: readonly PeerArm[],
  { quick, say }: { readonly quick: boolean; readonly say: (text: string) => void },
): Promise<MatrixResult> {
  await rm(matrixDir, { recursive: true, force: true });
  await mkdir(matrixDir, { recursive: true });
  const all = await matrixShapes(bench, peers);
  const shapes = quick ? all.filter(({ name }) => ['object-streams', 'signed-once'].includes(name)) : all;
  const attempts: Attempt[] = [];
  for (const shape of shapes) {
    say(`signing ${shape.name} …`);
    for (const level of LEVELS) for (const key of KEYS) attempts.push(await ours(bench, shape, level, key));
    attempts.push(...(await threeInARow(bench, shape)));
    for (const arm of peers)
      for (const level of arm.levels) for (const key of arm.keys) attempts.push(await theirs(arm, shape, level, key));
  }
  say(`judging ${String(attempts.length)} outputs …`);
  const judged: Judged[] = [];
  const queue = attempts.flatMap(({ output }) => output ?? []);
  const lane = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) judged.push(await judge(next, bench));
  };
  await Promise.all([lane(), lane()]);
  const tampered = await judgeTampered(judged, bench);
  const skipped = askTogether([...judged, ...tampered], bench);
  const noticedTampering = [...new Set(tampered.flatMap(({ refusals }) => refusals.map(({ oracle }) => oracle)))];
  return { producers: summarize(attempts, judged), oracles: { ...countOracles(judged), ...skipped }, noticedTampering };
}

/** One of our outputs with one byte of its first page changed: the programs must be awake. */
async function judgeTampered(judged: readonly Judged[], bench: BenchPki): Promise<readonly Judged[]> {
  const good = judged.find(({ producer, level, sm2 }) => producer === OURS && level === 'B-LTA' && !sm2);
  if (!good) return [];
  const at = Buffer.from(good.bytes).indexOf('endobj') - 4;
  const bytes = Uint8Array.from(good.bytes, (byte, index) => (index === at ? byte ^ 1 : byte));
  return [await judge({ ...good, name: 'tampered', producer: 'nobody', bytes }, bench)];
}

async function ours(bench: BenchPki, shape: MatrixShape, level: Level, key: KeyName): Promise<Attempt> {
  const name = `${OURS}-${shape.name}-${level}-${key}`;
  return attempt(OURS, name, async () => {
    const signed = await signPdf(bytesSource(shape.bytes), { ...bench.setup, signer: bench.signers[key], level });
    const bytes = await signed.bytes();
    return { producer: OURS, name, input: shape.bytes, bytes, level, pades: true, sm2: key === 'sm2' };
  });
}

/** Doctor, colleague, doctor again: each output is judged with the one before as its input. */
async function threeInARow(bench: BenchPki, shape: MatrixShape): Promise<readonly Attempt[]> {
  const attempts: Attempt[] = [];
  let input = shape.bytes;
  for (const [index, level] of (['B-T', 'B-LTA', 'B-B'] as const).entries()) {
    const key = index === 1 ? 'ecdsa' : 'rsa';
    const name = `${OURS}-${shape.name}-row${String(index + 1)}`;
    const done = await attempt(OURS, name, async () => {
      const signed = await signPdf(bytesSource(input), { ...bench.setup, signer: bench.signers[key], level });
      const bytes = await signed.bytes();
      return { producer: OURS, name, input, bytes, level, pades: true, sm2: false };
    });
    attempts.push(done);
    if (!done.output) break;
    input = done.output.bytes;
  }
  return attempts;
}

function theirs(arm: PeerArm, shape: MatrixShape, level: Level, key: KeyName): Promise<Attempt> {
  const name = `${arm.name.replace(/[^a-z0-9]+/g, '-')}-${shape.name}-${level}-${key}`;
  return attempt(arm.name, name, async () => {
    const bytes = await arm.sign(shape.bytes, key, level);
    return { producer: arm.name, name, input: shape.bytes, bytes, level, pades: arm.pades, sm2: false };
  });
}

async function attempt(producer: string, name: string, sign: () => Promise<Output>): Promise<Attempt> {
  try {
    return { producer, name, output: await sign() };
  } catch (error) {
    return { producer, name, error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

/** BouncyCastle and pyHanko start slowly: each is asked once about everything. */
function askTogether(judged: readonly Judged[], { pki }: BenchPki): Record<string, string> {
  const skipped: Record<string, string> = {};
  const noCastle = skipWithoutBouncyCastle();
  if (noCastle === false) {
    const questions = judged.flatMap((one) => one.fresh.map((signature) => ({ one, signature })));
    const lines = questions.map(({ signature }) => `cms ${hex(signature.value)} ${hex(signature.covered)}`);
    const answers = lines.length === 0 ? [] : askBouncyCastle(lines);
    for (const [index, { one }] of questions.entries()) {
      one.oracles.add('BouncyCastle');
      const words = answers[index] ?? 'no answer';
      if (words !== 'true') one.refusals.push({ oracle: 'BouncyCastle', words });
    }
  } else skipped['BouncyCastle'] = noCastle;
  const noPyHanko = skipWithoutPyHanko();
  if (noPyHanko === false) {
    const western = judged.filter(({ sm2 }) => !sm2);
    const roots = ['rootRsa', 'rootEc'] as const;
    const issuing = ['issuingRsa', 'issuingEc'] as const;
    const filesOf = (names: readonly TestCertificateName[]) => names.map((name) => pki.get(name).certificateFile);
    const trust = { roots: filesOf(roots), others: filesOf(issuing) };
    const answers = askPyHanko(western.map(({ path }) => ({ path, password: '', ...trust })));
    for (const [index, one] of western.entries()) {
      one.oracles.add('pyHanko');
      const { signatures = [], error } = answers[index] ?? { error: 'no answer' };
      if (error !== undefined) one.refusals.push({ oracle: 'pyHanko', words: error });
      for (const { field, ok, intact, words } of signatures)
        if (!(one.earlierFields.has(field) ? intact : ok))
          one.refusals.push({ oracle: 'pyHanko', words: `${field}: ${words}` });
    }
  } else skipped['pyHanko'] = noPyHanko;
  return skipped;
}

function countOracles(judged: readonly Judged[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { producer, oracles } of judged)
    if (producer === OURS) for (const oracle of oracles) counts[oracle] = (counts[oracle] ?? 0) + 1;
  return counts;
}

function summarize(attempts: readonly Attempt[], judged: readonly Judged[]): Record<string, ProducerResult> {
  const producers: Record<string, ProducerResult> = {};
  const byName = new Map(judged.map((one) => [one.name, one]));
  for (const { producer, name, error } of attempts) {
    const result = (producers[producer] ??= {
      tried: 0,
      accepted: 0,
      refused: 0,
      wrong: 0,
      prefixIdentical: 0,
      earlierTried: 0,
      earlierIntact: 0,
      refusals: [],
    });
    result.tried += 1;
    const one = byName.get(name);
    if (!one) {
      result.refused += 1;
      result.refusals.push({ output: name, oracle: 'itself', words: error ?? '' });
      continue;
    }
    if (one.prefixIdentical) result.prefixIdentical += 1;
    else one.refusals.push({ oracle: 'prefix', words: 'the original is not its beginning' });
    result.earlierTried += one.earlierTried;
    result.earlierIntact += one.earlierIntact;
    if (one.refusals.length === 0) result.accepted += 1;
    else result.wrong += 1;
    for (const { oracle, words } of one.refusals) result.refusals.push({ output: name, oracle, words });
  }
  return producers;
}
