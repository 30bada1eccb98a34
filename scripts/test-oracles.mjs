// npm run test:oracles: signatures, CMS and seals against OpenSSL and BouncyCastle. What is not installed is skipped and
// named. `npm run test:oracles -- sm2` runs the files whose path contains "sm2".
import { listFiles } from './lib/test-files.mjs';
import { run } from './lib/run.mjs';

const parts = process.argv.slice(2);
const files = listFiles(/\.oracle\.ts$/, 'test/oracles').filter(
  (path) => parts.length === 0 || parts.some((part) => path.includes(part)),
);
const args = ['--conditions=anjuan-source', '--import', 'tsx', '--test', '--test-concurrency=1'];
const env = { ...process.env, TSX_TSCONFIG_PATH: 'tsconfig.run.json' };
process.exit(await run(process.execPath, [...args, '--test-reporter=spec', ...files], { env }));
