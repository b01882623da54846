import type { Page } from 'playwright-core';

/** Longest that the words may take, on a machine that does other things beside it. */
const LATEST_MS = 120_000;

/**
 * Acts, and waits until the console says these words at the foot of the page, where they stay for a few seconds. The page
 * itself listens from before the act on: whoever looks only afterwards may come too late on a busy machine.
 */
export async function said(page: Page, words: string, act: () => Promise<unknown>): Promise<void> {
  const heard = page.evaluate(`new Promise((resolve, reject) => {
    const words = ${JSON.stringify(words)};
    const until = Date.now() + ${LATEST_MS};
    const listen = () => {
      const messages = document.querySelector('section[aria-label="Messages"]')?.textContent ?? '';
      if (messages.includes(words)) resolve(null);
      else if (Date.now() > until) reject(new Error('The console did not say “' + words + '” but “' + messages + '”.'));
      else setTimeout(listen, 50);
    };
    listen();
  })`);
  await Promise.all([heard, act()]);
}
