import { afterAll, beforeAll, expect, test } from 'vitest';
import { storeFacts } from '../../src/features/verdicts/testing.ts';
import { TEST_NOW } from '../../src/server/testing/console.ts';
import { type ConsoleBrowser, openConsole } from '../support/console-browser.ts';
import { expectMessage } from '../support/expect-message.ts';
import { follow } from '../support/settled.ts';

/** Home, controls, fleet and catalogue in a real browser: every figure links to its list, by keyboard. */
let here: ConsoleBrowser;
let bylaw: ConsoleBrowser['bylaw'];
let alder: { id: string; slug: string };

beforeAll(async () => {
  here = await openConsole();
  bylaw = here.bylaw;
  alder = await bylaw.client('Alder Society of Landscape Surveyors', { claudeSeats: 70 });
  await bylaw.client('Harrow Guild of Organ Builders', { claudePlan: 'enterprise', m365: 'e5' });
  await storeFacts({ store: bylaw.services.store, clientId: alder.id, now: TEST_NOW });
});
afterAll(() => here.close());

test('every figure of Home opens a list of that length', async () => {
  const page = await here.open(bylaw.owner);
  const home = `/c/${alder.slug}`;
  const status = page.getByRole('region', { name: 'Current status' });
  for (const word of ['Fail', 'Cannot read', 'Pass']) {
    await follow(page, home);
    const link = status.getByRole('listitem').filter({ hasText: word }).getByRole('link');
    const count = Number((await link.locator('strong').textContent()) ?? Number.NaN);
    await link.click();
    await page.waitForURL(/controls\?state=/);
    await page.getByText(`${count} of ${bylaw.services.catalogue.controls.length}`).waitFor();
  }
  await here.leave(page);
});

test('a control shows who fixes it by the name of the role', async () => {
  const page = await here.open(bylaw.owner);
  await page.goto(`/c/${alder.slug}/controls/ACC-21`);
  await page.getByText(/^About \d+ (minutes|hours) · HR/).waitFor();
  await here.leave(page);
});

test('a task leads to where it is done', async () => {
  const page = await here.open(bylaw.owner);
  await page.goto(`/c/${alder.slug}`);
  const first = page.getByRole('region', { name: 'Do now' }).getByRole('listitem').first();
  await first.getByRole('heading', { name: 'Remove the people who have left from Claude' }).waitFor();
  await first.getByRole('link', { name: /^Open people/ }).click();
  await page.waitForURL(`${here.origin}/c/${alder.slug}/people`);
  await page.getByRole('link', { name: 'People who leave' }).click();
  const tobin = page.getByRole('row').filter({ hasText: 'Tobin Achterberg' });
  await tobin.getByRole('button', { name: /^Start offboarding/ }).click();
  await page.getByRole('dialog').getByLabel('Owner').fill('Wilma Birch');
  await page.getByRole('dialog').getByRole('button', { name: 'Start' }).click();
  await tobin.getByText('Wilma Birch').waitFor();
  await tobin.getByRole('link', { name: 'Tobin Achterberg' }).click();
  const seat = page
    .getByRole('complementary', { name: 'Tobin Achterberg' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: 'The Claude seat is removed' }) });
  await seat.getByRole('button', { name: /^Mark as done/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Mark as done' }).click();
  await seat.getByText('Marked as done, not confirmed by a reading').waitFor();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await seat.getByText('Overdue', { exact: true }).waitFor();
  await here.leave(page);
});

test('the list is walked, opened, closed and filtered by keyboard; the address holds all of it', async () => {
  const page = await here.open(bylaw.owner);
  await page.goto(`/c/${alder.slug}/controls`);
  await page.getByRole('link', { name: 'Only current staff hold a seat' }).waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForURL(/panel=ACC-07/);
  await page
    .getByRole('complementary')
    .getByRole('heading', { name: 'Only current staff hold a seat' })
    .waitFor();
  await page.keyboard.press('Escape');
  await page.waitForURL((url) => !url.search.includes('panel'));
  // Assigns it to someone, and undoes that.
  await page.keyboard.press('x');
  await page.getByRole('button', { name: 'Assign…' }).click();
  await page.getByRole('dialog').getByLabel('Owner').fill('Wilma Birch');
  await page.getByRole('dialog').getByLabel(/^Due/).fill('2026-12-01');
  await expectMessage(page, 'ACC-07: assigned to Wilma Birch, due Dec 1, 2026.', () =>
    page.getByRole('dialog').getByRole('button', { name: 'Assign' }).click(),
  );
  await page.getByRole('row').filter({ hasText: 'Wilma Birch' }).waitFor();
  await page.keyboard.press('u');
  await expectMessage(page, 'Undone.', () => page.keyboard.press('Enter'));
  await page.getByRole('row').filter({ hasText: 'Wilma Birch' }).waitFor({ state: 'detached' });
  await page.keyboard.press('f');
  await page.keyboard.type('Achterberg');
  await page.waitForURL(/text=Achterberg/);
  await page.reload();
  await page.getByRole('link', { name: 'Only current staff hold a seat' }).waitFor();
  await page.getByRole('button', { name: 'Export' }).waitFor();
  await here.leave(page);
});

