import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import type { TestPerson } from '../../src/server/testing/console.ts';
import { type ConsoleBrowser, openConsole } from '../support/console-browser.ts';
import { settled } from '../support/settled.ts';
import { it, test } from '../support/two-runs.ts';
import { walk } from '../support/walk.ts';

/** The deployment in a real browser: progress, what a lock waits for, a second person, copying, keys. */
let here: ConsoleBrowser;
let bylaw: ConsoleBrowser['bylaw'];
let sandbox: { slug: string; name: string };
let fresh: { slug: string; name: string };
let technician: TestPerson;
let second: TestPerson;

beforeAll(async () => {
  here = await openConsole();
  bylaw = here.bylaw;
  const { body } = await bylaw.owner.call('POST', '/sandbox', {});
  sandbox = { slug: body.client, name: body.name };
  fresh = await bylaw.client('Harrow Guild of Organ Builders', {
    staffCount: 28,
    domains: ['harrow-guild.example.org'],
  });
  technician = await bylaw.person('technician', body.id, 'Theo Technician');
  second = await bylaw.person('technician', body.id, 'Sana Second');
});
afterAll(() => here.close());

const show = async (slug: string) => (await bylaw.owner.call('GET', `/clients/${slug}/deployment`)).body;
const taskOf = async (slug: string, id: string) =>
  (await show(slug)).tasks.find((task: { id: string }) => task.id === id);
const tasks = (page: Page) => page.getByRole('region', { name: 'Tasks' });

test('the list says where each task stands, and the page begins with the next one', async () => {
  const status = await show(sandbox.slug);
  const page = await here.open(bylaw.owner);
  await page.goto(`/c/${sandbox.slug}/deployment`);
  const next = status.tasks.find((task: { id: string }) => task.id === status.next);
  await page.getByRole('heading', { level: 1, name: next.action }).waitFor();
  const list = tasks(page);
  await list.getByText(`${status.proved} of ${status.of} tasks proved`).waitFor();
  await expect.poll(() => list.getByRole('link').count()).toBe(status.tasks.length);
  const words = async (title: string) => list.getByRole('link').filter({ hasText: title }).textContent();
  await expect.poll(() => words('Our domain is verified')).toContain('Proved by the DNS answer of Nov 24');
  await expect.poll(() => words('Staff are invited')).toContain('Waits for tasks 2, 11 and 12');
  await expect.poll(() => words('The first review is scheduled')).toContain('Can be done now');
  await expect.poll(() => words('The SIEM receives Claude events')).toContain('Not needed here');
  // The charter allows no access to the membership system, but an unapproved server is on.
  await expect.poll(() => words('Access to the membership system is settled')).toContain('Can be done now');
  await expect.poll(() => list.locator('[aria-current="page"]').textContent()).toContain(next.title);
  await here.leave(page);
});

