import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { later, putPeople, putReading } from '../../src/features/people/testing.ts';
import { newDirectory } from '../../src/store/testing.ts';
import { type ConsoleBrowser, openConsole } from '../support/console-browser.ts';
import { follow, settled } from '../support/settled.ts';

/** Due work in a real browser: what is due at all clients, who does recurring tasks, and what was done. */
let here: ConsoleBrowser;
let bylaw: ConsoleBrowser['bylaw'];
let sandbox: { slug: string; name: string };
let proof: string;

beforeAll(async () => {
  here = await openConsole();
  bylaw = here.bylaw;
  const { body } = await bylaw.owner.call('POST', '/sandbox', {});
  sandbox = { slug: body.client, name: body.name };
  await bylaw.client('Harrow Guild of Organ Builders', { domains: ['harrow-guild.example.org'] });
  await bylaw.person('technician', body.id, 'Theo Technician');
  proof = join(await newDirectory(), 'usage-november.png');
  await writeFile(proof, 'what was seen');
});
afterAll(() => here.close());

const show = async () => (await bylaw.owner.call('GET', `/clients/${sandbox.slug}/work`)).body;

test('Home, menu and page say the same number, and each row leads to where it is done', async () => {
  const page = await here.open(bylaw.owner, { viewport: { width: 1440, height: 900 } });
  const { now } = await show();
  const { work } = (await bylaw.owner.call('GET', `/clients/${sandbox.slug}/home`)).body;
  expect(work.items.length + work.inDoNow).toBe(now);
  await page.goto(`/c/${sandbox.slug}`);
  const due = page.getByRole('region', { name: 'Due and waiting' });
  await due.getByText(`${Math.min(5, work.items.length)} of ${work.items.length}`).waitFor();
  if (work.inDoNow > 0) await due.getByText(/\d+ more items? that (is|are) due or waiting/).waitFor();
  await settled(page);
  // Home fits into two screens.
  expect(await page.evaluate<number>('document.documentElement.scrollHeight / innerHeight')).toBeLessThan(2);
  const entry = page.getByRole('navigation').getByRole('link', { name: /^Work/ });
  await expect.poll(() => entry.first().textContent()).toContain(String(now));
  await entry.first().click();
  await page.getByRole('heading', { level: 1, name: 'Work' }).waitFor();
  await page.getByText(`Now ${now}`).waitFor();
  await page.getByRole('link', { name: 'Schedule 5 recurring tasks' }).click();
  await page.waitForURL(/tab=recurring/);
  await here.leave(page);
});

test('a recurring task is given to someone, shows as theirs over all clients, and is written down as done with a file', async () => {
  const page = await here.open(bylaw.owner);
  await page.goto(`/c/${sandbox.slug}/work?tab=recurring`);
  await page.getByRole('link', { name: 'Use of Claude is reviewed every month' }).click();
  await page.getByText('No one has decided who does this here or when.').waitFor();
  await page.getByRole('button', { name: 'Decide who and when' }).click();
  const who = page.getByRole('dialog');
  // A longer interval than the guide's requires a reason.
  await who.getByLabel('Repeats').selectOption('2');
  await who.getByRole('button', { name: 'Save' }).click();
  await who.getByText('Say why its interval differs from the guide’s.').waitFor();
  await who.getByLabel('Repeats').selectOption('1');
  await who.getByLabel('Owner').fill(bylaw.owner.email);
  await who.getByLabel('Next day').fill('2026-11-20');
  await who.getByRole('button', { name: 'Save' }).click();
  await who.waitFor({ state: 'detached' });
  await page.getByText('Was due Nov 20, 2026').first().waitFor();

  await follow(page, '/work?owner=mine');
  const row = page.getByRole('row').filter({ hasText: 'Review a month of use' });
  await row.getByText('Nov 20, 2026').waitFor();
  await row.getByRole('link', { name: 'Review a month of use' }).click();
  await page.getByRole('button', { name: 'Mark as done' }).click();
  const done = page.getByRole('dialog');
  // Nothing is checked initially.
  await expect.poll(() => done.getByRole('checkbox', { checked: true }).count()).toBe(0);
  await done.getByLabel('Date done').fill('2026-11-24');
  await done.getByLabel('Usage').check();
  await done.getByLabel('What was found').fill('Nothing unusual.');
  await done.locator('input[type="file"]').setInputFiles(proof);
  await done.getByText(/, stored$/).waitFor();
  await done.getByRole('button', { name: 'Record it' }).click();
  await done.waitFor({ state: 'detached' });
  await page.getByText('It counts as a review.').waitFor();
  await page.getByText('Dec 24, 2026').first().waitFor();
  await page.getByRole('link', { name: 'usage-november.png' }).click();
  await page.getByRole('link', { name: 'Use of Claude is reviewed every month' }).waitFor();
  await here.leave(page);
});

