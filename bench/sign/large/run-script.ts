import { spawn } from 'node:child_process';
import { root } from '../places.js';

/** Runs a script of the bench in a process of its own and gives the JSON that it prints. */
export function runScript<T>(script: URL, args: readonly string[], input = ''): Promise<T> {
  const flags = ['--expose-gc', '--conditions=anjuan-source', '--import', 'tsx', script.pathname, ...args];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, flags, { cwd: root, stdio: ['pipe', 'pipe', 'pipe'] });
    let [out, problems] = ['', ''];
    child.stdout.on('data', (piece: Buffer) => (out += piece.toString()));
    child.stderr.on('data', (piece: Buffer) => (problems += piece.toString()));
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(out) as T);
      else reject(new Error(problems.trim().split('\n').slice(-6).join(' ')));
    });
    child.stdin.end(input);
  });
}
