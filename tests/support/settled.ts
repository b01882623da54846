import type { Page } from 'playwright-core';

/**
 * Waits until a page stands still: it has its heading, waits for no answer and draws nothing more. The line of live
 * changes stays open by itself and is not waited for.
 */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(STANDS_STILL, undefined, { polling: 50 });
}

/* In the page's own words: the types of a browser are no business of the tests. */
const STANDS_STILL = `(() => {
  const busy = document.querySelector('[aria-busy="true"], [data-loading="true"]');
  const heading = document.querySelector('main h1, [role="dialog"] h1');
  const asks = performance.getEntriesByType('resource').length;
  const drawn = document.body.innerHTML.length;
  const now = busy === null && heading !== null && heading.textContent.trim() !== '' && heading.textContent !== 'Loading'
    && __TSR_ROUTER__.state.status === 'idle'
    && document.getAnimations().every((one) => one.playState !== 'running' || one.effect.getTiming().iterations === Infinity)
    ? asks + ' ' + drawn + ' ' + location.href + innerWidth
    : null;
  const before = window.__still;
  const times = now !== null && before?.now === now ? before.times + 1 : 0;
  window.__still = { now, times };
  return times >= 3;
})()`;
