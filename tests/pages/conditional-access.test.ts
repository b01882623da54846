import { afterAll, beforeAll, expect, test } from 'vitest';
import { associationFolder, counting } from '../../src/features/imports/testing/importing.ts';
import { type ConsoleBrowser, openConsole } from '../support/console-browser.ts';
import { follow } from '../support/settled.ts';

/** Conditional Access in a real browser: the guide's policies, their steps, a planned change, and What If. */
let here: ConsoleBrowser;
let slug: string;

beforeAll(async () => {
  here = await openConsole();
  slug = (await here.bylaw.owner.call('POST', '/sandbox', {})).body.client;
});
afterAll(() => here.close());

test('a policy is read, its steps are shown with the values filled in, and a change is planned', async () => {
  const page = await here.open(here.bylaw.owner);
  await page.goto(`/c/${slug}/conditional-access`);
  const card = page.getByRole('region', { name: 'A compliant device for everyone who opens Claude' });
  await card.getByText('Differs, and is weaker than it should be').waitFor();
  await card.getByText('Controls: added: MFA.').waitFor();
  await card.getByText(/^From a compliant device: \d+ (person|people) /).waitFor();
  await card.getByText(/^From any other device: \d+ (person|people) /).waitFor();
  await card.getByRole('link', { name: 'Show the steps to change it' }).click();
  await page.waitForURL(/policy=compliant_device/);
  await card.getByText('Require device to be marked as compliant').waitFor();
  await card.locator('summary', { hasText: 'PowerShell' }).click();
  await card.getByText('Connect-MgGraph').first().waitFor();

  await card.getByRole('button', { name: 'Plan a change' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Bring it to').selectOption('enabledForReportingButNotEnforced');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('It lets people in without a compliant device');
  await dialog.getByRole('button', { name: 'Plan it' }).click();
  await card.getByText('Planned. Someone else approves it.').waitFor();
  // The person who planned a change cannot approve it.
  await expect.poll(() => card.getByRole('button', { name: 'Approve exactly this change' }).count()).toBe(0);
  await card.getByRole('button', { name: 'Withdraw' }).click();
  await card.getByText('Withdrawn.').waitFor();
  await here.leave(page);
});

test('What If counts everybody, and says policy by policy what applies to one person', async () => {
  const page = await here.open(here.bylaw.owner);
  await page.goto(`/c/${slug}/conditional-access?tab=what-if&device=not_compliant`);
  await page.getByRole('region', { name: 'Everyone' }).getByText('Allowed').first().waitFor();
  await page.getByLabel('Address of the person').fill('soren.vantongeren@alder.example.org');
  await page.getByRole('button', { name: 'Ask' }).click();
  const table = page.getByRole('table', { name: 'Policies for this sign-in' });
  await table.getByRole('row').filter({ hasText: 'Require MFA for Claude AI' }).getByText('Yes').waitFor();
  await table.getByRole('row').filter({ hasText: 'Block sign-in' }).waitFor();
  await follow(page, `/c/${slug}/conditional-access?tab=policies`);
  await page.getByRole('heading', { name: 'Require MFA for Claude AI' }).waitFor();
  await page.getByText('It is not on, so it enforces nothing.').waitFor();
  await here.leave(page);
});

test('an auditor reads the pages and sees no button for what they may not do', async () => {
  const page = await here.open(await here.bylaw.person('auditor', null));
  const open = async (path: string, heading: string) => {
    await page.goto(`/c/${slug}/${path}`);
    await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
    await page.getByRole('heading', { level: 2 }).first().waitFor();
  };
  const absent = async (name: string) =>
    expect(await page.locator('main').getByRole('link', { name }).count(), name).toBe(0);
  await open('conditional-access', 'Conditional Access');
  await absent('Import Graph files');
  await open('reviews', 'Reviews');
  await absent('Change days and owners');
  await open('connectors/membership-system', 'Membership system');
  await absent('Prepare an export on record');
  await here.leave(page);
});

test('a legacy policy that is left on by an exception is shown as accepted', async () => {
  const { bylaw } = here;
  // A separate client, because the sandbox's license files say that it lacks what this needs.
  const other = await bylaw.client();
  const clients = `/clients/${other.slug}`;
  const today = bylaw.services.clock().toISOString().slice(0, 10);
  const control = 'CLA-M365-24';
  const { name, profile, version } = (await bylaw.owner.call('GET', clients)).body;
  const { name: _, ...rest } = profile;
  const licensed = { name, profile: { ...rest, m365: 'e5' }, version };
  expect((await bylaw.owner.call('PUT', clients, licensed)).status).toBe(200);
  const files = (await associationFolder()).filter(({ name }) =>
    /^Microsoft\/(ca|apps|locations)/.test(name),
  );
  await counting(bylaw, other.id, files);
  const said = await bylaw.owner.call('POST', `${clients}/attestations`, {
    control,
    holds: false,
    seen: today,
  });
  expect(said.status, JSON.stringify(said.body)).toBe(201);
  const asked = await bylaw.owner.call('POST', `${clients}/exceptions`, {
    control,
    items: null,
    owner: 'Marguerite Delacroix',
    until: new Date(bylaw.services.clock().getTime() + 30 * 86_400_000).toISOString().slice(0, 10),
    reason: 'The successor is made in December',
  });
  expect(asked.status, JSON.stringify(asked.body)).toBe(201);
  const admin = await bylaw.person('client_admin', other.id, 'Adele Admin');
  const done = await admin.call('POST', `${clients}/exceptions/${asked.body.id}/approve`, { version: 1 });
  expect(done.status, JSON.stringify(done.body)).toBe(201);
  const page = await here.open(bylaw.owner);
  await page.goto(`/c/${other.slug}/conditional-access`);
  await page.locator('[data-state="accepted"]', { hasText: 'Accepted' }).first().waitFor();
  await here.leave(page);
});
// Guide: G4.3-01 G6.2-00 G6.2-01 G6.3-00 G6.3-02
