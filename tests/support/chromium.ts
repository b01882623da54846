import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** The shell without a window goes first: a whole browser loads its own menus as pages, which takes a tenth of a run. */
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
  // A page lives for seconds: what it takes to compile its scripts for most speed is more than it saves, and threads that
  // collect its garbage together wait for each other where all cores are busy.
  '--js-flags=--no-turbofan --single-threaded-gc',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Path of a Chromium to test with; one sentence that says what to do when there is none. */
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
      // The package brings its binary only where its files were unpacked; the next place is tried.
    }
  }
  const own = chromium.executablePath();
  if (existsSync(own)) return own;
  throw new Error(
    'No Chromium was found: install one (Debian: apt-get install chromium-headless-shell) or name it in BYLAW_CHROMIUM.',
  );
}

/** Starts a Chromium that talks to nobody but the page under test. The caller closes it. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: await findChromium(), args: ARGS });
}

let shared: Promise<Browser> | null = null;

/** The Chromium of this process, which ends with it. Who opens a context in it closes that, and not the browser. */
export function sharedChromium(): Promise<Browser> {
  shared ??= launchChromium().then((browser) =>
    browser.on('disconnected', () => {
      shared = null;
    }),
  );
  return shared;
}
