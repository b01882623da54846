import { afterAll, beforeAll, expect } from 'vitest';
import {
  type ConsoleBrowser,
  complaints,
  expectAccessible,
  openConsole,
} from '../support/console-browser.ts';
import { expectMessage } from '../support/expect-message.ts';
import { follow } from '../support/settled.ts';
import { it, test } from '../support/two-runs.ts';

/** First client, scheduled reports, and settings in a real browser, as the workspace's operators see them. */
let here: ConsoleBrowser;
let bylaw: ConsoleBrowser['bylaw'];

beforeAll(async () => {
  here = await openConsole({ now: new Date() });
  bylaw = here.bylaw;
});
afterAll(() => here.close());

const DAY = 24 * 3_600_000;
const dayBefore = (days: number) => new Date(Date.now() - days * DAY).toISOString().slice(0, 10);

it('whoever has no client starts at the second step, and the sandbox is one click from a filled Home', async () => {
  const page = await here.open(bylaw.owner);
  const heard = complaints(page);
  await page.goto('/');
  await page.waitForURL('**/start/client');
  await page.getByRole('heading', { name: 'Who will you govern first?' }).waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Open sandbox' }).click();
  await page.waitForURL(/\/c\/[^/]+$/u);
  await page.getByRole('heading', { name: 'Do now' }).waitFor();
  await page.getByRole('button', { name: / Sandbox .+, change the client$/u }).waitFor();
  const [slug] = page.url().split('/').slice(-1);
  const { counts } = (await bylaw.owner.call('GET', `/clients/${slug}/frame`)).body;
  expect(counts.controls.open).toBeGreaterThan(0);
  await page.getByRole('link', { name: `Controls ${counts.controls.open} open` }).waitFor();
  expect(heard).toEqual([]);

  // The tour is offered until it is taken or declined.
  const tour = page.getByRole('region', { name: 'Tour' });
  await tour.getByRole('button', { name: 'Take the tour' }).click();
  await tour.getByText('1 of 7').waitFor();
  await tour.getByRole('button', { name: 'Next' }).click();
  await page.waitForURL(/\/controls\?state=fail$/u);
  await tour.getByText('2 of 7').waitFor();
  await tour.getByRole('button', { name: 'End the tour' }).click();
  await expect.poll(async () => (await bylaw.owner.call('GET', '/me')).body.preferences.tour).toBe('over');

  // Filters are saved under a name, and the page's help is part of the console.
  await page.getByRole('button', { name: 'Saved views' }).click();
  await page.getByRole('menuitem', { name: 'Save these filters…' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('What fails');
  await page.getByRole('button', { name: 'Save view' }).click();
  await follow(page, `/c/${slug}/controls`);
  await page.getByRole('button', { name: 'Saved views' }).click();
  await page.getByRole('menuitem', { name: 'What fails' }).click();
  await page.waitForURL(/\/controls\?state=fail$/u);

  // A view can be renamed, shared at the client, and restored after it was removed.
  const views = page.getByRole('button', { name: /^View: / });
  const choose = async (item: RegExp) => {
    await views.click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  await choose(/^Rename/);
  await page.getByRole('dialog').getByLabel('Name').fill('Failing');
  await page.getByRole('button', { name: 'Rename' }).click();
  await page.getByText('The view is renamed.').waitFor();
  await choose(/^Share this view/);
  const shared = async () =>
    (await bylaw.owner.call('GET', `/clients/${slug}/views`)).body.items.map(
      ({ name }: { name: string }) => name,
    );
  await expect.poll(shared).toEqual(['Failing']);
  await choose(/^Stop sharing this view/);
  await expect.poll(shared).toEqual([]);
  await expectMessage(page, 'The view is removed.', () => choose(/^Remove this view/));
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await page.getByRole('button', { name: 'View: Failing' }).waitFor();
  await page.getByRole('link', { name: 'Help for this page' }).click();
  await page.getByRole('heading', { level: 1, name: 'Verdicts' }).waitFor();

  // Unread notices are behind the bell.
  await page.goto(`/c/${slug}/contrls`);
  await page.getByRole('heading', { level: 1, name: 'There is no page at this address' }).waitFor();
  await page.getByRole('main').getByRole('link', { name: 'Controls' }).waitFor();
  await page.getByRole('button', { name: /^Notifications, \d+ unread$/u }).click();
  await page.getByRole('link', { name: /A draft of the charter is waiting for approval/u }).waitFor();
  await page.getByRole('button', { name: 'Mark all as read' }).click();
  await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor();
  await page.keyboard.press('Escape');

  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Page, action, control, alert, person or guide section').fill('achterberg');
  await page.getByRole('option', { name: /^Tobin Achterberg/u }).click();
  await page.waitForURL(/\/people\?/u);
  await page.getByRole('heading', { name: 'Tobin Achterberg' }).waitFor();

  await follow(page, `/c/${slug}/settings`);
  await page.getByText('cannot be restored').waitFor();
  await page.getByRole('button', { name: 'Remove sandbox' }).click();
  await page.waitForURL('**/clients');
  expect((await bylaw.owner.call('GET', `/clients/${slug}`)).status).toBe(404);
  await here.leave(page);
});

test('reports are made, compared by choosing two, and downloaded', async () => {
  const alder = await bylaw.client('Alder Society');
  const page = await here.open(bylaw.owner);
  await page.goto(`/c/${alder.slug}/reports`);
  await page.getByRole('heading', { name: 'No reports.' }).waitFor();
  for (const day of [dayBefore(30), null]) {
    await follow(page, `/c/${alder.slug}/reports`);
    await page.getByRole('button', { name: 'Create a report' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Title').fill(day === null ? 'For the board' : 'The month before');
    if (day !== null) {
      await dialog.getByLabel('The end of a past day').check();
      await dialog.getByRole('button', { name: 'Create report' }).click();
      await dialog.getByText('Choose the report’s date.').waitFor();
      await dialog.getByLabel('Day', { exact: true }).fill(day);
    }
    await dialog.getByRole('button', { name: 'Create report' }).click();
    await page.waitForURL(/\/reports\/[0-9a-f-]{36}$/u);
    await page.getByRole('heading', { name: 'Status over time' }).waitFor();
  }
  const { items } = (await bylaw.owner.call('GET', `/clients/${alder.slug}/reports`)).body;
  const of = (wanted: string) => items.find(({ title }: { title: string }) => title === wanted);
  const [earlier, later] = [of('The month before'), of('For the board')];
  await page.getByText(later.sha256).waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Excel workbook' }).click();
  expect((await download).suggestedFilename()).toMatch(/^alder-society-for-the-board-.*\.xlsx$/u);

  await follow(page, `/c/${alder.slug}/reports`);
  // Counting the boxes does not wait for the list, so poll.
  await expect.poll(() => page.getByLabel('Select this row').count()).toBe(2);
  for (const box of await page.getByLabel('Select this row').all()) await box.check();
  await page.getByRole('button', { name: 'Compare these two' }).click();
  await page.waitForURL(`**/reports/${later.id}?since=${earlier.id}`);
  await page.getByText(/^Fail: \d+ then, \d+ now\.$/u).waitFor();
  await expectAccessible(page);
  await here.leave(page);
});

test('a schedule is added, paused and removed, and the second person to change it is warned', async () => {
  const oak = await bylaw.client('Oak Guild');
  const page = await here.open(bylaw.owner);
  await page.goto(`/c/${oak.slug}/reports?tab=schedules`);
  await page.getByRole('button', { name: 'Add a schedule' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('How often').selectOption('weekly');
  await dialog.getByLabel('Day of the week').selectOption({ label: 'Friday' });
  await dialog.getByLabel('Who gets a link').fill('board');
  await dialog.getByRole('button', { name: 'Add schedule' }).click();
  await dialog.getByText('“board” is not an email address.').waitFor();
  await dialog.getByLabel('Who gets a link').fill('board@oak.example');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Add schedule' }).click();
  await page.getByText('Every week on Friday').waitFor();
  await page.getByText('It contains no findings or figures').waitFor();

  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('button', { name: 'Resume' }).waitFor();
  const path = `/clients/${oak.slug}/report-schedules`;
  const [paused] = (await bylaw.owner.call('GET', path)).body.items;
  expect(paused).toMatchObject({ paused: true, onDay: 5, recipients: ['board@oak.example'] });

  await page.getByRole('button', { name: 'More for Every week on Friday' }).click();
  await page.getByRole('menuitem', { name: 'Change' }).click();
  await dialog.getByLabel('Day of the week').selectOption({ label: 'Tuesday' });
  const { id, cadence, paper, recipients, version } = paused;
  const other = await bylaw.person('technician', oak.id, 'Tess Technician');
  const theirs = { cadence, paper, recipients, version, paused: true, onDay: 1 };
  expect((await other.call('PUT', `${path}/${id}`, theirs)).status).toBe(200);
  await dialog.getByRole('button', { name: 'Save schedule' }).click();
  await dialog.getByText('Tess Technician changed this').waitFor();
  await dialog.getByRole('button', { name: 'Overwrite with mine' }).click();
  await page.getByText('Every week on Tuesday').waitFor();

  await page.getByRole('button', { name: 'More for Every week on Tuesday' }).click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await dialog.getByRole('button', { name: 'Remove schedule' }).click();
  await page.getByRole('heading', { name: 'No schedules.' }).waitFor();
  await here.leave(page);
});

test('mail is set up without showing its password, and a second editor chooses', async () => {
  const page = await here.open(bylaw.owner);
  await page.goto('/settings');
  await page.getByText('The server contacts no one.').waitFor();
  await page.getByLabel('How mail is sent').selectOption('xoauth2');
  await expect.poll(() => page.getByLabel('Mail server').inputValue()).toBe('smtp.office365.com');
  await expect.poll(() => page.getByText('end of December 2026').count()).toBe(0);
  await page.getByLabel('How mail is sent').selectOption('password');
  await page.getByText('end of December 2026').waitFor();
  await expectAccessible(page);
  await page.getByLabel('Mail server').fill('smtp.kestrel.example');
  await expect.poll(() => page.getByText('end of December 2026').count()).toBe(0);
  await page.getByLabel('Encryption').selectOption('tls');
  await expect.poll(() => page.getByLabel('Port', { exact: true }).inputValue()).toBe('465');
  await page.getByLabel('Sender').fill('bylaw@kestrel.example');
  await page.getByLabel('User').fill('bylaw');
  await page.getByLabel('Password', { exact: true }).fill('a secret of the mail server');
  await page.getByRole('button', { name: 'Set up mail' }).click();
  await page.getByText('Stored, not shown.').waitFor();
  await page.getByRole('rowheader', { name: 'smtp.kestrel.example:465' }).waitFor();
  expect(await page.content()).not.toContain('a secret of the mail server');
  await page.getByLabel('Mail server').fill('smtp.other.example');
  await page.getByText('belongs to another server or user').waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Send a test message' }).isDisabled()).toBe(true);
  await page.getByLabel('Mail server').fill('smtp.kestrel.example');
  await page.getByRole('button', { name: 'Send a test message' }).click();
  await page.getByText(`Sent to ${bylaw.owner.email}.`).waitFor();
  await expectAccessible(page);

  await page.getByLabel('How mail is sent').selectOption('graph');
  await expect.poll(() => page.getByLabel('Mail server').count()).toBe(0);
  await page.getByText('belongs to another application').waitFor();
  await page.getByRole('button', { name: 'Save mail' }).click();
  await page.getByText('Enter the directory (tenant) ID').waitFor();
  await page.getByLabel('Directory (tenant) ID').fill('kestrel.example');
  await page.getByLabel('Application (client) ID').fill('00000000-0000-4000-8000-00000000dddd');
  await page.getByLabel('Client secret', { exact: true }).fill('a client secret');
  await page.getByRole('button', { name: 'Save mail' }).click();
  await page.getByText('Through Microsoft 365').waitFor();
  await expectAccessible(page);

  const second = await bylaw.person('owner', null, 'Sam Second');
  await page.getByLabel('Workspace name').fill('Mine');
  const { version } = (await second.call('GET', '/settings')).body;
  await second.call('PUT', '/settings/name', { version, name: 'Theirs' });
  await page.getByRole('button', { name: 'Save name' }).click();
  await page.getByText('Sam Second changed this').waitFor();
  expect((await second.call('GET', '/settings')).body.name).toBe('Theirs');
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Use theirs' }).click();
  await expect.poll(() => page.getByLabel('Workspace name').inputValue()).toBe('Theirs');
  await here.leave(page);
});

test('a client’s profile that someone else stored meanwhile is not overwritten unseen', async () => {
  const elm = await bylaw.client('Elm Society');
  const page = await here.open(bylaw.owner);
  await page.goto(`/c/${elm.slug}/settings`);
  await page.getByLabel('Claude seats bought').fill('12');
  const { version, profile } = (await bylaw.owner.call('GET', `/clients/${elm.slug}`)).body;
  const { name, ...rest } = profile;
  const admin = await bylaw.person('client_admin', elm.id, 'Cleo Admin');
  const stored = await admin.call('PUT', `/clients/${elm.slug}`, {
    version,
    name,
    profile: { ...rest, claudeSeats: 30 },
  });
  expect(stored.status).toBe(200);
  await page.getByText('changed this').waitFor();
  await expect.poll(() => page.getByLabel('Claude seats bought').inputValue()).toBe('12');
  await page.getByRole('link', { name: 'Controls', exact: false }).first().click();
  const asked = page.getByRole('dialog', { name: 'Leave without saving?' });
  await asked.getByRole('button', { name: 'Stay' }).click();
  expect(new URL(page.url()).pathname).toBe(`/c/${elm.slug}/settings`);
  await page.getByRole('button', { name: 'Show both' }).click();
  await page.getByRole('table', { name: 'Their version and yours' }).getByText('30').waitFor();
  await expectMessage(page, 'Saved. The controls are being re-evaluated.', () =>
    page.getByRole('button', { name: 'Overwrite with mine' }).click(),
  );
  expect((await admin.call('GET', `/clients/${elm.slug}`)).body.profile.claudeSeats).toBe(12);
  await page.getByRole('link', { name: 'Controls', exact: false }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Controls' }).waitFor();
  await here.leave(page);
});
