import type { Page } from 'playwright-core';

/** Timeout for the message, in milliseconds, generous for a busy machine. */
const LATEST_MS = 120_000;

/**
 * Performs an action and waits for this message at the foot of the page, where it stays for a few seconds. The page
 * starts listening before the action, because a check afterwards could be too late on a busy machine.
 */
export async function expectMessage(page: Page, words: string, act: () => Promise<unknown>): Promise<void> {
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
