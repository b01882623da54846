import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** The headless shell is preferred: a full browser loads its own menus as pages, which takes a tenth of a run. */
const SYSTEM = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const ARGS = [
  // A page lives for seconds: optimizing its scripts costs more than it saves, an eighth of its processor time, and
  // parallel garbage collection threads wait for each other when all cores are busy.
  '--js-flags=--no-turbofan --no-maglev --single-threaded-gc',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Path of a Chromium for tests; if there is none, throws one sentence that says what to do. */
export async function findChromium(): Promise<string> {
  const named = process.env.BYLAW_CHROMIUM;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`BYLAW_CHROMIUM names ${named}, and no file is there.`);
  }
  const installed = SYSTEM.find((path) => existsSync(path));
  if (installed) return installed;
  if (process.platform === 'linux' && process.arch === 'x64') {
    try {
      const { default: packed } = await import('@sparticuz/chromium');
      return await packed.executablePath();
    } catch {
      // The package contains its binary only if its archives were unpacked; otherwise the next location is tried.
    }
  }
  const own = chromium.executablePath();
  if (existsSync(own)) return own;
  throw new Error(
    'No Chromium was found: install one (Debian: apt-get install chromium-headless-shell) or name it in BYLAW_CHROMIUM.',
  );
}

/** Starts a Chromium that connects only to the page under test. The caller closes it. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: await findChromium(), args: ARGS });
}

let shared: Promise<Browser> | null = null;

/** The shared Chromium of this process, which ends with it. Callers close the contexts they open, not the browser. */
export function sharedChromium(): Promise<Browser> {
  shared ??= launchChromium().then((browser) =>
    browser.on('disconnected', () => {
      shared = null;
    }),
  );
  return shared;
}
