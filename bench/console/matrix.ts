import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { loadCatalogue } from '../../src/sources/catalogue/load.ts';
import { launchChromium } from '../../tests/support/chromium.ts';
import type { Line } from './console.ts';
import { percentile } from './load.ts';
import { type Seeded, seed } from './seed.ts';
import { type BenchServer, startBenchServer } from './server.ts';

const CONNECTORS = 60;
const TOOLS = 1500;
/** Duration in ms assumed for an event that was too fast for the browser to report. */
const MIN_EVENT_MS = 16;

/**
 * The matrix editor with 60 connectors and 1,500 tools, all expanded, in Chromium: time from a key or click to the next
 * frame, by the browser's Event Timing API.
 */
export async function benchMatrix(line: Line, note: (text: string) => void): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bylaw-bench-matrix-'));
  const dataDir = join(folder, 'data');
  let server: BenchServer | null = null;
  const browser = await launchChromium();
  try {
    note(`filling a charter with ${CONNECTORS} connectors and ${TOOLS} tools`);
    const seeded = await seed(dataDir, 'http://127.0.0.1', 1);
    server = await startBenchServer(dataDir);
    const { path, tools } = await fill(server, seeded);
    note(`${tools} rows`);
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const [cookie = '', value = ''] = seeded.cookie.split('=');
    await context.addCookies([{ name: cookie, value, url: server.origin }]);
    const page = await context.newPage();
    await page.addInitScript(OBSERVE);
    await page.goto(`${server.origin}${path}`);
    await page.getByRole('treegrid').waitFor();
    const all: number[] = [];
    const report = (what: string, times: readonly number[]) => {
      all.push(...times);
      line(`matrix: ${what}, p95 of ${times.length}`, percentile([...times], 0.95), 'ms', 100);
    };
    report(
      'open all 60 connectors',
      await timed(page, 3, async (n) => {
        await page.getByRole('button', { name: n % 2 === 0 ? 'Expand all' : 'Collapse all' }).click();
      }),
    );
    report(
      'move to the next row and set its cell by key',
      await timed(page, 60, async (n) => {
        await page.keyboard.press(n % 2 === 0 ? 'j' : n % 4 === 1 ? '3' : '2');
      }),
    );
    report(
      'set a cell by click',
      await timed(page, 40, async (n) => {
        await page
          .getByRole('radio', { name: n % 2 === 0 ? 'Blocked' : 'Needs approval' })
          .nth(4 + (n % 10))
          .click();
      }),
    );
    report(
      'type in the search',
      await timed(page, 20, async (n) => {
        if (n === 0) await page.getByLabel('Search actions').focus();
        await page.keyboard.press(n < 10 ? 'bulk tool '.charAt(n) : 'Backspace');
      }),
    );
    report(
      'choose and remove a filter',
      await timed(page, 12, async (n) => {
        if (n % 3 === 0) await page.getByRole('button', { name: 'Effect', exact: true }).click();
        else if (n % 3 === 1) await page.getByRole('menuitem', { name: 'Write' }).click();
        else await page.getByRole('button', { name: 'Remove the filter Effect' }).click();
      }),
    );
    report(
      'select 300 rows and set them at once',
      await timed(page, 12, async (n) => {
        if (n === 0) await select300(page);
        await page
          .getByRole('region', { name: 'Selection' })
          .getByRole('button', { name: n % 2 === 0 ? 'Blocked' : 'Baseline' })
          .click();
      }),
    );
    line('matrix: every interaction, p95', percentile([...all], 0.95), 'ms', 100);
    note(`the longest of ${all.length}: ${Math.max(...all).toFixed(0)} ms`);
    await context.close();
  } finally {
    await browser.close();
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Selects whole connectors until 300 rows are selected. They are collapsed first, so that all of them are rendered. */
async function select300(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Collapse all' }).click();
  const boxes = page.getByRole('checkbox', { name: /^Select all of Bulk server/ });
  for (let n = 0; n < 60; n += 1) {
    const words =
      (await page
        .getByRole('region', { name: 'Selection' })
        .textContent()
        .catch(() => '')) ?? '';
    if (Number(/^(\d+)/.exec(words)?.[1] ?? 0) >= 300) break;
    await boxes.nth(n).click();
  }
  await page.getByRole('button', { name: 'Expand all' }).click();
}

/** Repeats an action and returns the time in ms of each from the event to the frame that shows it. */
async function timed(
  page: Page,
  times: number,
  act: (n: number) => Promise<void>,
): Promise<readonly number[]> {
  const found: number[] = [];
  for (let n = 0; n < times; n += 1) {
    await page.evaluate('window.benchEvents = []');
    await act(n);
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done, 40)))');
    const durations = await page.evaluate<number[]>('window.benchEvents');
    found.push(Math.max(MIN_EVENT_MS, ...durations));
  }
  return found;
}

const OBSERVE = `
  window.benchEvents = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.interactionId > 0) window.benchEvents.push(entry.duration);
  }).observe({ type: 'event', durationThreshold: 16, buffered: true });
`;

async function fill(server: BenchServer, seeded: Seeded): Promise<{ path: string; tools: number }> {
  const { connectors } = loadCatalogue();
  const [slug = ''] = seeded.clients;
  const known = connectors.reduce(
    (sum, one) => sum + one.actions.filter(({ tool }) => tool !== false).length,
    0,
  );
  const others = CONNECTORS - connectors.length;
  const each = Math.ceil((TOOLS - known) / others);
  const effects = ['read', 'write', 'write', 'send', 'delete', 'admin'] as const;
  const add = [
    ...connectors.map(({ id }) => ({ entry: id, preset: 'baseline' })),
    ...Array.from({ length: others }, (_, n) => ({
      name: `Bulk server ${n}`,
      kind: 'custom',
      sensitivity: 'medium',
      preset: 'baseline',
      tools: Array.from({ length: each }, (__, at) => ({
        name: `bulk_tool_${n}x${at}`,
        ...(at % 7 === 6 ? {} : { effect: effects[at % effects.length] }),
      })),
    })),
  ];
  const base = `/api/v1/clients/${slug}`;
  const headers = { cookie: seeded.cookie, origin: server.origin, 'content-type': 'application/json' };
  const shown = await fetch(`${server.origin}${base}/connectors/matrix`, { headers });
  const matrix = (await shown.json()) as {
    charter: { version: number } | null;
    connectors: { charter: string }[];
  };
  const remove = [...new Set(matrix.connectors.flatMap(({ charter }) => charter ?? []))];
  const answer = await fetch(`${server.origin}${base}/connectors/matrix`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ version: matrix.charter?.version ?? 0, remove, add }),
  });
  const put = (await answer.json()) as { draft?: string; message?: string };
  if (put.draft === undefined) throw new Error(`The matrix was not stored: ${put.message}`);
  const again = await fetch(`${server.origin}${base}/connectors/matrix?draft=${put.draft}`, { headers });
  const { rows } = (await again.json()) as { rows: unknown[] };
  return { path: `/c/${slug}/connectors?edit=yes&draft=${put.draft}`, tools: rows.length };
}
