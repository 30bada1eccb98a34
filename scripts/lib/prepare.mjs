// Makes a fresh clone ready. Only Node's own modules here: this runs before anything is installed.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from './chromium.mjs';
import { capture, root, run } from './run.mjs';

const oldestNode = [20, 11];

/** Ends the process with a readable reason. */
export function giveUp(message) {
  console.error(`\n${message}\n`);
  process.exit(1);
}

export function checkNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [needMajor, needMinor] = oldestNode;
  if (major > needMajor || (major === needMajor && minor >= needMinor)) return;
  giveUp(`Anjuan needs Node ${oldestNode.join('.')} or newer; this is Node ${version}. See https://nodejs.org.`);
}

function lockedPackages(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages ?? {};
}

/** 'missing', 'stale' (the lock file names other versions) or 'ready'. */
export function dependencyState(folder = root) {
  const installed = join(folder, 'node_modules/.package-lock.json');
  if (!existsSync(installed)) return 'missing';
  const have = lockedPackages(installed);
  const wanted = Object.entries(lockedPackages(join(folder, 'package-lock.json')));
  const stale = wanted.some(
    ([path, entry]) => path.startsWith('node_modules/') && !entry.optional && have[path]?.version !== entry.version,
  );
  return stale ? 'stale' : 'ready';
}

export async function installDependencies() {
  const state = dependencyState();
  if (state === 'ready') return;
  const args = state === 'missing' ? ['ci'] : ['install', '--no-save'];
  console.log(`Dependencies are ${state}: npm ${args.join(' ')} (about a minute on first run) ...`);
  const code = await run('npm', [...args, '--no-audit', '--no-fund']);
  if (code !== 0)
    giveUp('npm could not install the dependencies; its message is above. Is the npm registry reachable?');
}

async function hasChineseFont() {
  const { code, output } = await capture('fc-list', [':lang=zh', 'family']);
  return code === 0 && output.trim() !== '';
}

async function mayUseApt() {
  return process.getuid?.() === 0 && (await capture('apt-get', ['--version'])).code === 0;
}

async function aptInstall(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  console.log(`Installing ${packages.join(' ')} with apt-get (once, a few minutes at most) ...`);
  await run('apt-get', ['update', '-q'], { env });
  return run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], { env });
}

/** Programs that tests and the example call beside Node, with the Debian package that holds each. */
const programs = [{ name: 'openssl', args: ['version'], package: 'openssl', use: 'the local test certificates' }];

async function isMissing({ name, args }) {
  return (await capture(name, args)).code !== 0;
}

/** Finds the programs above; installs them where that is allowed (root on Debian), says how otherwise. */
export async function ensurePrograms() {
  const missing = async () => {
    const flags = await Promise.all(programs.map(isMissing));
    return programs.filter((_, index) => flags[index]);
  };
  const before = await missing();
  if (before.length === 0) return;
  if (await mayUseApt()) {
    if ((await aptInstall(before.map((program) => program.package))) !== 0)
      console.error('apt-get failed; its message is above.');
  }
  const [still] = await missing();
  if (still) {
    giveUp(
      `The program ${still.name} was not found; ${still.use} need it.\n` +
        `Install it yourself, for example \`sudo apt-get install ${still.package}\`.`,
    );
  }
}

/** Finds Chromium and a Chinese font; installs them where that is allowed (root on Debian), says how otherwise. */
export async function ensureBrowser() {
  const missing = [];
  if (findChromium() === undefined) missing.push('chromium');
  if (process.platform === 'linux' && !(await hasChineseFont())) missing.push('fontconfig', 'fonts-noto-cjk');
  if (missing.length > 0 && (await mayUseApt())) {
    if ((await aptInstall(missing)) !== 0) console.error('apt-get failed; its message is above.');
  }
  const path = findChromium();
  if (path === undefined) {
    giveUp(
      'No Chromium found, and it cannot be installed from here (that needs root on Debian).\n' +
        'Install it yourself, for example `sudo apt-get install chromium fonts-noto-cjk`,\n' +
        'or set CHROME_PATH to the executable of a Chromium or Chrome 125 or newer.',
    );
  }
  if (process.platform === 'linux' && !(await hasChineseFont())) {
    console.warn('No Chinese font found: pictures of pages will show boxes. Install fonts-noto-cjk.');
  }
  return path;
}