test('a task shows each check with its verdict, what it rests on, how it is done, and one filled button', async () => {
  const page = await here.open(bylaw.owner);
  await page.goto(`/c/${sandbox.slug}/deployment/connectors_locked`);
  const proof = page.getByRole('region', { name: 'What proves it' });
  const failing = proof
    .getByRole('listitem')
    .filter({ hasText: 'Only connectors in the charter are enabled' });
  await failing.getByText('Fail', { exact: true }).waitFor();
  await failing.getByText('Remove the connector, or approve it in the charter first.').waitFor();
  await failing.getByText('Menu path verified Aug 22, 2026').first().waitFor();
  await proof.getByText('Valid until Dec 20, 2026').waitFor();
  await page.getByRole('region', { name: 'Guide and vendor differ' }).getByText('May 2026').waitFor();
  await expect.poll(() => page.locator('main .mantine-Button-root[data-variant="filled"]').count()).toBe(1);
  // Only what holds is green.
  const { holding } = await taskOf(sandbox.slug, 'connectors_locked');
  await expect.poll(() => proof.locator('[data-look][data-state="pass"]').count()).toBe(holding.hold);
  // A statement can be made without leaving the task.
  const unread = proof.getByRole('listitem').filter({ hasText: 'Desktop extensions are on an allowlist' });
  await unread.getByRole('button', { name: /^State what you saw/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('As required', { exact: true }).check();
  await dialog.getByLabel('Date you looked').fill('2026-11-24');
  await dialog.getByRole('button', { name: 'Record it' }).click();
  await dialog.waitFor({ state: 'detached' });
  await unread.getByText('Pass', { exact: true }).waitFor();
  await failing.getByRole('link', { name: /^Import a new reading/ }).click();
  await page.waitForURL(/\/imports$/);
  await here.leave(page);
});

test('one person asks to override a lock, another agrees in their own browser, and both stay on the record', async () => {
  const asking = await here.open(technician);
  await asking.goto(`/c/${sandbox.slug}/deployment/devices_compliant`);
  const lock = asking.getByRole('region', { name: 'This task waits for another' });
  await lock.getByText('Emergency access is left out of policies first.').waitFor();
  await lock.getByRole('link', { name: 'Task 21, A second factor is required' }).waitFor();
  await lock.getByRole('button', { name: 'Override…' }).click();
  const dialog = asking.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Ask a second person' }).click();
  await dialog.getByText('Briefly say why.').waitFor();
  await dialog.getByLabel('Why it should start anyway').fill('The devices arrive before the policy');
  await dialog.getByRole('button', { name: 'Ask a second person' }).click();
  await dialog.waitFor({ state: 'detached' });
  const record = (page: Page) => page.getByRole('region', { name: 'Overrides of the lock' });
  await record(asking).getByText('Waiting for a second person').waitFor();
  await record(asking).getByText('You asked for this override yourself.').waitFor();
  await expect.poll(() => record(asking).getByRole('button', { name: 'Approve…' }).count()).toBe(0);
  expect((await taskOf(sandbox.slug, 'devices_compliant')).state).toBe('locked');

  const agreeing = await here.open(second);
  await agreeing.goto(`/c/${sandbox.slug}/deployment/devices_compliant`);
  await record(agreeing).getByText('The devices arrive before the policy').waitFor();
  await record(agreeing).getByRole('button', { name: 'Approve…' }).click();
  await agreeing.getByRole('dialog').getByLabel('Why you agree').fill('Agreed with the board');
  await agreeing.getByRole('dialog').getByRole('button', { name: 'Approve', exact: true }).click();
  // The first person's page updates by itself.
  await record(asking).getByText('Currently lifts the lock').waitFor();
  await record(asking).getByText('Sana Second agreed').waitFor();
  await lock.waitFor({ state: 'detached' });
  await tasks(asking).getByRole('link').filter({ hasText: 'lock overridden' }).waitFor();
  const [kept] = (await taskOf(sandbox.slug, 'devices_compliant')).overrides;
  expect([kept.requested.by, kept.decided.by, kept.counts]).toEqual(['Theo Technician', 'Sana Second', true]);
  await here.leave(asking);
  await here.leave(agreeing);
});

test('addresses and texts are copied as they are', async () => {
  const page = await here.open(bylaw.owner, { permissions: ['clipboard-read', 'clipboard-write'] });
  await page.goto(`/c/${sandbox.slug}/deployment/invite_staff`);
  const { invite } = await taskOf(sandbox.slug, 'invite_staff');
  expect(invite.addresses.length).toBeGreaterThan(1);
  // Observed inside the page and before the click, since the button says so only for a few seconds.
  const said = page.evaluate(`new Promise((done) => {
    const look = () => document.body.textContent.includes('Copied') && done(true);
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
  })`);
  await page.getByRole('button', { name: /^Copy .* to invite$/ }).click();
  expect(await said).toBe(true);
  const clipboard = () => page.evaluate('navigator.clipboard.readText()');
  await expect.poll(clipboard).toBe(invite.addresses.join('\n'));
  // The prefix of a value is not a value to paste.
  await page.goto(`/c/${sandbox.slug}/deployment/domain_verified`);
  await page.getByRole('button', { name: 'Copy Look it up' }).click();
  await expect.poll(clipboard).toBe('nslookup -type=txt alder.example.org');
  await expect.poll(() => page.getByRole('button', { name: /^Copy TXT record/ }).count()).toBe(0);
  await page.evaluate('navigator.clipboard.writeText = () => Promise.reject(new Error("refused"))');
  await page.getByRole('button', { name: / Look it up$/ }).click();
  await page
    .getByText('Your browser did not let this page copy. Allow the clipboard for this site, then try again.')
    .waitFor();
  await here.leave(page);
});

test('the list is walked by keyboard, and the focus is on the task that was opened', async () => {
  const page = await here.open(bylaw.owner);
  await page.goto(`/c/${sandbox.slug}/deployment/owner_named`);
  await page.getByRole('heading', { level: 1, name: 'Name the account owner' }).waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/deployment\/staff_addresses$/);
  const focused = page.locator('main h1:focus');
  await focused.filter({ hasText: 'Make sure everyone will use one of our addresses' }).waitFor();
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/deployment\/second_owner$/);
  await here.leave(page);
});

