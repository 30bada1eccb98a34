/** SM2 and SM3 beside sm-crypto-v2, in one process and in turn, so that a busy machine hits both. */
import { randomBytes } from 'node:crypto';
import {
  loadGmKernels,
  sm2PublicKey,
  sm2Sign,
  sm2Verify,
  sm3,
  type GmKernels,
} from '../../packages/sign/src/gm/index.js';
import { quantile } from '../lib/statistics.js';
import { peer } from './peers/install.js';

interface SmCrypto {
  readonly sm2: {
    doSignature(message: Uint8Array, key: string, options: object): string;
    doVerifySignature(message: Uint8Array, signature: string, key: string, options: object): boolean;
    initRNGPool?(): Promise<void>;
  };
  sm3(message: Uint8Array, options?: object): string;
}

/** One figure with its peer; `ratio` is the median over rounds of ours to theirs. */
export interface SmFigure {
  readonly anjuan: number;
  readonly anjuanScript: number;
  readonly smCryptoV2: number;
  readonly ratio: number;
  readonly scriptRatio: number;
}
export interface SmFigures {
  readonly sm2SignPerSecond: SmFigure;
  readonly sm2VerifyPerSecond: SmFigure;
  readonly sm3MbPerSecond: SmFigure;
  readonly agreed: boolean;
}

const ROUNDS = 5;
const BUDGET_MS = Number(process.argv[2] ?? 600);
const loaded = await peer<SmCrypto & { default?: SmCrypto }>('sm-crypto-v2');
const theirs: SmCrypto = 'sm2' in loaded ? loaded : (loaded as { default: SmCrypto }).default;
await theirs.sm2.initRNGPool?.();
const kernels = await loadGmKernels();
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const privateKey = new Uint8Array(randomBytes(32).map((byte, index) => (index === 0 ? byte & 0x7f : byte)));
const publicKey = sm2PublicKey(privateKey);
const data = new Uint8Array(randomBytes(200));
const block = new Uint8Array(randomBytes(1 << 20));
const [keyHex, pointHex] = [hex(privateKey), hex(publicKey)];
const options = { hash: true, der: true, publicKey: pointHex };

/** Runs a second. */
function rate(work: () => unknown, budgetMs = BUDGET_MS): number {
  let runs = 0;
  const from = performance.now();
  for (; performance.now() - from < budgetMs; runs += 1) work();
  return (runs * 1000) / (performance.now() - from);
}

function compare(ours: (kernels: GmKernels | undefined) => unknown, their: () => unknown, scale = 1): SmFigure {
  const rounds = Array.from({ length: ROUNDS + 1 }, () => ({
    wasm: rate(() => ours(kernels)) * scale,
    script: rate(() => ours(undefined)) * scale,
    peer: rate(their) * scale,
  })).slice(1);
  const median = (values: readonly number[]): number => Number(quantile(values, 0.5).toFixed(2));
  return {
    anjuan: median(rounds.map(({ wasm }) => wasm)),
    anjuanScript: median(rounds.map(({ script }) => script)),
    smCryptoV2: median(rounds.map((round) => round.peer)),
    ratio: median(rounds.map((round) => round.wasm / round.peer)),
    scriptRatio: median(rounds.map((round) => round.script / round.peer)),
  };
}

const own = sm2Sign({ privateKey, publicKey, data, kernels });
const their = theirs.sm2.doSignature(data, keyHex, options);
const agreed =
  theirs.sm2.doVerifySignature(data, hex(own), pointHex, options) &&
  sm2Verify({ publicKey, data, signature: new Uint8Array(Buffer.from(their, 'hex')), kernels }) &&
  theirs.sm3(block) === hex(sm3(block, kernels));

const figures: SmFigures = {
  sm2SignPerSecond: compare(
    (wasm) => sm2Sign({ privateKey, publicKey, data, kernels: wasm, extraEntropy: new Uint8Array(randomBytes(32)) }),
    () => theirs.sm2.doSignature(data, keyHex, options),
  ),
  sm2VerifyPerSecond: compare(
    (wasm) => sm2Verify({ publicKey, data, signature: own, kernels: wasm }),
    () => theirs.sm2.doVerifySignature(data, their, pointHex, options),
  ),
  sm3MbPerSecond: compare(
    (wasm) => sm3(block, wasm),
    () => theirs.sm3(block),
    block.length / 1e6,
  ),
  agreed,
};
process.stdout.write(`${JSON.stringify(figures)}\n`);
