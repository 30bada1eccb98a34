import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './run.mjs';

/** True when the module was started by `node module.mjs`, not imported. */
export function isMain(moduleUrl) {
  return process.argv[1] !== undefined && pathToFileURL(process.argv[1]).href === moduleUrl;
}

/** Prints what a check found and ends the process: 0 when nothing. */
export function finish(title, problems) {
  for (const problem of problems) console.error(`  ${problem}`);
  console.log(`${problems.length === 0 ? '✓' : '✗'} ${title}${problems.length === 0 ? '' : ` (${problems.length})`}`);
  process.exit(problems.length === 0 ? 0 : 1);
}

function walk(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ['node_modules', 'dist'].includes(entry.name) ? [] : walk(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

/**
 * Source files below `packages/<name>/src` as `{ path, text }`, path with `/` from the folder given. Tests and the
 * testing entry are left out unless asked for.
 */
export function sourceFiles({ folder = root, packages, tests = false } = {}) {
  const all = join(folder, 'packages');
  const names = packages ?? readdirSync(all);
  return names
    .flatMap((name) => walk(join(all, name, 'src')))
    .map((file) => relative(folder, file).split(sep).join('/'))
    .filter((path) => tests || !/\.(test|fuzz)\.ts$|\/testing\//.test(path))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
}