test('a phone shows the list first, then a task with the way back; a new client reads what to bring', async () => {
  const page = await here.open(bylaw.owner, { viewport: { width: 320, height: 800 } });
  await page.goto(`/c/${fresh.slug}/deployment`);
  await page.getByRole('heading', { level: 1, name: 'Deployment' }).waitFor();
  await page
    .getByText(
      /^0 of 29 tasks proved, 1 not licensed and replaced by other measures\. 28 staff, Claude Team\.$/,
    )
    .waitFor();
  await tasks(page).getByRole('link').filter({ hasText: 'Staff are invited' }).click();
  await page.getByRole('heading', { level: 1, name: 'Invite staff' }).waitFor();
  await expect.poll(() => tasks(page).count()).toBe(0);
  await page.getByText(`Nothing has been read from ${fresh.name} yet`).waitFor();
  await page.getByText('Not known yet.').waitFor();
  await page.getByRole('link', { name: 'Go to task 1', exact: true }).waitFor();
  await page.getByRole('link', { name: 'All tasks' }).click();
  await page.getByRole('heading', { level: 1, name: 'Deployment' }).waitFor();
  await here.leave(page);
});

test('the deployment is handed over with a note, and Home says how far it is', async () => {
  const page = await here.open(bylaw.owner);
  await page.goto(`/c/${fresh.slug}`);
  const line = page.getByRole('region', { name: 'Deployment' });
  await line.getByText('0 of 29 tasks proved').waitFor();
  await line.getByRole('link', { name: 'Name the account owner' }).click();
  await page.getByRole('button', { name: 'Hand over' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^The client/).check();
  await dialog.getByRole('button', { name: 'Hand over' }).click();
  await dialog.getByText('Name the person who takes over.').waitFor();
  await dialog.getByLabel('Person').fill('Odile Farrant');
  await dialog.getByLabel('What they should know (optional)').fill('The charter waits for the board');
  await dialog.getByRole('button', { name: 'Hand over' }).click();
  await tasks(page).getByText('Odile Farrant').waitFor();
  await tasks(page).getByText('The charter waits for the board').waitFor();
  await here.leave(page);
});

test('Bylaw looks DNS up by itself; where nobody answers it says so and turns nothing green', async () => {
  const page = await here.open(bylaw.owner);
  await page.goto(`/c/${fresh.slug}/deployment/domain_verified`);
  const proof = page.getByRole('region', { name: 'What proves it' });
  await proof.getByRole('button', { name: /^Look it up in DNS/ }).click();
  const answers = page.getByRole('region', { name: 'What DNS answered' });
  await answers.getByText('Cannot read', { exact: true }).waitFor();
  await answers.getByText('No answer in time').waitFor();
  await expect.poll(() => page.locator('main [data-look][data-state="pass"]').count()).toBe(0);
  await here.leave(page);
});

test('the record is made, handed to the browser, and can be had again', async () => {
  const page = await here.open(bylaw.owner);
  await page.goto(`/c/${sandbox.slug}/deployment`);
  await page.getByRole('button', { name: 'Deployment record' }).click();
  const file = page.waitForEvent('download');
  await page.getByRole('dialog').getByRole('button', { name: 'Create and download' }).click();
  const name = (await file).suggestedFilename();
  expect(name).toMatch(/\.pdf$/);
  await page.getByRole('button', { name: 'Deployment record' }).click();
  const [made] = (await show(sandbox.slug)).records;
  const link = page.getByRole('dialog').getByRole('link', { name: made.name });
  await expect.poll(() => link.getAttribute('href')).toContain(made.sha256);
  await here.leave(page);
});

test('someone who may only look is offered nothing to do, and an unknown task is not there', async () => {
  const auditor = await bylaw.person('auditor', null);
  const page = await here.open(auditor);
  await page.goto(`/c/${sandbox.slug}/deployment/invite_staff`);
  await page.getByRole('region', { name: 'What proves it' }).waitFor();
  await settled(page);
  for (const name of ['Hand over', 'Override…', /^State what you saw/])
    await expect.poll(() => page.getByRole('button', { name }).count()).toBe(0);
  await expect
    .poll(() =>
      page
        .locator('main')
        .getByRole('link', { name: /^Import/ })
        .count(),
    )
    .toBe(0);
  await page.getByRole('button', { name: 'Deployment record' }).click();
  await expect.poll(() => page.getByRole('button', { name: 'Create and download' }).count()).toBe(0);
  await page.goto(`/c/${sandbox.slug}/deployment/no_such_task`);
  await page.getByRole('heading', { level: 1, name: 'This page is not available to you' }).waitFor();
  await here.leave(page);
});

it('it is accessible where a task fails, where one waits and where all is new', async () => {
  const page = await here.open(bylaw.owner);
  const one = `/c/${sandbox.slug}/deployment`;
  const ofSandbox = [`${one}/connectors_locked`, `${one}/devices_compliant`];
  expect(await walk(page, ofSandbox, { named: sandbox.name })).toEqual([]);
  const ofFresh = [`/c/${fresh.slug}/deployment`, `/c/${fresh.slug}/deployment/invite_staff`];
  expect(await walk(page, ofFresh, { named: fresh.name })).toEqual([]);
  await here.leave(page);
});
