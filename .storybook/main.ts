import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { StorybookConfig } from '@storybook/web-components-vite';
import { buildCaptureAssets } from '../scripts/lib/capture-assets.mjs';
import { buildSignAssets } from '../scripts/lib/sign-assets.mjs';
import { copyPdfjsAssets, pdfjsAssets } from '../scripts/lib/pdfjs-assets.mjs';

const cache = fileURLToPath(new URL('../.cache/', import.meta.url));
const storyArchive = `${cache}story-archive`;
const assets = `${cache}assets`;

mkdirSync(storyArchive, { recursive: true });
const complete = Object.keys(pdfjsAssets).every((name) => existsSync(`${assets}/pdfjs/${name}`));
if (!complete) copyPdfjsAssets(`${assets}/pdfjs`);
await buildCaptureAssets(`${assets}/capture`);
await buildSignAssets(`${assets}/sign`);

const config: StorybookConfig = {
  stories: ['../stories/**/*.stories.ts'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y'],
  framework: '@storybook/web-components-vite',
  core: { disableTelemetry: true, disableWhatsNewNotifications: true, enableCrashReports: false },
  staticDirs: [
    { from: storyArchive, to: '/story-archive' },
    { from: assets, to: '/assets' },
  ],
  viteFinal(vite) {
    return {
      ...vite,
      base: './',
      resolve: { ...vite.resolve, conditions: ['anjuan-source', 'browser', 'module', 'import', 'default'] },
      oxc: {
        decorator: { legacy: true },
        assumptions: { setPublicClassFields: true },
        typescript: { removeClassFieldsWithoutInitializer: true },
      },
      build: { ...vite.build, target: 'chrome125', chunkSizeWarningLimit: 4096 },
    };
  },
};

export default config;
