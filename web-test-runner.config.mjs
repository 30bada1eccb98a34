import { createReadStream, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { countReporter } from './scripts/lib/browser-reporter.mjs';
import { chromiumFlags, requireChromium } from './scripts/lib/chromium.mjs';
import { buildCaptureAssets } from './scripts/lib/capture-assets.mjs';
import { buildSignAssets } from './scripts/lib/sign-assets.mjs';
import { pdfjsAssetFile } from './scripts/lib/pdfjs-assets.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));
const types = {
  '.mjs': 'text/javascript',
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
};

/** Two fake cameras, granted without asking. */
const fakeCameraFlags = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream=device-count=2'];

const testAssets = join(root, '.cache/test-assets');
await buildCaptureAssets(join(testAssets, 'capture'));
await buildSignAssets(join(testAssets, 'sign'));

/** Serves /assets/pdfjs/ (the assets folder of a vendor) and the story archive, both outside the source tree. */
async function serveAssets(context, next) {
  const path = decodeURIComponent(context.path);
  const file = path.startsWith('/assets/pdfjs/')
    ? pdfjsAssetFile(path.slice('/assets/pdfjs/'.length))
    : /^\/assets\/(capture|sign)\//.test(path)
      ? join(testAssets, path.slice('/assets/'.length).replaceAll('..', ''))
      : /^\/(\.cache\/)?story-archive\//.test(path)
        ? join(root, '.cache/story-archive', path.replace(/^\/(\.cache\/)?story-archive\//, '').replaceAll('..', ''))
        : undefined;
  if (file === undefined) return next();
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat?.isFile()) {
    context.status = 404;
    return;
  }
  context.type = types[extname(file)] ?? 'application/octet-stream';
  context.length = stat.size;
  context.body = createReadStream(file);
}

export default {
  rootDir: root,
  files: [
    'packages/core/src/element/**/*.test.ts',
    'packages/viewer/src/**/*.test.ts',
    'packages/capture/src/element/**/*.test.ts',
    'packages/sign/src/element/**/*.test.ts',
    'packages/*/src/**/*.browser.test.ts',
    'test/browser/**/*.test.ts',
  ],
  nodeResolve: { exportConditions: ['anjuan-source', 'browser'], extensions: ['.mjs', '.js', '.ts', '.json'] },
  plugins: [esbuildPlugin({ ts: true, target: 'es2022', tsconfig: join(root, 'tsconfig.base.json') })],
  middleware: [serveAssets],
  browsers: [
    chromeLauncher({
      launchOptions: {
        executablePath: requireChromium(),
        args: [...chromiumFlags, '--lang=zh-CN', ...fakeCameraFlags],
      },
    }),
  ],
  reporters: [defaultReporter({ reportTestProgress: process.stdout.isTTY === true }), countReporter()],
  concurrency: 1,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 180_000,
  testFramework: { config: { ui: 'bdd', timeout: 20_000 } },
  coverageConfig: {
    include: ['packages/*/src/**/*.ts'],
    exclude: ['**/*.test.ts', '**/node_modules/**'],
    reporters: ['text-summary', 'lcovonly'],
    reportDir: 'coverage/browser',
  },
};
