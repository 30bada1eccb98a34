import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Flags every Chromium of this repository starts with: no sandbox (CI is root), nothing goes to the network. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-quic',
  '--disable-sync',
  '--no-default-browser-check',
  '--no-first-run',
];

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

function executable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Path of a Chromium: CHROME_PATH first, then the usual names on PATH; undefined when there is none. */
export function findChromium(env = process.env) {
  if (env.CHROME_PATH && executable(env.CHROME_PATH)) return env.CHROME_PATH;
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...places].find(executable);
}

/** The same, or an Error that says what to do. */
export function requireChromium() {
  const path = findChromium();
  if (path) return path;
  throw new Error(
    'No Chromium found. Install chromium (Debian: apt-get install chromium fonts-noto-cjk) or set CHROME_PATH.',
  );
}
