import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, inject } from 'vitest';
import {
  type TestConsole,
  type TestConsoleOptions,
  type TestPerson,
  testConsole,
} from '../../src/server/testing/console.ts';
import { accessibilityFaults } from './axe.ts';
import { sharedChromium } from './chromium.ts';
import type { Build } from './console-build.ts';
import { freePort } from './free-port.ts';
import { trackRequests } from './settled.ts';

/** The whole console on a real port, and a Chromium to open it. */
export interface ConsoleBrowser {
  readonly bylaw: TestConsole;
  readonly origin: string;
  /**
   * A page in a separate browser context, signed in as that user; null: signed out. Paths are relative to the origin:
   * `page.goto('/clients')`.
   */
  open(person: Pick<TestPerson, 'cookie'> | null, options?: BrowserContextOptions): Promise<Page>;
  /**
   * Signs out and clears the page's storage so that the next test can reuse it: the browser has already loaded the
   * scripts, which halves the time to open the console. If a test changed more than that (routes, offline, scripts),
   * close the page's context instead.
   */
  leave(page: Page): Promise<void>;
  close(): Promise<void>;
}

/** Ports already used by consoles in this process: a browser reuses cached scripts for the same origin. */
const ports: number[] = [];
/** Released pages, by origin of their console. */
const idle = new Map<string, Page[]>();

/**
 * Starts one server per test file, with the Chromium of its process. `beforeAll` opens it, `afterAll` closes it. A file
 * of the long run that does not listen to React's warnings requests the `production` build.
 */
export async function openConsole({
  build,
  ...options
}: TestConsoleOptions & { readonly build?: Build | undefined } = {}): Promise<ConsoleBrowser> {
  const webFolder = await builtConsole(build);
  const port = await freePort(ports.pop());
  // Passkeys require a host name, not an IP address.
  const origin = `http://localhost:${port}`;
  const bylaw = await testConsole({ origin, webFolder, ...options });
  await bylaw.app.listen({ port, host: '127.0.0.1' });
  const browser = await sharedChromium();
  const opened = new Map<Page, BrowserContextOptions>();
  return {
    bylaw,
    origin,
    open: async (person, more = {}) => {
      const page = await openPage(browser, origin, person, more);
      opened.set(page, more);
      return page;
    },
    leave: async (page) => {
      if (isSpecial(opened.get(page))) return page.context().close();
      opened.delete(page);
      await leavePage(page, origin);
    },
    close: async () => {
      for (const page of opened.keys()) await page.context().close();
      await bylaw.close();
      ports.push(port);
    },
  };
}

/** `npm run test:long` uses the build with React's warnings. */
const BUILD: Build = process.env.BYLAW_TEST === 'long' ? 'development' : 'production';

/** Folder of the console's build, made once per run. */
export async function builtConsole(build = BUILD): Promise<string> {
  const answer = await fetch(new URL(build, inject('console')));
  const text = await answer.text();
  if (!answer.ok) throw new Error(`The console could not be built: ${text}`);
  return text;
}

export async function openPage(
  browser: Browser,
  origin: string,
  person: Pick<TestPerson, 'cookie'> | null,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const left = isSpecial(options) ? undefined : idle.get(origin)?.pop();
  const page = left?.isClosed() === false ? left : await newPage(browser, { baseURL: origin, ...options });
  await page.setViewportSize(options.viewport ?? { width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: options.colorScheme ?? 'light' });
  if (person !== null) {
    const [name = '', value = ''] = person.cookie.split('=');
    await page.context().addCookies([{ name, value, url: origin }]);
  }
  return page;
}

/** Whether a page with these options needs its own context, which no other test can reuse. */
function isSpecial(options: BrowserContextOptions = {}): boolean {
  return Object.keys(options).some((name) => name !== 'viewport' && name !== 'colorScheme');
}

async function newPage(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  trackRequests(page);
  return page;
}

async function leavePage(page: Page, origin: string): Promise<void> {
  await page.goto('/livez');
  await page.evaluate('localStorage.clear(); sessionStorage.clear()');
  await page.context().clearCookies();
  idle.set(origin, [...(idle.get(origin) ?? []), page]);
}

export async function expectAccessible(page: Page, where = page.url()): Promise<void> {
  expect(await accessibilityFaults(page), where).toEqual([]);
}

/**
 * Waits until the layout has settled after a change of window size or theme: lists measure themselves asynchronously,
 * and until then their buttons overlap. Gives up after two seconds and checks the page as it is.
 */
export async function laidOut(page: Page): Promise<void> {
  let before = '';
  for (let tries = 0; tries < 20; tries += 1) {
    const now = await page.evaluate<string>(WHERE_ALL_IS);
    if (now === before) return;
    before = now;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Positions and sizes of all controls, as a single string. */
const WHERE_ALL_IS = `[...document.querySelectorAll('a, button, input, [role=button], [tabindex]')]
  .map((one) => one.getBoundingClientRect())
  .map(({ x, y, width, height }) => [x, y, width, height].map(Math.round).join())
  .join(' ')`;

/**
 * Number of pixels by which the page is wider than its window; 0 or less: no horizontal scrolling. Waits up to two
 * seconds for the layout after a change of size, because lists measure themselves asynchronously.
 */
export async function sideways(page: Page): Promise<number> {
  for (let tries = 0; ; tries += 1) {
    const wider = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    if (wider <= 0 || tries === 10) return wider;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/**
 * Texts of a page, its title included, with a character that reverses or hides neighboring text and came from a person
 * or a file without being shown as its code.
 */
export function turning(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const turns = /[\\u061c\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff]/;
    const found = [document.title].filter((text) => turns.test(text));
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) if (turns.test(texts.currentNode.data)) found.push(texts.currentNode.data);
    return found;
  })()`);
}

/** Errors of the page from now on: exceptions, console errors, failed requests. */
export function complaints(page: Page): string[] {
  const heard: string[] = [];
  page.on('pageerror', (error) => heard.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      heard.push(`${message.type()}: ${message.text()} (${message.location().url})`);
  });
  return heard;
}