test('a control says who is listed and what it was on a past day', async () => {
  const page = await here.open(bylaw.owner);
  await page.goto(`/c/${alder.slug}/controls/CLA-ACC-07?day=2026-11-20`);
  await page.getByRole('rowheader', { name: 'Tobin Achterberg' }).waitFor();
  await page
    .getByRole('status')
    .filter({ hasText: 'as known today' })
    .getByText('Cannot read', { exact: true })
    .waitFor();
  const comments = page.getByRole('region', { name: 'Comments' });
  await comments.getByLabel('New comment').fill('<b>Asked HR</b>');
  await comments.getByRole('button', { name: 'Comment', exact: true }).click();
  await comments.getByText('<b>Asked HR</b>', { exact: true }).waitFor();
  await comments.getByRole('button', { name: /^Remove/ }).click();
  await comments.getByText('<b>Asked HR</b>', { exact: true }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await comments.getByText('<b>Asked HR</b>', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Assign it to someone' }).click();
  const ada = await bylaw.person('technician', alder.id, 'Ada Lark');
  await page.getByRole('dialog').getByLabel('Owner').fill(ada.email);
  await page.getByRole('dialog').getByRole('button', { name: 'Assign' }).click();
  const assigned = page.getByRole('region', { name: 'Who and when' });
  await assigned.getByRole('button', { name: /^Remind Ada Lark/ }).click();
  await page.getByRole('dialog').getByText('Ada Lark gets an email now').waitFor();
  await expectMessage(page, 'Ada Lark was reminded, also by email.', () =>
    page.getByRole('dialog').getByRole('button', { name: 'Send the reminder' }).click(),
  );
  await assigned.getByText(/^Reminded Ada Lark, .*by Olive Owner/).waitFor();
  const theirs = await here.open(ada);
  await theirs.goto(`/c/${alder.slug}`);
  await theirs.getByRole('button', { name: /^Notifications, \d+ unread/ }).click();
  await theirs.getByText(/Olive Owner reminded you/).waitFor();
  await here.leave(theirs);
  await page.getByRole('link', { name: 'Accept until…' }).click();
  await page.waitForURL(/exceptions\?new=CLA-ACC-07/);
  await here.leave(page);
});

test('an open page shows what someone else stored, without being asked', async () => {
  const client = await bylaw.client('Ferry Operators');
  const page = await here.open(bylaw.owner);
  await page.goto(`/c/${client.slug}/controls/ACC-07`);
  await page.getByText('The members file has not been provided.').first().waitFor();
  await storeFacts({ store: bylaw.services.store, clientId: client.id, now: TEST_NOW });
  await bylaw.services.verdicts.refresh(client.id);
  await page.getByRole('rowheader', { name: 'Tobin Achterberg' }).waitFor();
  await here.leave(page);
});

test('the fleet filters by its figures, and whoever sees one client sees no other', async () => {
  const page = await here.open(bylaw.owner);
  await page.goto('/clients');
  await page.getByRole('link', { name: /with a critical failure/ }).click();
  await page.waitForURL(/attention=critical/);
  await page.getByRole('link', { name: 'Harrow Guild of Organ Builders' }).waitFor({ state: 'detached' });
  await here.leave(page);
  const theirs = await here.open(await bylaw.person('technician', alder.id));
  await theirs.goto('/across/ACC-07');
  await theirs.getByText('1 client: fails at 1').waitFor();
  expect(await theirs.content()).not.toContain('Harrow');
  await here.leave(theirs);
});
