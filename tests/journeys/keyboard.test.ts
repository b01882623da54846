import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { hashPassword } from '../../src/features/credentials/passwords.ts';
import { storeFacts } from '../../src/features/verdicts/testing.ts';
import { TEST_NOW, type TestPerson } from '../../src/server/testing/console.ts';
import { type ConsoleBrowser, openConsole } from '../support/console-browser.ts';
import { expectMessage } from '../support/expect-message.ts';
import { settled } from '../support/settled.ts';

/** A month's work for a client with the keyboard only: nothing in this file uses a pointer. */
const PASSWORD = 'four quiet wooden herons';
let here: ConsoleBrowser;
let page: Page;
let client: { id: string; slug: string };
let dana: TestPerson;
let second: TestPerson;
let home: string;

beforeAll(async () => {
  here = await openConsole();
  const { bylaw } = here;
  const { store } = bylaw.services;
  client = await bylaw.client('Alder Society of Landscape Surveyors', { claudeSeats: 70 });
  await storeFacts({ store, clientId: client.id, now: TEST_NOW });
  dana = await bylaw.person('client_admin', client.id, 'Dana Whitlock');
  second = await bylaw.person('client_admin', client.id, 'Sam Okafor');
  const password = await hashPassword(PASSWORD);
  await store.write('system', (tx) =>
    tx.updateTable('users').set({ password }).where('id', '=', dana.id).execute(),
  );
  home = `${here.origin}/c/${client.slug}`;
  page = await byKeyboard(null);
});
afterAll(() => here.close());

/** A page that records pointer events. A click caused by a key is not one. */
async function byKeyboard(person: TestPerson | null): Promise<Page> {
  const opened = await here.open(person);
  await opened.addInitScript(`globalThis.__touched = [];
    for (const type of ['pointerdown', 'mousedown', 'touchstart', 'wheel'])
      addEventListener(type, ({ target }) => __touched.push(type + ' ' + target), true);`);
  return opened;
}

async function press(where: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await where.keyboard.press(key);
}

/** Presses Tab until the target has the focus; no page needs as many presses as `max`. */
async function tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab', max = 150): Promise<void> {
  await target.waitFor();
  const where = target.page();
  for (let presses = 0; presses < max; presses += 1) {
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return;
    await where.keyboard.press(key);
  }
  throw new Error(`The focus never reached ${target} in ${max} presses of ${key}.`);
}

async function type(target: Locator, text: string): Promise<void> {
  await tabTo(target);
  await target.page().keyboard.type(text);
}

async function enter(target: Locator): Promise<void> {
  await tabTo(target);
  await target.page().keyboard.press('Enter');
}

async function go(letter: string, path: string, where = page): Promise<void> {
  await press(where, 'g', letter);
  await where.waitForURL((url) => url.pathname === `/c/${client.slug}${path}`);
  await settled(where);
}

test('signing in', async () => {
  await page.goto(`/c/${client.slug}`);
  await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
  await type(page.getByLabel('Email address'), dana.email);
  await type(page.getByLabel('Password', { exact: true }), PASSWORD);
  await press(page, 'Enter');
  await page.waitForURL(home);
  await page.getByRole('region', { name: 'Do now' }).waitFor();
});

beforeEach(async () => {
  // Something left open by an earlier failure would make all later tests fail.
  if (page.url().startsWith(home)) await press(page, 'Escape', 'Escape');
});

test('walking, opening, closing, filtering and exporting the controls', async () => {
  await go('c', '/controls');
  await press(page, 'j', 'j', 'k');
  const rows = page.locator('tr[data-row]');
  await expect.poll(() => rows.first().locator('a:focus').count()).toBe(1);
  const id = await rows.first().getAttribute('data-row');
  await press(page, 'Enter');
  await page.waitForURL((url) => url.searchParams.has('panel'));
  await page.getByRole('complementary').getByRole('heading', { level: 2 }).first().waitFor();
  await press(page, 'Escape');
  await page.waitForURL((url) => !url.searchParams.has('panel'));
  // The focus returns to where it was, so that J continues from there.
  await expect.poll(() => page.locator(`tr[data-row="${id}"] a:focus`).count()).toBe(1);
  await press(page, 'f');
  await page.keyboard.type('current staff hold');
  await page.waitForURL((url) => url.searchParams.get('text') === 'current staff hold');
  await expect.poll(() => rows.count()).toBe(1);
  await press(page, 'Escape', 'Tab');
  const download = page.waitForEvent('download');
  await press(page, 'e');
  await page.getByRole('menuitem', { name: 'CSV' }).waitFor();
  await enter(page.getByRole('menuitem', { name: 'CSV' }));
  const file = await readFile(await (await download).path(), 'utf8');
  expect(file).toContain('ACC-07');
  await go('h', '');
});

