import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './run.mjs';

/** SHA-256 over names and bytes of files and folders; tests do not count. What is missing counts as missing. */
export function hashTree(paths) {
  const hash = createHash('sha256');
  const add = (path) => {
    if (!existsSync(path)) {
      hash.update(`missing ${relative(root, path)}\n`);
    } else if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) {
        if (name !== 'node_modules' && name !== 'dist') add(join(path, name));
      }
    } else if (!path.endsWith('.test.ts')) {
      const bytes = readFileSync(path);
      hash.update(`${relative(root, path)} ${bytes.length}\n`);
      hash.update(bytes);
    }
  };
  for (const path of paths) add(path);
  return hash.digest('hex');
}
