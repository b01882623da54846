import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestPerson } from '../../src/server/testing/console.ts';
import { type ConsoleBrowser, openConsole } from '../support/console-browser.ts';
import { follow } from '../support/settled.ts';

/**
 * The charter in a real browser: draft, edits, differences, approval by a second person, in force, changed verdicts.
 */
let here: ConsoleBrowser;
let slug: string;
let technician: TestPerson;
let admin: TestPerson;

beforeAll(async () => {
  here = await openConsole();
  const { bylaw } = here;
  const { body } = await bylaw.owner.call('POST', '/sandbox', {});
  slug = body.client;
  technician = await bylaw.person('technician', body.id, 'Theo Technician');
  admin = await bylaw.person('client_admin', body.id, 'Mara Admin');
});
afterAll(() => here.close());

const region = (page: Page, name: string) => page.getByRole('region', { name });

async function shot(page: Page, name: string): Promise<void> {
  const folder = process.env.BYLAW_TEST_SHOTS;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

test('a draft that someone proposed is read, and approved by a second person', async () => {
  const page = await here.open(here.bylaw.owner);
  await page.goto(`/c/${slug}/charter`);
  await page.getByRole('heading', { level: 1, name: 'Charter' }).waitFor();
  await page
    .getByText('Version 6 has been in force since Sep 14, 2026; 1 draft waits for approval')
    .waitFor();
  await shot(page, 'list');
  await page.getByRole('link', { name: 'Review the draft' }).click();
  await page.getByRole('heading', { level: 1, name: 'Charter v7, waiting for approval' }).waitFor();
  const changes = page.getByRole('table', { name: 'Changes' });
  const row = changes.getByRole('row').filter({ hasText: 'Asana: Create tasks' }).first();
  await row.getByText('Needs approval').waitFor();
  await row.getByText('Always allow').waitFor();
  await row.getByText('Wider. What it does: writes.').waitFor();
  await region(page, 'What this would change')
    .getByText(/verdicts? would change|No verdict would change/)
    .waitFor();
  await shot(page, 'draft');
  await page.getByRole('radiogroup', { name: 'What to show' }).getByText('Whole charter').click();
  await page.getByRole('table', { name: 'Whole charter' }).getByText('Governance owner').first().waitFor();
  await shot(page, 'whole');
  await here.leave(page);
});

test('a question opens at its field, not at the link to a draft that answers it already', async () => {
  const page = await here.open(technician);
  await page.goto(`/c/${slug}/charter?answer=most_owners`);
  const dialog = page.getByRole('dialog');
  await dialog.getByText('A draft waiting for approval already answers this').waitFor();
  const focused = () => dialog.locator('[name=maxOwners]').evaluate((field) => field.matches(':focus'));
  await expect.poll(focused).toBe(true);
  await here.leave(page);
});

test('one person edits a draft and sends it, another approves it, and the charter and its verdicts change', async () => {
  const page = await here.open(technician);
  await page.goto(`/c/${slug}/charter`);
  await page.getByRole('button', { name: 'Start a draft' }).click();
  const begin = page.getByRole('dialog');
  await begin.getByRole('button', { name: 'Start draft', exact: true }).click();
  await begin.getByText('Give it a title of a few words.').waitFor();
  await begin.getByLabel('What it is about').fill('A third owner');
  await begin.getByLabel('Why').fill('Both owners are away in January');
  await begin.getByRole('button', { name: 'Start draft', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Charter v7, draft' }).waitFor();
  await page.getByText('It changes nothing yet.').waitFor();
  await page.getByRole('button', { name: 'People and accounts' }).click();
  const form = page.getByRole('dialog');
  const owners = form.getByRole('combobox', { name: 'Owners', exact: true });
  await owners.fill('not an address');
  await owners.press('Enter');
  await form.getByRole('button', { name: 'Save in the draft' }).click();
  await form.getByText(/is not an email address/).waitFor();
  // Backspace removes the last pick; people are found by name.
  await owners.press('Backspace');
  await owners.fill('Vasquez');
  await form.getByRole('option', { name: /noor\.vasquez@alder\.example\.org/ }).click();
  const deputy = form.getByRole('combobox', { name: 'Deputy governance owner', exact: true });
  await deputy.fill('Vantongeren');
  await form
    .getByRole('option', { name: /Vantongeren/ })
    .first()
    .click();
  await expect.poll(() => form.getByLabel('Name of the deputy').inputValue()).toMatch(/Vantongeren/);
  await shot(page, 'form');
  await form.getByRole('button', { name: 'Save in the draft' }).click();
  await form.waitFor({ state: 'detached' });
  const changes = page.getByRole('table', { name: 'Changes' });
  await changes.getByText('noor.vasquez@alder.example.org').waitFor();
  await changes
    .getByText(/Vantongeren/)
    .first()
    .waitFor();
  // A list is filled entry by entry, and says which entry is incomplete.
  await page.getByRole('button', { name: 'Microsoft Entra' }).click();
  await form.getByRole('button', { name: 'Add an exclusion' }).click();
  await form.getByRole('button', { name: 'Save in the draft' }).click();
  await form.getByText(/Person or group is missing in exclusion \d/).waitFor();
  const exclusion = form.getByRole('group').last();
  await exclusion.getByRole('combobox', { name: 'Person or group' }).fill('Board tablets');
  await exclusion.getByRole('combobox', { name: 'Person or group' }).press('Enter');
  await exclusion.getByLabel('Why').fill('Shared by the board');
  await exclusion.getByLabel('Until').fill('2027-03-31');
  await form.getByRole('button', { name: 'Save in the draft' }).click();
  await form.waitFor({ state: 'detached' });
  await changes
    .getByText(/Board tablets/)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'A permission' }).click();
  await form.getByLabel('Connector', { exact: true }).fill('asana');
  await form.getByLabel('Action', { exact: true }).fill('Delete tasks');
  await form.getByLabel('Permission').selectOption('Always allow');
  await form.getByRole('button', { name: 'Save in the draft' }).click();
  await form.waitFor({ state: 'detached' });
  // The charter's spelling is kept, and an invariant says what to do.
  await changes.getByText('Asana: Delete tasks').waitFor();
  await region(page, 'Approval')
    .getByText(/Block it, or give it an exception with an end date/)
    .waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Send for approval' }).count()).toBe(0);
  await page.getByRole('button', { name: 'A permission' }).click();
  await form.getByLabel('Connector', { exact: true }).fill('Asana');
  await form.getByLabel('Action', { exact: true }).fill('Delete tasks');
  await form.getByRole('button', { name: 'Save in the draft' }).click();
  await form.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Send for approval' }).click();
  await page.getByRole('heading', { level: 1, name: 'Charter v7, waiting for approval' }).waitFor();
  await region(page, 'Approval').getByText('Mara Admin').waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Approve and put in force' }).count()).toBe(0);

  const second = await here.open(admin);
  await second.goto(`/c/${slug}?all=do`);
  await second.getByText('Theo Technician proposes “A third owner”').waitFor();
  await follow(second, new URL(page.url()).pathname);
  const approval = region(second, 'Approval');
  await approval.getByLabel('Note for the record, optional').fill('Agreed at the board meeting');
  await shot(second, 'approve');
  // On a phone, all changes precede the button, and a link to it is visible.
  await second.setViewportSize({ width: 320, height: 640 });
  const approve = approval.getByRole('button', { name: 'Approve and put in force' });
  const isInSight = () =>
    approve.boundingBox().then((box) => box !== null && box.y >= 0 && box.y + box.height <= 640);
  await second.evaluate('scrollTo(0, 0)');
  await expect.poll(isInSight).toBe(false);
  await second.getByRole('button', { name: 'Go to approval' }).click();
  await expect.poll(isInSight).toBe(true);
  await second.setViewportSize({ width: 1280, height: 800 });
  await approve.click();
  await second.getByRole('heading', { level: 1, name: 'Charter v7, approved' }).waitFor();
  // The first person's page updates by itself.
  await page.getByRole('heading', { level: 1, name: 'Charter v7, approved' }).waitFor();

  await second.goto(`/c/${slug}/charter/7`);
  await second.getByRole('heading', { level: 1, name: 'Charter v7' }).waitFor();
  await second.getByText('In force, since Nov 24, 2026 · approved by Mara Admin').waitFor();
  await follow(second, `/c/${slug}/controls/CON-07`);
  await second
    .getByText('Version 7 of the charter, approved by Mara Admin, has been in force since Nov 24, 2026')
    .first()
    .waitFor();
  await here.leave(page);
  await here.leave(second);
});

test('a draft that was made before says what stands against it, and is carried over', async () => {
  const page = await here.open(technician);
  await page.goto(`/c/${slug}/charter`);
  await page.getByText('another version has come into force since').waitFor();
  await page.getByRole('link', { name: 'Asana without asking, files read only' }).click();
  const card = region(page, 'v7 came into force in the meantime');
  await card.getByText('There are no conflicts.').waitFor();
  await shot(page, 'moved');
  await card.getByRole('button', { name: 'Carry the draft over' }).click();
  await page.getByRole('heading', { level: 1, name: 'Charter v8, draft' }).waitFor();
  await here.leave(page);
});

test('in a narrow window a field of several people shows all of them, and an address that asks for no form opens none', async () => {
  const { drafts } = (await technician.call('GET', `/clients/${slug}/charter`)).body;
  const page = await here.open(technician, { viewport: { width: 320, height: 640 } });
  await page.goto(`/c/${slug}/charter/${drafts[0].id}?edit=people`);
  const owners = page.getByRole('dialog').locator('.mantine-MultiSelect-input').first();
  await expect.poll(() => owners.locator('.mantine-Pill-root').count()).toBeGreaterThan(1);
  const cut = () => owners.evaluate((field) => field.scrollHeight - field.clientHeight);
  await expect.poll(cut).toBeLessThanOrEqual(0);
  await page.goto(`/c/${slug}/charter/${drafts[0].id}?edit=no_such_form`);
  await page.getByRole('heading', { level: 1, name: /^Charter v\d+, / }).waitFor();
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  await here.leave(page);
});

test('the text of a file is refused with its line, and becomes a draft once it is mended', async () => {
  const page = await here.open(technician);
  await page.goto(`/c/${slug}/charter?open=yaml`);
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Text').fill('maxOwners: 2\nconnecters: []\n');
  await dialog.getByLabel('Why').fill('Written by hand');
  await dialog.getByRole('button', { name: 'Make a draft' }).click();
  await dialog
    .getByText('Line 2, column 1: “connecters” is not a key of the charter. The closest one is “connectors”.')
    .waitFor();
  await dialog.getByLabel('Text').fill('maxOwners: 2\nconnectors: []\n');
  await dialog.getByRole('button', { name: 'Make a draft' }).click();
  await page.getByRole('heading', { level: 1, name: 'Charter v8, draft' }).waitFor();
  await here.leave(page);
});
// Guide: G2.2-17