test('asking for the keys', async () => {
  await press(page, '?');
  const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await keys.getByText('Find a page, an action, a control or a person').waitFor();
  await press(page, 'Escape');
  await keys.waitFor({ state: 'detached' });
});

test.each([
  ['a page', 'audit', 'Audit log', '/audit'],
  ['a control by its id', 'ACC-07', 'Only current staff hold a seat', '/controls/ACC-07'],
  ['a person by email address', 'tobin.achterberg@', 'Tobin Achterberg', '/people'],
  ['a section of the guide', 'G5.5', 'Guide 5.5', '/controls/'],
])('the palette leads to %s', async (_what, words, label, path) => {
  await press(page, 'Control+k');
  const palette = page.getByRole('dialog', { name: 'Search or act' });
  // Typed immediately, because input while the palette loads must not be lost.
  await page.keyboard.type(words);
  await expect.poll(() => palette.getByRole('combobox').inputValue()).toBe(words);
  const offer = palette.getByRole('option').filter({ hasText: label }).first();
  await offer.waitFor();
  for (let presses = 0; presses < 20 && (await offer.getAttribute('data-selected')) === null; presses += 1)
    await press(page, 'ArrowDown');
  // The focus stays in the field, which announces the active option to screen readers.
  const id = await offer.getAttribute('id');
  await expect.poll(() => palette.getByRole('combobox').getAttribute('aria-activedescendant')).toBe(id);
  await press(page, 'Enter');
  await page.waitForURL((url) =>
    url.pathname.toLowerCase().startsWith(`/c/${client.slug}${path}`.toLowerCase()),
  );
  await settled(page);
});

test('the palette lists each page once however its words are typed, also one that has other names', async () => {
  const theirs = await here.open(here.bylaw.owner);
  await theirs.goto(`${home}/controls`);
  await settled(theirs);
  await press(theirs, 'Control+k');
  const palette = theirs.getByRole('dialog', { name: 'Search or act' });
  await palette.locator('input:focus').waitFor();
  const settings = palette.getByRole('option', { name: /^Settings/ });
  await theirs.keyboard.type('api');
  await palette.getByRole('option', { name: /^Tokens/ }).waitFor();
  await expect.poll(() => settings.count()).toBe(0);
  await palette.getByRole('combobox').fill('');
  await theirs.keyboard.type('smtp');
  await expect.poll(() => settings.count()).toBe(1);
  await here.leave(theirs);
});

test('the palette acts', async () => {
  await go('c', '/controls');
  await press(page, 'Control+k');
  const palette = page.getByRole('dialog', { name: 'Search or act' });
  await palette.locator('input:focus').waitFor();
  await page.keyboard.type('keyboard shortcuts');
  await palette.getByRole('option', { name: 'Show keyboard shortcuts' }).waitFor();
  await press(page, 'Enter');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await press(page, 'Escape');
});

test('deciding who a person is', async () => {
  await go('p', '/people');
  await enter(page.getByRole('link', { name: /^To confirm/ }));
  await page.waitForURL((url) => url.searchParams.get('tab') === 'to_confirm');
  await settled(page);
  await press(page, 'j');
  const same = page.getByRole('button', { name: /^Same person: / }).first();
  const name = (await same.getAttribute('aria-label')) ?? '';
  await expectMessage(page, 'Decided: ', () => enter(same));
  await page.getByRole('button', { name }).waitFor({ state: 'detached' });
});

