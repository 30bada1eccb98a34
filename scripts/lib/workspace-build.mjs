import { join } from 'node:path';
import { root } from './run.mjs';

/**
 * esbuild options for everything that bundles the workspace from its sources.
 * @type {import('esbuild').BuildOptions}
 */
export const workspaceBuild = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  legalComments: 'none',
  target: 'chrome125',
  conditions: ['anjuan-source', 'browser'],
  tsconfig: join(root, 'tsconfig.base.json'),
  logLevel: 'warning',
};
