import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { AnjuanError } from '@anjuan/core';

interface Owner {
  readonly pid: number;
  /** Start time of the process in clock ticks, so that a reused pid is told apart. Empty where the system has none. */
  readonly started: string;
}

/** Owner files held by this very process. */
const held = new Set<string>();

function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Field 22; the command name before it may hold spaces and brackets.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function parseOwner(text: string): Owner | undefined {
  const [pid = '', started = ''] = text.trim().split(' ');
  return /^\d+$/.test(pid) ? { pid: Number(pid), started } : undefined;
}

function isAlive(owner: Owner, path: string): boolean {
  if (owner.pid === process.pid) return held.has(path);
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  return owner.started === '' || owner.started === startOf(owner.pid);
}

function readOwner(path: string): Owner | undefined {
  try {
    return parseOwner(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function tryClaim(path: string): boolean {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${process.pid} ${startOf(process.pid)}\n`);
  try {
    // link, not rename: it fails when somebody else was faster, and the file is never seen half written.
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Claims a file for this process and returns the release. A claim left by a dead process is taken over.
 * Throws `server-fault` (not retryable) while another live process holds it.
 */
export function claimOwnership(path: string): () => void {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (tryClaim(path)) {
      held.add(path);
      return () => {
        held.delete(path);
        rmSync(path, { force: true });
      };
    }
    const owner = readOwner(path);
    if (owner && isAlive(owner, path)) break;
    removeStale(path);
  }
  throw new AnjuanError('server-fault', {
    message: 'The archive is open in another process. Is another anjuan-archive at work in this data folder?',
    retryable: false,
  });
}

function removeStale(path: string): void {
  const grave = `${path}.stale.${process.pid}`;
  try {
    renameSync(path, grave);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  rmSync(grave, { force: true });
}
