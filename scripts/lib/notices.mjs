import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Development dependencies whose content is copied into shipped source: the paths of the icons. */
const inlined = ['lucide-static'];

const head = `# Third-party notices

The published packages of Anjuan and the one-file bundle use the libraries below. This page is generated from
package-lock.json by \`npm run docs\`; development tools are not listed, because nothing of them is shipped.
Libraries that exist once per platform (prebuilt binaries of sharp) are named once.
`;

function licenceText(folder) {
  if (!existsSync(folder)) return undefined;
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)(\.(md|txt))?$/i.test(name));
  return file === undefined ? undefined : readFileSync(join(folder, file), 'utf8').replaceAll('\r', '').trim();
}

/** Names reachable by `dependencies` of the published packages, by walking the lock file as Node resolves. */
function shipped(packages) {
  const found = new Map();
  const queue = Object.keys(packages).filter((path) => /^packages\/[^/]+$/.test(path));
  while (queue.length > 0) {
    const from = queue.shift();
    for (const name of Object.keys(packages[from].dependencies ?? {})) {
      const path = resolve(packages, from, name);
      if (path === undefined || found.has(path)) continue;
      if (!packages[path].link) found.set(path, { name, ...packages[path] });
      queue.push(packages[path].link ? packages[path].resolved : path);
    }
  }
  return [...found].map(([path, entry]) => ({ path, ...entry })).filter(({ path }) => path.includes('node_modules/'));
}

/** The lock file's path of `name` as seen from `from`: nearest node_modules first, as Node looks. */
function resolve(packages, from, name) {
  const parts = from.split('/');
  for (let end = parts.length; end >= 0; end -= 1) {
    const path = [...parts.slice(0, end), 'node_modules', name].join('/');
    if (packages[path] !== undefined) return path;
  }
  return undefined;
}

/** The text of THIRD_PARTY_NOTICES.md. */
export function thirdPartyNotices(root) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const copied = inlined.map((name) => ({ path: `node_modules/${name}`, name, ...packages[`node_modules/${name}`] }));
  const entries = [...shipped(packages), ...copied].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const table = entries.map(({ name, version, license }) => `| ${name} | ${version} | ${license ?? 'see below'} |`);
  const texts = entries.map(({ path, name, version }) => {
    const text =
      licenceText(join(root, path)) ?? 'The package names its licence in package.json and ships no separate text.';
    return `## ${name} ${version}\n\n\`\`\`text\n${text}\n\`\`\`\n`;
  });
  return [head, '| Package | Version | Licence |', '| --- | --- | --- |', ...table, '', ...texts].join('\n');
}
