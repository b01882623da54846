import { afterAll, beforeAll, expect } from 'vitest';
import { startWorkflow, type Workflow } from '../../sandbox/teams/workflow.ts';
import { runJobs } from '../../src/features/retention/testing.ts';
import {
  type ConsoleBrowser,
  complaints,
  expectAccessible,
  openConsole,
  sideways,
} from '../support/console-browser.ts';
import { expectMessage } from '../support/expect-message.ts';
import { it, test } from '../support/two-runs.ts';

/** Reminders in a real browser: personal mail and calendar, and which messages about a client go where. */
const NOW = new Date('2026-11-24T16:00:00Z');
let here: ConsoleBrowser;
let far: Workflow;
let client: { id: string; slug: string; name: string };

beforeAll(async () => {
  here = await openConsole({ now: NOW });
  far = await startWorkflow();
  client = await here.bylaw.client('Alder Society');
});
afterAll(async () => {
  await far?.close();
  await here?.close();
});

it('a person chooses a mail, and makes, replaces and takes back the address of a calendar', async () => {
  const { bylaw } = here;
  const page = await here.open(bylaw.owner);
  const heard = complaints(page);
  await page.goto('/me');
  const mail = page.getByRole('region', { name: 'Reminders by mail' });
  await mail.getByText('from 7 a.m. New York time', { exact: false }).waitFor();
  await mail.getByLabel('Remind me').selectOption('weekly');
  await mail.getByLabel('Day').selectOption('4');
  await mail.getByLabel('Only what is assigned to me').uncheck();
  await expectMessage(page, 'Your reminders are saved.', () =>
    mail.getByRole('button', { name: 'Save reminders' }).click(),
  );
  await mail.getByText('None yet').waitFor();

  const calendar = page.getByRole('region', { name: 'Calendar' });
  await calendar.getByRole('button', { name: 'Create a calendar address' }).click();
  const dialog = page.getByRole('dialog');
  const address = async () => (await dialog.locator('code').textContent()) ?? '';
  const first = await address();
  expect(first).toMatch(/\/calendar\/[\w-]{43}\.ics$/);
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Done' }).click();
  expect((await fetch(first)).status).toBe(200);
  await calendar.getByRole('button', { name: 'Replace the address…' }).click();
  await dialog.getByRole('button', { name: 'Create a new address' }).click();
  await dialog.getByText('It is shown only once.', { exact: false }).waitFor();
  const second = await address();
  await dialog.getByRole('button', { name: 'Done' }).click();
  expect([(await fetch(first)).status, (await fetch(second)).status]).toEqual([404, 200]);
  await calendar.getByRole('button', { name: 'Revoke the address…' }).click();
  await dialog.getByRole('button', { name: 'Revoke the address' }).click();
  await calendar.getByRole('button', { name: 'Create a calendar address' }).waitFor();
  expect((await fetch(second)).status).toBe(404);
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 800 });
  expect(await sideways(page)).toBeLessThanOrEqual(0);
  expect(heard).toEqual([]);
  await here.leave(page);
});

test('a client’s channel is set up, tried out and taken away, and its messages name what is due', async () => {
  const { bylaw } = here;
  const page = await here.open(bylaw.owner);
  await page.goto(`/c/${client.slug}/settings`);
  const card = page.getByRole('region', { name: 'Messages and reminders' });
  const dialog = page.getByRole('dialog');
  await card.getByRole('button', { name: 'Let messages name what is due…' }).click();
  await dialog.getByRole('button', { name: 'Allow names' }).click();
  await dialog.getByText('Say who at the client decided this', { exact: false }).waitFor();
  await dialog.getByLabel('Who at the client decided this, and why').fill('Priya Raman, by mail');
  await dialog.getByRole('button', { name: 'Allow names' }).click();
  await card.getByText('Priya Raman, by mail (Olive Owner', { exact: false }).waitFor();

  const address = card.getByLabel('Address of the workflow');
  await address.fill('https://alder.webhook.office.com/webhookb2/x');
  await card.getByRole('button', { name: 'Set up the channel' }).click();
  await card.getByText('which Microsoft has retired', { exact: false }).waitFor();
  await address.fill(far.address);
  await card.getByLabel('Remind the channel').selectOption('daily');
  await card.getByRole('button', { name: 'Set up the channel' }).click();
  await card.getByText('Cards go to a workflow at localhost', { exact: false }).waitFor();
  await expect.poll(() => address.inputValue()).toBe('');
  await card.getByRole('switch', { name: /^Critical alerts go to the channel/ }).click();
  await page.getByText('The channel will get critical alerts.').waitFor();
  await card.getByText('How to get an address').click();
  await card.getByRole('button', { name: 'Send a test card' }).click();
  await card.getByText('The workflow accepted the card (HTTP 202).', { exact: false }).waitFor();
  expect(far.runs.map(({ state }) => state)).toEqual(['Succeeded']);
  far.answerNext({ status: 404, body: 'The workflow could not be found.' });
  await card.getByRole('button', { name: 'Send a test card' }).click();
  await card.getByText('said: The workflow could not be found.', { exact: false }).waitFor();
  await expectAccessible(page);

  far.answerNext({ status: 503 });
  bylaw.setNow(new Date('2026-11-25T01:00:00Z'));
  await runJobs(bylaw, /remind channels/);
  expect(far.requests).toBe(2);
  bylaw.setNow(new Date('2026-11-25T13:00:00Z'));
  await runJobs(bylaw, /remind channels/);
  const visitor = await bylaw.person('owner', null, 'Vera');
  const later = await here.open(visitor);
  await later.goto(`/c/${client.slug}/settings`);
  await later
    .getByText('It is not known whether the card of Nov 25, 2026 arrived', { exact: false })
    .waitFor();
  await expectAccessible(later);
  await later.setViewportSize({ width: 320, height: 800 });
  expect(await sideways(later)).toBeLessThanOrEqual(0);
  await later.getByRole('button', { name: 'Remove the channel…' }).click();
  await later.getByRole('dialog').getByRole('button', { name: 'Remove it' }).click();
  await later.getByText('No channel is set up.', { exact: false }).waitFor();
  await later.getByRole('button', { name: 'Set up the channel' }).waitFor();
  await here.leave(page);
  await here.leave(later);
});

test('the workspace has a channel of its own', async () => {
  const page = await here.open(await here.bylaw.person('owner', null, 'Wes'));
  await page.goto('/settings');
  const card = page.getByRole('region', { name: 'Reminders in Microsoft Teams' });
  await card.getByLabel('Address of the workflow').fill(far.address);
  await card.getByLabel('Day').selectOption('3');
  await card.getByRole('button', { name: 'Set up the channel' }).click();
  await card.getByText('Cards go to a workflow at localhost', { exact: false }).waitFor();
  await card.getByRole('button', { name: 'Send a test card' }).click();
  await card.getByText('The workflow accepted the card (HTTP 202).', { exact: false }).waitFor();
  await page.getByText('Teams: reminders of the workspace').waitFor();
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 800 });
  expect(await sideways(page)).toBeLessThanOrEqual(0);
  await card.getByRole('button', { name: 'Remove the channel…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove it' }).click();
  await card.getByText('No channel is set up.', { exact: false }).waitFor();
  await here.leave(page);
});
// Guide: G2.2-34
