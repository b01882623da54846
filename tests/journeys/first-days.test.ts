import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ASSOCIATION } from '../../sandbox/generate.ts';
import { sharedChromium } from '../support/chromium.ts';
import { type ConsoleBrowser, complaints, openConsole, openPage } from '../support/console-browser.ts';
import { drop } from '../support/drop.ts';
import { type RealServer, realServer } from '../support/real-server.ts';
import { follow } from '../support/settled.ts';

/* A string, because the tests are compiled without the DOM types. */
const CURRENT_ENTRY = `(() => {
  const entry = document.querySelector('nav [aria-current="page"]');
  const [own, frame] = [entry, entry?.closest('ul').parentElement.parentElement].map((one) => one?.getBoundingClientRect());
  return entry?.textContent + (own?.top >= frame?.top && own?.bottom <= frame?.bottom ? ' in sight' : ' out of sight');
})()`;

/** The first day: someone new explores the sandbox; a new client goes from files to report in one session. */
let server: RealServer;
let here: ConsoleBrowser;

beforeAll(async () => {
  [here, server] = await Promise.all([openConsole(), realServer()]);
});
afterAll(async () => {
  await here.close();
  await server.close();
});

test('a stranger becomes owner, opens the sandbox with two clicks, reads verdicts and removes it with one', async () => {
  const page = await openPage(await sharedChromium(), server.origin, null);
  // A page that requires sign-in gets a 401 first, which the browser logs.
  const heard = complaints(page);
  await page.goto(server.firstOwner ?? '');
  await page.getByLabel('Your name').fill('Dana Whitlock');
  await page.getByLabel('Email address').fill('dana@kestrel.example');
  await page.getByLabel('Password', { exact: true }).fill('four quiet wooden herons');
  await page.getByRole('button', { name: 'Make me the owner' }).click();
  await page.getByRole('button', { name: 'Later, under My account' }).click();
  await page.getByRole('button', { name: 'Open sandbox' }).click();

  await page.waitForURL(/\/c\/[\w-]+$/);
  const home = page.url();
  await page.getByText('This is the sandbox').waitFor();
  const status = page.getByRole('region', { name: 'Current status' });
  const figure = async (word: string) =>
    Number(
      await status.getByRole('listitem').filter({ hasText: word }).first().locator('strong').textContent(),
    );
  // The planted faults: some controls fail, some pass, and the rest cannot be read.
  for (const word of ['Fail', 'Pass', 'Cannot read']) expect(await figure(word), word).toBeGreaterThan(3);
  // Open alerts come first, since they are about recent events.
  const tasks = page.getByRole('region', { name: 'Do now' }).getByRole('listitem');
  await tasks.first().getByRole('heading', { name: /alert/ }).waitFor();
  await tasks.getByRole('heading', { name: 'Remove the people who have left from Claude' }).waitFor();

  // Audit records after the import are not dated before it.
  const times = await page.evaluate<string[]>(
    `fetch('/api/v1/clients/' + location.pathname.split('/')[2] + '/audit?limit=100')
      .then((answer) => answer.json()).then(({ items }) => items.map(({ at }) => at))`,
  );
  expect(times.length).toBeGreaterThan(20);
  expect(times).toEqual(times.toSorted().reverse());

  // With a single client, links to add another and to the workspace's pages are visible.
  await page.getByRole('link', { name: 'Add your own client' }).waitFor();
  await page.getByRole('button', { name: /change the client$/ }).click();
  await page.getByRole('option', { name: 'All clients' }).waitFor();
  await page.getByRole('option', { name: 'Add a client' }).click();
  await page.getByRole('heading', { level: 1, name: 'Add a client' }).waitFor();
  await page.goto(home);

  await page.getByRole('link', { name: 'Remove the sandbox' }).click();
  await page.getByRole('button', { name: 'Remove sandbox' }).click();
  await page.waitForURL(`${server.origin}/clients`);
  await page.getByRole('heading', { level: 1, name: 'Clients' }).waitFor();
  // The list is empty, and the link back into the sandbox is visible.
  await page.getByRole('link', { name: 'Open the sandbox' }).waitFor();
  await page.goto(home);
  await page.getByRole('heading', { name: 'This page is not available to you' }).waitFor();
  expect(heard.filter((words) => !/status of (401|404)/.test(words))).toEqual([]);
  await page.context().close();
});

test('a new client goes from a dropped folder to a report on paper in one go', async () => {
  const page = await here.open(here.bylaw.owner);
  const heard = complaints(page);
  await page.goto('/clients/new');
  await page.getByLabel('Name of the association').fill('Alder Society of Landscape Surveyors');
  await page.getByLabel('Email domain').fill('alder.example.org');
  await page.getByLabel('Claude plan').selectOption({ label: 'Team' });
  await page.getByLabel('Microsoft 365 license').selectOption({ label: 'Business Premium' });
  // A country with several time zones does not determine one.
  await page.getByLabel('Country').selectOption({ label: 'United States' });
  await page.getByRole('button', { name: 'Add client' }).click();
  await page.getByText('Choose the time zone for the client’s dates and times.').waitFor();
  await page.getByLabel('Time zone').selectOption('America/New_York');
  await page.getByRole('button', { name: 'Add client' }).click();

  await page.waitForURL(/\/imports$/);
  await drop(page, page.getByRole('group', { name: 'Drop files or a whole folder here' }), [ASSOCIATION]);
  await page.waitForURL(/\/imports\/[\w-]{36}$/);
  const store = page.getByRole('button', { name: /^Store/ });
  await store.waitFor();
  await page.getByRole('heading', { level: 1, name: /^2\d files$/ }).waitFor();
  await store.click();
  await page
    .getByText(/stored by/)
    .first()
    .waitFor();
  // What was decided is words now, no longer menus that choose nothing.
  await page.getByRole('columnheader', { name: 'What happened to it' }).waitFor();
  await expect.poll(() => page.getByRole('main').getByRole('combobox').count()).toBe(0);

  // The menu is taller than the window; the entry of the page is in sight on each.
  const client = new URL(page.url()).pathname.split('/').slice(0, 3).join('/');
  for (const name of ['Charter', 'Connections', 'Controls']) {
    await follow(page, `${client}/${name.toLowerCase()}`);
    await expect
      .poll(() => page.evaluate<string>(CURRENT_ENTRY))
      .toMatch(new RegExp(`^${name}.* in sight$`, 'u'));
  }
  await page.getByRole('link', { name: 'Home', exact: true }).click();
  await page.getByRole('region', { name: 'Current status' }).waitFor();
  await page.getByRole('heading', { name: 'Remove the people who have left from Claude' }).waitFor();

  await page.getByRole('link', { name: 'Board report' }).click();
  // Today is the server's day, whatever this browser's clock says.
  await page.getByLabel('Today, Nov 24, 2026').waitFor();
  await page.getByRole('button', { name: 'Create report' }).click();
  await page.waitForURL(/\/reports\/[\w-]{36}/);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download board report' }).click(),
  ]);
  const bytes = await readFile(await download.path());
  expect(bytes.subarray(0, 5).toString('latin1')).toBe('%PDF-');
  expect(bytes.length).toBeGreaterThan(20_000);
  expect(download.suggestedFilename()).toMatch(/\.pdf$/);

  // The next report shows at once what changed since this one.
  here.bylaw.setNow(new Date('2026-11-24T16:00:00Z'));
  await follow(page, `${client}/reports?new=yes`);
  await page.getByRole('button', { name: 'Create report' }).click();
  await page.getByText('No control has changed since then.').waitFor();
  expect(heard).toEqual([]);
});
