import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The repository's root folder, without a trailing slash. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/**
 * Runs a command with its output on this terminal. Resolves to its exit code (1 when a signal ended it).
 * Standard input is closed: no step of a script may wait for a person.
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], ...options });
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** Runs a command of node_modules/.bin through npm's own lookup, without asking or fetching anything. */
export function runBin(name, args, options) {
  return run('npx', ['--no-install', name, ...args], options);
}

/** Runs a command and resolves to `{ code, stdout, output }`, `output` being both streams together; prints nothing. */
export function capture(command, args, options = {}) {
  return new Promise((resolve) => {
    let output = '';
    let stdout = '';
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options });
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      output += chunk;
      stdout += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ code: 1, stdout, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, stdout, output }));
  });
}

/** Seconds since a `performance.now()` mark, for people. */
export function since(startMs) {
  return `${((performance.now() - startMs) / 1000).toFixed(1)} s`;
}