test('who may only look is offered nothing to do', async () => {
  const page = await here.open(await bylaw.person('auditor', null));
  await page.goto(`/c/${sandbox.slug}/work?tab=recurring&task=quarterly_review`);
  await page.getByRole('heading', { name: 'Evidence that it is done' }).waitFor();
  for (const name of ['Mark as done', 'Decide who and when', 'Change'])
    await expect.poll(() => page.getByRole('button', { name, exact: true }).count()).toBe(0);
  await here.leave(page);
});

test('a leaver goes from a roster difference to three proofs, and HR starts a joining on a page of its own', async () => {
  const { store, verdicts } = bylaw.services;
  const alder = await bylaw.client('Alder Surveyors', { domains: ['alder.example.org'] });
  await putPeople(store, alder.id, '2026-11-20');
  await verdicts.refresh(alder.id);
  const hr = await bylaw.person('hr', alder.id, 'Hana Resources');
  const page = await here.open(hr);
  await page.goto(`/c/${alder.slug}/people`);
  await page.getByRole('link', { name: 'People who leave' }).click();
  await page.getByRole('button', { name: /^Start offboarding.*Tobin Achterberg/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Owner').fill('Wilma Birch');
  await dialog.getByRole('button', { name: 'Start' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Tobin Achterberg' }).click();
  const panel = page.getByRole('complementary', { name: 'Tobin Achterberg' });
  const steps = [
    'The Entra account is disabled',
    'The Claude seat is removed',
    'No sign-in has added the seat again',
  ];
  const step = (title: string) =>
    panel.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) });
  for (const title of steps) await step(title).getByText('Overdue', { exact: true }).waitFor();
  await step('The Claude seat is removed')
    .getByRole('button', { name: /^Mark as done/ })
    .click();
  await dialog.getByRole('button', { name: 'Mark as done' }).click();
  await step('The Claude seat is removed').getByText('Marked as done, not confirmed by a reading').waitFor();

  await later(bylaw, '2026-11-28T09:00:00Z');
  const person = (name: string, role: 'primary_owner' | 'user') => ({
    name,
    email: `${name.slice(0, 3).toLowerCase()}@alder.example.org`,
    role,
    status: 'active' as const,
  });
  await putReading(
    store,
    alder.id,
    'members',
    [person('Ana Ruiz', 'primary_owner'), person('Ben Okafor', 'user')],
    '2026-11-27',
  );
  const users = ['ana', 'ben', 'tobin'].map((name) => ({
    id: name,
    upn: `${name}@alder.example.org`,
    name,
    enabled: name !== 'tobin',
  }));
  await putReading(
    store,
    alder.id,
    'entra_users',
    users.map((one) => ({ ...one, enabled: true })),
    '2026-11-26',
  );
  await verdicts.refresh(alder.id);
  const admin = await here.open(await bylaw.person('client_admin', alder.id, 'Adele Admin'));
  await admin.goto(page.url());
  await admin.getByRole('button', { name: 'Plan to close the account in Entra…' }).click();
  await admin.getByLabel('Reason').fill('Today is the last day');
  await admin.getByRole('button', { name: 'Plan it' }).click();
  await admin.getByText('Close the account: ', { exact: false }).first().waitFor();
  await admin.getByText('You planned this change', { exact: false }).waitFor();
  await here.leave(admin);
  await putReading(store, alder.id, 'entra_users', users, '2026-11-27');
  await verdicts.refresh(alder.id);
  await page.reload();
  for (const title of steps) await step(title).getByText('Confirmed by a reading', { exact: true }).waitFor();

  await follow(page, `/c/${alder.slug}/people/announce?kind=joining`);
  // A person of the lists is suggested, and brings the address along.
  const name = page.getByLabel('Name', { exact: true });
  await name.pressSequentially('Ben');
  const suggested = page.locator('datalist option[value^="Ben Okafor <"]');
  await suggested.waitFor({ state: 'attached' });
  await name.fill((await suggested.getAttribute('value')) ?? '');
  await expect.poll(() => name.inputValue()).toBe('Ben Okafor');
  await expect.poll(() => page.getByLabel('Work email address').inputValue()).toBe('ben@alder.example.org');
  await name.fill('Nia Newcomer');
  await page.getByLabel('Work email address').fill('nia@alder.example.org');
  await page.getByLabel('First day of work').fill('2026-12-01');
  await page.getByRole('button', { name: 'Start onboarding' }).click();
  await page.getByRole('status').getByText('5 steps, the next by Dec 1, 2026').waitFor();
  await page.getByRole('status').getByRole('link', { name: 'Nia Newcomer' }).click();
  const newcomer = page.getByRole('complementary', { name: 'Nia Newcomer' });
  await newcomer.getByText('Not in the members file of Nov 27, 2026', { exact: false }).waitFor();
  // A day that is still to come is not spoken of as past, even for what was done before it.
  await newcomer.getByRole('button', { name: /^Mark as done.*acceptable use policy/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Mark as done' }).click();
  await newcomer.getByText('Marked as done, not confirmed by a reading').waitFor();
  const marked = newcomer.getByRole('listitem').filter({ hasText: 'Marked as done' });
  await expect.poll(() => marked.textContent()).toMatch(/ Due Dec 1, 2026\./u);
  await here.leave(page);
});
