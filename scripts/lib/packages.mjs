import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './run.mjs';

/** The published packages as `{ name, folder, manifest }`, in the order of their dependencies. */
export function publishedPackages() {
  const found = readdirSync(join(root, 'packages'))
    .filter((name) => existsSync(join(root, 'packages', name, 'package.json')))
    .map((name) => {
      const folder = join(root, 'packages', name);
      return { name, folder, manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) };
    });
  const uses = ({ manifest }, other) => Object.hasOwn(manifest.dependencies ?? {}, other.manifest.name);
  return found.sort((a, b) => (uses(a, b) ? 1 : uses(b, a) ? -1 : a.name < b.name ? -1 : 1));
}

/** Tests and fuzz runs stay here. */
const unshipped = /\.(test|fuzz)\.ts$/;

/** Sources of a package that are shipped, as absolute paths. */
export function packageSources(folder) {
  const walk = (path) =>
    readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
      const child = join(path, entry.name);
      return entry.isDirectory() ? walk(child) : [child];
    });
  return walk(join(folder, 'src')).filter((file) => file.endsWith('.ts') && !unshipped.test(file));
}