test('asking for an exception, which a second person approves', async () => {
  await go('x', '/exceptions');
  const held = Promise.withResolvers<void>();
  await page.route('**/exceptions/controls*', async (route) => {
    await held.promise;
    await route.continue();
  });
  await enter(page.getByRole('button', { name: 'Request an exception' }));
  const dialog = page.getByRole('dialog', { name: /Request an exception/ });
  const control = dialog.getByLabel('Control', { exact: true });
  // The focus is within the dialog from the start, and in its first field once there is something to choose.
  const hasFocus = (one: Locator) =>
    one.evaluate((element) => element.contains(element.ownerDocument.activeElement));
  await expect.poll(() => hasFocus(dialog)).toBe(true);
  held.resolve();
  await expect.poll(() => hasFocus(control)).toBe(true);
  await page.unroute('**/exceptions/controls*');
  await control.getByRole('option', { name: /^ACC-07/ }).waitFor({ state: 'attached' });
  await type(control, 'ACC-07');
  await dialog.getByText('critical: it takes effect only after approval by a second person').waitFor();
  await tabTo(dialog.getByRole('checkbox', { name: 'Everything listed now' }));
  await press(page, 'Space');
  await type(dialog.getByLabel('Reason'), 'Their last files are handed over by January');
  await type(dialog.getByLabel('Owner'), 'Mara Ellingsworth');
  await type(dialog.getByLabel('Until', { exact: true }), '12312026');
  await expectMessage(page, 'Requested.', () =>
    enter(dialog.getByRole('button', { name: 'Request the exception' })),
  );
  await page.getByRole('complementary').getByText('Their last files').waitFor();
  // The person who asked cannot be the second person.
  expect(
    await page
      .getByRole('button', { name: 'Approve…' })
      .isEnabled()
      .catch(() => false),
  ).toBe(false);
  await press(page, 'Escape');

  const other = await byKeyboard(second);
  await other.goto(`/c/${client.slug}`);
  await settled(other);
  await go('x', '/exceptions', other);
  await press(other, 'j');
  await expect.poll(() => other.locator('tr[data-row] a:focus').count()).toBe(1);
  await press(other, 'Enter');
  await enter(other.getByRole('button', { name: 'Approve…' }));
  await expectMessage(other, 'Approved.', () =>
    enter(other.getByRole('dialog', { name: /Approve/ }).getByRole('button', { name: 'Approve' })),
  );
  await go('c', '/controls', other);
  await other
    .getByRole('row', { name: /Only current staff hold a seat/ })
    .getByText('Accepted')
    .first()
    .waitFor();
  expect(await other.evaluate('__touched')).toEqual([]);
  await other.context().close();
});

test('writing down what one saw', async () => {
  await go('t', '/attestations');
  await enter(page.getByRole('button', { name: 'Record what you saw' }));
  const dialog = page.getByRole('dialog', { name: /Record what you saw/ });
  const control = dialog.getByLabel('Control', { exact: true });
  await control.getByRole('option').nth(1).waitFor({ state: 'attached' });
  await tabTo(control);
  await press(page, 'ArrowDown');
  const holds = dialog.getByRole('radio').first();
  await tabTo(holds);
  await press(page, 'Space');
  await type(dialog.getByLabel('Date you looked'), '11242026');
  await type(dialog.getByLabel('What you saw, in words (optional)'), 'Looked through the settings together');
  await expectMessage(page, 'Recorded.', () => enter(dialog.getByRole('button', { name: 'Record it' })));
  await page.getByRole('complementary').getByText('Looked through the settings together').first().waitFor();
  await press(page, 'Escape');
});

test('bringing a new members file and storing it', async () => {
  await go('i', '/imports');
  const chooser = page.waitForEvent('filechooser');
  await enter(page.getByRole('button', { name: 'Choose files' }));
  await (await chooser).setFiles({
    name: 'members-2026-11-24.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(
      'Name,Email,Role,Seat Tier,Status\nMara Ellingsworth,mara.ellingsworth@alder.example.org,Owner,Premium,Active\n',
    ),
  });
  const store = page.getByRole('button', { name: /^Store/ });
  await store.waitFor();
  await enter(store);
  await page
    .getByText(/stored by/)
    .first()
    .waitFor();
});

test('making a report', async () => {
  await go('b', '/reports');
  await enter(page.getByRole('button', { name: 'Create a report' }));
  await page.getByRole('dialog', { name: /Create a report/ }).waitFor();
  await enter(page.getByRole('button', { name: 'Create report' }));
  await page.waitForURL(/\/reports\/[\w-]{36}/);
  const download = page.waitForEvent('download');
  await enter(page.getByRole('link', { name: 'Download board report' }));
  expect((await readFile(await (await download).path())).subarray(0, 5).toString('latin1')).toBe('%PDF-');
});

test('nothing of it was done with a pointer', async () => {
  expect(await page.evaluate('__touched')).toEqual([]);
  expect(await page.evaluate('performance.getEntriesByType("navigation").length')).toBe(1);
});
