import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { buildCaptureAssets } from '../../scripts/lib/capture-assets.mjs';
import { workspaceBuild } from '../../scripts/lib/workspace-build.mjs';
import { assetsDir, pagesDir, peersDir, root } from './places.js';

export const armNames = ['anjuan', 'jscanify', 'scanic'] as const;
export type ArmName = (typeof armNames)[number];

/** Installs the peers, builds the worker and the pages that the browser loads. */
export async function buildPages(): Promise<void> {
  if (!existsSync(`${peersDir}/scanic`) || !existsSync(`${peersDir}/jscanify`)) {
    execFileSync('npm', ['ci', '--ignore-scripts', '--omit=optional', '--workspaces=false'], {
      cwd: `${root}bench`,
      stdio: 'inherit',
    });
  }
  mkdirSync(pagesDir, { recursive: true });
  await buildCaptureAssets(`${assetsDir}/capture`);
  await build({
    ...workspaceBuild,
    entryPoints: [...armNames, 'worker', 'operator'].map((name) => `${root}bench/capture/pages/${name}.ts`),
    format: 'esm',
    outdir: pagesDir,
    // What is fetched when needed stays a file of its own.
    splitting: true,
  });
  const scripts: Record<string, string> = {
    jscanify:
      '<script src="/peers/jscanify/src/opencv.js"></script><script src="/peers/jscanify/src/jscanify.js"></script>',
  };
  for (const name of [...armNames, 'worker', 'operator']) {
    const own = `<script type="module" src="${name}.js"></script>`;
    writeFileSync(`${pagesDir}/${name}.html`, `<!doctype html><meta charset="utf-8">${scripts[name] ?? ''}${own}`);
  }
}
