import type { Page, Request } from 'playwright-core';

/** Longest that a page may take to stand still, on a machine that does other things beside it. */
const LONGEST_MS = 120_000;

/** What each page has asked the API and has no answer to yet. */
const unanswered = new WeakMap<Page, Set<Request>>();

/** Notes what a page asks from now on. The line of live changes stays open by itself and is not noted. */
export function noteRequests(page: Page): void {
  const open = new Set<Request>();
  unanswered.set(page, open);
  page.on('request', (request) => {
    if (request.resourceType() === 'fetch' && request.url().includes('/api/v1/')) open.add(request);
  });
  const ended = (request: Request) => void open.delete(request);
  page.on('requestfinished', ended);
  page.on('requestfailed', ended);
}

/** Waits until a page stands still: it has its heading, waits for no answer and draws nothing more. */
export async function settled(page: Page): Promise<void> {
  const until = Date.now() + LONGEST_MS;
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
 * Goes to another page of the console as its links do, which keeps the console where `goto` loads it again, and waits until
 * it stands still; the first page of the console is loaded. For what is asked of many pages, each of which is also loaded
 * by its address elsewhere.
 */
export async function follow(page: Page, path: string): Promise<void> {
  const loaded = await page.evaluate<boolean>(`'__TSR_ROUTER__' in globalThis`);
  if (loaded) await page.evaluate(`__TSR_ROUTER__.history.push(${JSON.stringify(path)})`);
  else await page.goto(path);
  await settled(page);
}

/* In the page's own words: the types of a browser are no business of the tests. */
const WHY = `[
  document.querySelector('[aria-busy="true"], [data-loading="true"]') === null ? '' : 'something is busy',
  document.querySelector('main h1')?.textContent || 'it has no heading',
  globalThis.__TSR_ROUTER__?.state.status,
].join(', ')`;

/** What stands there; null while it cannot be complete. */
const SHOWN = `(() => {
  const heading = document.querySelector('main h1')?.textContent ?? '';
  const moving = document.getAnimations().some((one) =>
    one.playState === 'running' && one.effect?.getTiming().iterations !== Infinity);
  const busy = document.querySelector('[aria-busy="true"], [data-loading="true"]') !== null;
  if (busy || moving || heading.trim() === '' || heading === 'Loading') return null;
  if (globalThis.__TSR_ROUTER__?.state.status !== 'idle') return null;
  return [performance.getEntriesByType('resource').length, document.body.innerHTML.length, innerWidth, location.href].join(' ');
})()`;
