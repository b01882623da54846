import { performance } from 'node:perf_hooks';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../../tests/support/chromium.ts';
import { percentile } from './load.ts';
import type { Seeded } from './seed.ts';
import type { BenchServer } from './server.ts';

const TIMES = 7;
/**
 * Waits until the first row of data has been stable for two frames and receives clicks at its position. This runs in
 * the page at every frame, because Playwright's own check may wait up to 500 ms between attempts.
 */
const UNTIL_ROW_TAKES_CLICKS = `new Promise((done) => {
  let before = '';
  let still = 0;
  const look = () => {
    const row = document.querySelector('main tbody tr[data-row]');
    const box = row?.getBoundingClientRect();
    const now = box === undefined ? '' : [box.x, box.y, box.width, box.height].join(' ');
    still = now !== '' && now === before ? still + 1 : 0;
    before = now;
    const hit = box && document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    if (still >= 2 && hit && row.contains(hit)) done();
    else requestAnimationFrame(look);
  };
  look();
})`;

export interface PageTime {
  readonly name: string;
  /** Median in ms of several loads in one browser, from navigation to the first usable row. */
  readonly ms: number;
  /** The first load, with an empty cache. */
  readonly firstMs: number;
  /** Transfer size of the scripts that load with an empty cache. */
  readonly scriptKilobytes: number;
}

/** Opens the large lists in Chromium with the console's scripts in the cache. */
export async function measurePages(server: BenchServer, seeded: Seeded): Promise<readonly PageTime[]> {
  const browser = await launchChromium();
  try {
    const pages = [
      { name: `fleet of ${seeded.clients.length} clients`, path: '/clients' },
      {
        name: `list of ${seeded.controls.length} controls of a client with 400 staff`,
        path: `/c/${seeded.staff400}/controls`,
      },
      { name: 'people of a client with 400 staff', path: `/c/${seeded.staff400}/people` },
    ];
    const found: PageTime[] = [];
    for (const page of pages) found.push(await measurePage(browser, server, seeded, page));
    return found;
  } finally {
    await browser.close();
  }
}

async function measurePage(
  browser: Browser,
  server: BenchServer,
  seeded: Seeded,
  { name, path }: { readonly name: string; readonly path: string },
): Promise<PageTime> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const [cookie = '', value = ''] = seeded.cookie.split('=');
  await context.addCookies([{ name: cookie, value, url: server.origin }]);
  const page = await context.newPage();
  const scripts: Promise<number>[] = [];
  page.on('requestfinished', (request) => {
    if (request.resourceType() === 'script')
      scripts.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
  });
  const times: number[] = [];
  let scriptBytes = 0;
  for (let n = 0; n <= TIMES; n += 1) {
    const began = performance.now();
    await page.goto(`${server.origin}${path}`, { waitUntil: 'commit' });
    await page.evaluate(UNTIL_ROW_TAKES_CLICKS);
    times.push(performance.now() - began);
    // Later loads get the scripts from the browser's cache.
    if (n === 0) scriptBytes = (await Promise.all(scripts)).reduce((sum, bytes) => sum + bytes, 0);
  }
  await context.close();
  return {
    name,
    ms: percentile(times.slice(1), 0.5),
    firstMs: times[0] ?? Number.NaN,
    scriptKilobytes: scriptBytes / 1000,
  };
}
