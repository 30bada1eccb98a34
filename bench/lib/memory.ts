import { readdirSync, readFileSync } from 'node:fs';

function parentOf(pid: string): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
  } catch {
    return undefined;
  }
}

function pssKb(pid: string): number {
  try {
    const found = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
    return Number(found?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** Proportional set size of a process and all its descendants, in MB. Linux only. */
export function treePssMb(rootPid: number): number {
  const children = new Map<string, string[]>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const parent = parentOf(pid);
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  let totalKb = 0;
  const queue = [String(rootPid)];
  for (let pid = queue.pop(); pid !== undefined; pid = queue.pop()) {
    totalKb += pssKb(pid);
    queue.push(...(children.get(pid) ?? []));
  }
  return totalKb / 1024;
}
