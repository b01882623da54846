import type { Page, Request } from 'playwright-core';

/** Timeout until a page is idle, in milliseconds, generous for a busy machine. */
const IDLE_TIMEOUT_MS = 120_000;

/** API requests in flight, per page. */
const unanswered = new WeakMap<Page, Set<Request>>();

/** Tracks a page's requests from now on. The stream of live changes stays open and is not tracked. */
export function trackRequests(page: Page): void {
  const open = new Set<Request>();
  unanswered.set(page, open);
  page.on('request', (request) => {
    if (request.resourceType() === 'fetch' && request.url().includes('/api/v1/')) open.add(request);
  });
  const ended = (request: Request) => void open.delete(request);
  page.on('requestfinished', ended);
  page.on('requestfailed', ended);
}

/** Waits until a page is idle: it has its heading, no requests in flight, and no more changes to its content. */
export async function settled(page: Page): Promise<void> {
  const until = Date.now() + IDLE_TIMEOUT_MS;
  let before: string | null = null;
  for (let same = 0; same < 2; ) {
    const now = await page.evaluate<string | null>(SHOWN);
    const open = [...(unanswered.get(page) ?? [])].map((request) => request.url());
    same = now !== null && now === before && open.length === 0 ? same + 1 : 0;
    before = now;
    if (Date.now() > until)
      throw new Error(
        `${page.url()} does not come to rest: ${[await page.evaluate<string>(WHY), ...open].join(', ')}`,
      );
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/**
 * Navigates within the console as its links do, without the reload that `goto` causes, and waits until the page is
 * idle. The console must already be loaded. For checks of many pages that are each loaded by URL elsewhere.
 */
export async function follow(page: Page, path: string): Promise<void> {
  const loaded = await page.evaluate<boolean>(`'__TSR_ROUTER__' in globalThis`);
  if (loaded) await page.evaluate(`__TSR_ROUTER__.history.push(${JSON.stringify(path)})`);
  else await page.goto(path);
  await settled(page);
}

/* A string, because the tests are compiled without the DOM types. */
const WHY = `[
  document.querySelector('[aria-busy="true"], [data-loading="true"]') === null ? '' : 'something is busy',
  document.querySelector('main h1')?.textContent || 'it has no heading',
  globalThis.__TSR_ROUTER__?.state.status,
].join(', ')`;

/** The page's content; null while it cannot be complete. */
const SHOWN = `(() => {
  const heading = document.querySelector('main h1')?.textContent ?? '';
  const moving = document.getAnimations().some((one) =>
    one.playState === 'running' && one.effect?.getTiming().iterations !== Infinity);
  const busy = document.querySelector('[aria-busy="true"], [data-loading="true"]') !== null;
  if (busy || moving || heading.trim() === '' || heading === 'Loading') return null;
  if (globalThis.__TSR_ROUTER__?.state.status !== 'idle') return null;
  return [performance.getEntriesByType('resource').length, document.body.innerHTML.length, innerWidth, location.href].join(' ');
})()`;
