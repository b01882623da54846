import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ConsoleBrowser, expectAccessible, openConsole } from '../support/console-browser.ts';
import { follow } from '../support/settled.ts';

/** Access in a real browser: inviting, accepting, granting, denying, shutting out, tokens, a client's own list. */
const ALDER = 'Alder Society';
const HARROW = 'Harrow Guild';
let here: ConsoleBrowser;
let bylaw: ConsoleBrowser['bylaw'];
let alder: { slug: string; id: string };
let harrow: { slug: string; id: string };

beforeAll(async () => {
  here = await openConsole({ now: new Date() });
  bylaw = here.bylaw;
  alder = await bylaw.client(ALDER);
  harrow = await bylaw.client(HARROW);
});
afterAll(() => here.close());

test('a person is invited, accepts, is given something, denied something and shut out', async () => {
  const page = await here.open(bylaw.owner);
  await page.goto('/access');
  await page.getByRole('button', { name: 'Invite a person' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Ivy Invited');
  await dialog.getByLabel('Email address').fill('ivy@people.example');
  await dialog.getByLabel('Where', { exact: true }).selectOption(alder.slug);
  await dialog.getByLabel('Role', { exact: true }).selectOption('auditor');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Create the invitation' }).click();
  await page.getByText('The link was emailed to this address.').waitFor();
  await expectAccessible(page);
  // The person who invites never sees the link.
  const email = (await bylaw.owner.call('GET', '/invitations')).body.items.find(
    ({ name }: { name: string }) => name === 'Ivy Invited',
  ).email;
  const link = bylaw.mailedLink(email);
  expect(await page.content()).not.toContain(link);
  await page.getByRole('button', { name: 'Done' }).click();

  const guest = await here.open(null);
  await guest.goto(link);
  await guest.getByText(`Auditor for ${ALDER}`).waitFor();
  // Whoever has an account already signs in and comes back.
  await guest.getByRole('link', { name: 'Sign in' }).click();
  await guest.waitForURL(/\/sign-in\?next=.*invite/u);
  await guest.goto(link);
  await guest.getByLabel('Password', { exact: true }).fill('four wooden lanterns hum');
  await guest.getByRole('button', { name: 'Accept', exact: true }).click();
  await guest.waitForURL('**/sign-in*');
  await guest.goto(link);
  await guest.getByText('This link does not work.').waitFor();

  await page.goto('/access');
  await page.getByRole('link', { name: 'Ivy Invited' }).click();
  await page.getByRole('button', { name: 'Change access' }).click();
  await dialog.getByLabel('Deny').check();
  await dialog.getByLabel('Where', { exact: true }).selectOption(harrow.slug);
  await expectAccessible(page);
  await dialog.getByRole('button', { name: `Deny for ${HARROW}` }).click();
  await page.getByText(`Denied at ${HARROW}: everything`).first().waitFor();
  await page
    .getByRole('complementary', { name: 'Ivy Invited' })
    .getByLabel('Where', { exact: true })
    .selectOption(harrow.slug);
  await page.getByText(`Everything is denied for ${HARROW} by Olive Owner.`).first().waitFor();
  await page.getByRole('button', { name: 'Disable' }).click();
  await dialog.getByRole('button', { name: 'Disable' }).click();
  await page.getByRole('button', { name: 'Enable' }).waitFor();
  const { body } = await bylaw.owner.call('GET', '/users');
  expect(body.items.find(({ name }: { name: string }) => name === 'Ivy Invited').disabled).not.toBeNull();
  await here.leave(page);
});

test("the last Owner's own panel offers nothing that would lock everyone out", async () => {
  const page = await here.open(bylaw.owner);
  await page.goto(`/access?panel=${bylaw.owner.id}`);
  await page.getByText('Another Owner has to change your access.').waitFor();
  await expect
    .poll(() => page.getByRole('button', { name: /^(?:Disable|Remove|Change access)/u }).count())
    .toBe(0);
  await here.leave(page);
});

test('a token is made, shown once and revoked', async () => {
  const page = await here.open(bylaw.owner);
  await page.goto('/me');
  await page.getByRole('button', { name: 'Create a token' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Night run');
  await dialog.getByRole('button', { name: 'Create the token' }).click();
  await page.getByText('Your new token').waitFor();
  const secret = (await dialog.locator('code').textContent()) ?? '';
  expect(secret).toMatch(/^byl_/u);
  await page.getByRole('button', { name: 'Done' }).click();
  expect(await page.content()).not.toContain(secret);
  await page.getByRole('button', { name: 'Revoke Night run' }).click();
  await page.getByRole('button', { name: 'Revoke permanently' }).click();
  await page.getByText('“Night run” is revoked.').waitFor();
  await here.leave(page);
});

test('a client admin gives access to their own client, in a dialog that names it', async () => {
  const admin = await bylaw.person('client_admin', alder.id, 'Carla Admin');
  await bylaw.person('hr', alder.id, 'Hana Here');
  await bylaw.person('hr', harrow.id, 'Stranger of Harrow');
  const page = await here.open(admin);
  await page.goto(`/c/${alder.slug}/settings`);
  await page.getByRole('button', { name: 'Give Hana Here a role or deny something' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(ALDER).first().waitFor();
  await expect
    .poll(() => dialog.getByLabel('Role', { exact: true }).getByRole('option', { name: 'Owner' }).count())
    .toBe(0);
  await dialog.getByLabel('Role', { exact: true }).selectOption('auditor');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: `Give for ${ALDER}` }).click();
  await page.getByText(`Auditor, ${ALDER}`).first().waitFor();
  expect(await page.content()).not.toContain('Stranger of Harrow');
  await follow(page, '/access');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await expect.poll(() => page.getByRole('heading', { level: 1 }).textContent()).not.toBe('Access');
  await here.leave(page);
});

test('each list of access is taken along as a file', async () => {
  const page = await here.open(bylaw.owner);
  const lists = [
    ['/access', 'people-who-can-sign-in'],
    ['/access?tab=invitations', 'invitations'],
    ['/access?tab=tokens', 'all-tokens'],
    ['/access?tab=providers', 'sign-in-providers'],
    [`/c/${alder.slug}/settings`, 'alder-society-who-has-access'],
  ] as const;
  for (const [path, name] of lists) {
    await follow(page, path);
    await page.getByRole('button', { name: 'Export' }).first().click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'CSV' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(new RegExp(`^${name}-\\d{4}-\\d{2}-\\d{2}\\.csv$`, 'u'));
  }
  await here.leave(page);
});
