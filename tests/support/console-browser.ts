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
import { noteRequests } from './settled.ts';

/** The whole console behind a real port, and a Chromium to open it with. */
export interface ConsoleBrowser {
  readonly bylaw: TestConsole;
  readonly origin: string;
  /** A page of someone's own browser, signed in; null: of nobody's. Paths are below the origin: `page.goto('/clients')`. */
  open(person: Pick<TestPerson, 'cookie'> | null, options?: BrowserContextOptions): Promise<Page>;
  /**
   * Signs off and empties the browser of a page, for whoever opens the next one: it has the scripts of the console at
   * hand, which halves the time to open it. A page of which a test changed more than its address closes its context.
   */
  leave(page: Page): Promise<void>;
  close(): Promise<void>;
}

/** Ports on which this process had consoles: at the same address a browser needs no script twice. */
const ports: number[] = [];
/** Pages that were left, by the origin of their console. */
const idle = new Map<string, Page[]>();

/**
 * One server for a test file, in the Chromium of its process. `beforeAll` opens it, `afterAll` closes it. A file of the
 * long run that does not listen to the warnings of React asks for the build of `production`.
 */
export async function openConsole({
  build,
  ...options
}: TestConsoleOptions & { readonly build?: Build | undefined } = {}): Promise<ConsoleBrowser> {
  const webFolder = await builtConsole(build);
  const port = await freePort(ports.pop());
  // Passkeys need a name, not an address.
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

/** `npm run test:long` runs what it runs with the warnings of React. */
const BUILD: Build = process.env.BYLAW_TEST === 'long' ? 'development' : 'production';

/** Folder of the console as it is built once for this run. */
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

/** Whether a page of these options serves nobody else. */
function isSpecial(options: BrowserContextOptions = {}): boolean {
  return Object.keys(options).some((name) => name !== 'viewport' && name !== 'colorScheme');
}

async function newPage(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(120_000);
  noteRequests(page);
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
 * Waits until a page whose window or theme was changed a moment ago is laid out: lists measure themselves after it, and
 * until then their buttons lie over each other. Two seconds at most; what moves for longer is looked at as it is.
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

/** Places and sizes of what can be pressed, as one text. */
const WHERE_ALL_IS = `[...document.querySelectorAll('a, button, input, [role=button], [tabindex]')]
  .map((one) => one.getBoundingClientRect())
  .map(({ x, y, width, height }) => [x, y, width, height].map(Math.round).join())
  .join(' ')`;

/**
 * How many pixels the page is wider than its window; 0 or less: it does not scroll sideways. A window that was made
 * narrow a moment ago is given two seconds to be laid out again: lists measure themselves after it.
 */
export async function sideways(page: Page): Promise<number> {
  for (let tries = 0; ; tries += 1) {
    const wider = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
    if (wider <= 0 || tries === 10) return wider;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/**
 * Texts of a page, and its title, in which a character turns or hides what stands beside it: given by a person or a file,
 * and not shown by its code.
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

/** What the page complains about: exceptions, console errors, refused resources. Collects from now on. */
export function complaints(page: Page): string[] {
  const heard: string[] = [];
  page.on('pageerror', (error) => heard.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      heard.push(`${message.type()}: ${message.text()} (${message.location().url})`);
  });
  return heard;
}
