import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { root } from '../../scripts/lib/run.mjs';

const child = join(fileURLToPath(new URL('.', import.meta.url)), 'archive-child.ts');

/** The real archive on its own data folder, in a process that can be killed. */
export class ArchiveProcess {
  readonly #dataDir: string;
  #process: ChildProcess | undefined;
  #port = 0;
  #starting: Promise<void> | undefined;
  kills = 0;

  constructor(options: { readonly dataDir: string }) {
    this.#dataDir = options.dataDir;
  }

  get port(): number {
    return this.#port;
  }

  start(): Promise<void> {
    return (this.#starting ??= this.#start().finally(() => (this.#starting = undefined)));
  }

  /** Kill -9, then a new process over the same files. */
  async restart(): Promise<void> {
    if (this.#starting) return this.#starting;
    this.kills += 1;
    await this.#stop('SIGKILL');
    await this.start();
  }

  async stop(): Promise<void> {
    await this.#starting;
    await this.#stop('SIGTERM');
  }

  async #start(): Promise<void> {
    const args = ['--conditions=anjuan-source', '--import', 'tsx', child, this.#dataDir];
    const env = { ...process.env, TSX_TSCONFIG_PATH: join(root, 'tsconfig.run.json') };
    const running = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] });
    this.#process = running;
    const line = await new Promise<string>((resolve, reject) => {
      createInterface({ input: running.stdout }).once('line', resolve);
      running.once('exit', (code) => reject(new Error(`the archive ended with ${String(code)}`)));
    });
    this.#port = Number(line);
  }

  async #stop(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const running = this.#process;
    this.#process = undefined;
    if (!running || running.exitCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill(signal);
    await ended;
  }
}
