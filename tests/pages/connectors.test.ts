import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import type { TestPerson } from '../../src/server/testing/console.ts';
import { type ConsoleBrowser, openConsole } from '../support/console-browser.ts';
import { expectMessage } from '../support/expect-message.ts';
import { inLooks } from '../support/looks.ts';
import { it, test } from '../support/two-runs.ts';

/**
 * The matrix in a real browser: read, edited by keyboard only, saved into a draft, and edited by two people at once.
 */
let here: ConsoleBrowser;
let bylaw: ConsoleBrowser['bylaw'];
let sandbox: string;
let sandboxId: string;
let technician: TestPerson;

beforeAll(async () => {
  here = await openConsole();
  bylaw = here.bylaw;
  const { body } = await bylaw.owner.call('POST', '/sandbox', {});
  sandbox = body.client;
  sandboxId = body.id;
  technician = await bylaw.person('technician', sandboxId, 'Theo Technician');
});
afterAll(() => here.close());

const grid = (page: Page) => page.getByRole('treegrid', { name: 'Connectors and actions' });
const changes = (page: Page) => page.getByRole('region', { name: 'Your changes' });
const group = (page: Page, name: string) => page.getByRole('radiogroup', { name });
const checked = (page: Page, name: string) =>
  group(page, name).getByRole('radio', { checked: true }).textContent();
const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};
/** The row with the focus; null: none. */
const focused = (page: Page) =>
  page.evaluate<{ id: string; title: string } | null>(`(() => {
    const line = document.activeElement?.closest('[data-line]');
    return line ? { id: line.dataset.line, title: line.querySelector('[role=rowheader]')?.textContent ?? '' } : null;
  })()`);
/** Moves to a row with J. A row that is not rendered yet gets the focus slightly later. */
async function goTo(page: Page, title: string): Promise<void> {
  for (let n = 0; n < 120; n += 1) {
    const at = await focused(page);
    if (at?.title.startsWith(title)) return;
    await page.keyboard.press('j');
    await expect.poll(async () => (await focused(page))?.id ?? at?.id).not.toBe(at?.id);
  }
  throw new Error(`no row ${title}`);
}

test('shows charter, baseline and what was observed, and filters stand in the address', async () => {
  const page = await here.open(technician);
  await page.goto(`/c/${sandbox}/connectors`);
  await grid(page).waitFor();
  await page.getByText(/^\d+ read actions allowed, \d+ need approval, \d+ blocked; 0 looser/).waitFor();
  const row = grid(page).getByRole('row').filter({ hasText: 'sharepoint_delete_item' });
  await row.getByText('wider than the charter').waitFor();
  // Collapsed, a connector's row summarizes its drift; expanded, it lists the drift and omits what is as approved.
  const files = grid(page).getByRole('row').filter({ hasText: 'Microsoft 365 (SharePoint' }).first();
  await files
    .getByRole('gridcell')
    .filter({ hasText: 'Needs approval' })
    .getByText('Charter: Blocked')
    .waitFor();
  await expect.poll(() => grid(page).getByText('sharepoint_search').count()).toBe(0);
  await page.getByRole('button', { name: /^Show all \d+ actions of Microsoft 365 \(SharePoint/ }).click();
  await grid(page).getByText('sharepoint_search').waitFor();
  await page.getByLabel('Search actions').fill('delete item');
  await page.waitForURL(/text=delete/);
  await page.getByText('1 of 50 actions shown').waitFor();
  await page.reload();
  await page.getByText('1 of 50 actions shown').waitFor();
  await here.leave(page);
});

test('is edited by keyboard alone: move, set, select a range, say why, undo, save, and the draft holds it', async () => {
  const page = await here.open(technician);
  await page.goto(`/c/${sandbox}/connectors?edit=yes`);
  await grid(page).waitFor();
  await press(page, 'j');
  await goTo(page, 'Change tasks');
  await press(page, '2');
  await expect.poll(() => checked(page, 'Asana, Change tasks')).toBe('Needs approval');
  await changes(page).getByText('1 change, not saved.').waitFor();
  // The arrow keys change the permission in place, and undo reverts one step.
  await press(page, 'ArrowLeft');
  await expect.poll(() => checked(page, 'Asana, Change tasks')).toBe('Always allow');
  await press(page, 'Control+z');
  await expect.poll(() => checked(page, 'Asana, Change tasks')).toBe('Needs approval');
  // A range is set at once, looser than the baseline requires, with one reason.
  await press(page, 'j', 'j');
  await goTo(page, 'Delete tasks');
  await press(page, 'x', 'Shift+ArrowDown', '2');
  const why = page.getByRole('dialog', { name: /Looser than the baseline/ });
  await why.waitFor();
  await why.getByText('2 actions would be looser').waitFor();
  await page.keyboard.type('Two pilots until spring');
  await press(page, 'Tab', 'Tab', 'Enter');
  await why.waitFor({ state: 'detached' });
  await expect.poll(() => checked(page, 'Asana, Delete tasks')).toBe('Needs approval');
  await changes(page).getByText('3 changes, not saved.').waitFor();
  await changes(page).getByText('2 looser than baseline').waitFor();
  // A looser permission without a reason is refused, and its reason field gets the focus.
  await press(page, 'Escape');
  await goTo(page, 'Read email');
  await goTo(page, 'Create a draft');
  await press(page, '2');
  await changes(page).getByRole('button', { name: 'Save as a draft' }).focus();
  await press(page, 'Enter');
  const field = page.getByLabel('Why Create a draft is looser than the baseline');
  await page.getByText('Briefly say why.').waitFor();
  await page.locator('input:focus').and(field).waitFor();
  await page.keyboard.type('Drafts are read before they go out');
  await changes(page).getByRole('button', { name: 'Save as a draft' }).focus();
  await expectMessage(page, '4 changes saved in the draft. Nothing takes effect until it is approved.', () =>
    press(page, 'Enter'),
  );
  await page.waitForURL(/draft=/);
  await page.getByText(/^This is the draft/).waitFor();
  await expect.poll(() => checked(page, 'Microsoft 365 (Outlook), Create a draft')).toBe('Needs approval');
  const draft = new URL(page.url()).searchParams.get('draft');
  const stored = await bylaw.owner.call('GET', `/clients/${sandbox}/charter/drafts/${draft}`);
  const asana = stored.body.value.connectors.find((one: { name: string }) => one.name === 'Asana');
  expect(asana.actions['Delete tasks']).toBe('ask');
  expect(asana.justifications['Delete tasks']).toBe('Two pilots until spring');
  const force = await bylaw.owner.call('GET', `/clients/${sandbox}/connectors/matrix?text=delete%20tasks`);
  expect(force.body.rows[0].charter).toBe('blocked');
  await here.leave(page);
});

test('decides on drift in its row, and the matrix then says what was decided', async () => {
  const page = await here.open(bylaw.owner);
  await page.goto(`/c/${sandbox}/connectors`);
  await page.getByRole('button', { name: 'Put back: Delete files or folders' }).click();
  const dialog = page.getByRole('dialog', { name: 'Put back' });
  await dialog.getByLabel('Reason').fill('No one asked for it');
  await dialog.getByRole('button', { name: 'Decide to put it back' }).click();
  // The message stays while it has the focus, however long the rest takes.
  await page.getByRole('button', { name: 'Undo' }).focus();
  const row = grid(page).getByRole('row').filter({ hasText: 'sharepoint_delete_item' });
  await row.getByText('wider than the charter; to be put back').waitFor();
  await expect.poll(() => row.getByRole('button').count()).toBe(0);
  await expectMessage(page, 'Undone.', () => page.getByRole('button', { name: 'Undo' }).press('Enter'));
  await row.getByRole('button', { name: 'Put back: Delete files or folders' }).waitFor();
  await page.context().close();
});

test('does not let unsaved changes go silently', async () => {
  const page = await here.open(technician);
  const { drafts } = (await bylaw.owner.call('GET', `/clients/${sandbox}/connectors/matrix`)).body;
  await page.goto(`/c/${sandbox}/connectors?edit=yes&draft=${drafts[0].id}`);
  await group(page, 'Asana, Create tasks').waitFor();
  const before = await checked(page, 'Asana, Create tasks');
  expect(before).not.toBe('Blocked');
  await group(page, 'Asana, Create tasks').getByRole('radio', { name: 'Blocked' }).click();
  await page.getByRole('link', { name: 'Controls', exact: false }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
  await dialog.getByRole('button', { name: 'Stay' }).click();
  await expect.poll(() => checked(page, 'Asana, Create tasks')).toBe('Blocked');
  await changes(page).getByRole('button', { name: 'Discard' }).click();
  await expect.poll(() => checked(page, 'Asana, Create tasks')).toBe(before);
  await changes(page).getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => checked(page, 'Asana, Create tasks')).toBe('Blocked');
  await here.leave(page);
});

test('says who saved first, and saves mine over theirs only when asked', async () => {
  const other = await bylaw.person('technician', sandboxId, 'Quinn Quicker');
  const { drafts } = (await bylaw.owner.call('GET', `/clients/${sandbox}/connectors/matrix`)).body;
  const [draft] = drafts;
  const page = await here.open(technician);
  await page.goto(`/c/${sandbox}/connectors?edit=yes&draft=${draft.id}`);
  await group(page, 'Asana, Create tasks').getByRole('radio', { name: 'Blocked' }).click();
  const theirs = await other.call('POST', `/clients/${sandbox}/connectors/matrix`, {
    draft: draft.id,
    version: draft.version,
    cells: [{ row: 'asana/read_tasks', permission: 'ask' }],
  });
  expect(theirs.status).toBe(201);
  await changes(page).getByRole('button', { name: 'Save in the draft' }).click();
  const notice = page.getByRole('alert').filter({ hasText: 'Quinn Quicker' });
  await notice.getByRole('button', { name: 'Show both' }).click();
  await notice.getByText('Create tasks').waitFor();
  await expectMessage(page, '1 change saved in the draft.', () =>
    notice.getByRole('button', { name: 'Overwrite with mine' }).click(),
  );
  await expect.poll(() => checked(page, 'Asana, Read tasks')).toBe('Needs approval');
  await expect.poll(() => checked(page, 'Asana, Create tasks')).toBe('Blocked');
  await here.leave(page);
});

test('adds a custom server with its tools, classifies what nobody knows, and takes a connector out', async () => {
  const client = await bylaw.client('Harrow Guild of Organ Builders');
  const page = await here.open(bylaw.owner);
  await page.goto(`/c/${client.slug}/connectors`);
  await page.getByRole('heading', { name: 'No connectors.' }).waitFor();
  await page.getByText('No one has decided that yet').waitFor();
  await page.getByRole('link', { name: 'Start the charter' }).waitFor();
  await page.getByRole('button', { name: 'Add a connector' }).click();
  await page.getByRole('button', { name: 'Add a connector' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Another one').click();
  await dialog.getByLabel('Name, as Claude lists it').fill('Organ register');
  await dialog.getByLabel('Its tools, one per line').fill('list_organs: read\ntune_organ: loudly');
  await dialog.getByRole('button', { name: 'Add to the draft' }).click();
  await dialog.getByText('Line 2: “loudly” is not one of read, write, send, delete, admin.').waitFor();
  await dialog.getByLabel('Its tools, one per line').fill('list_organs: read\ntune_organ');
  await dialog.getByRole('button', { name: 'Add to the draft' }).click();
  await dialog.waitFor({ state: 'detached' });
  const row = grid(page).getByRole('row').filter({ hasText: 'tune_organ' });
  await row.getByRole('button', { name: 'Classify…' }).click();
  await page
    .getByRole('dialog')
    .getByLabel(/^Delete:/)
    .check();
  await page.getByRole('dialog').getByRole('button', { name: 'Classify' }).click();
  await row.getByText('Delete', { exact: true }).waitFor();
  await grid(page).getByRole('button', { name: 'More for Organ register' }).click();
  await page.getByRole('menuitem', { name: 'Remove from the charter…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove it' }).click();
  await page.getByText('No connector yet. Add the first one.').waitFor();
  await here.leave(page);
});

it('is accessible while edited, and never wider than the screen', async () => {
  const page = await here.open(technician);
  await page.goto(`/c/${sandbox}/connectors?edit=yes`);
  await group(page, 'Asana, Delete tasks').getByRole('radio', { name: 'Always allow' }).click();
  await page.getByLabel('Why Delete tasks is looser than the baseline').waitFor();
  await inLooks()(page);
  await here.leave(page);
});

test('shows what Claude reaches for one person, with the reason at each gate, and says the same in plain words', async () => {
  const page = await here.open(technician);
  await page.goto(
    `/c/${sandbox}/people?tab=everyone&panel=${encodeURIComponent('account:dana.whitlock@alder.example.org')}`,
  );
  await page.getByRole('link', { name: 'What Claude can reach for them' }).click();
  await page.waitForURL(/connectors\/access\?person=/);
  const list = page.getByRole('list', { name: 'What Claude reaches for Dana Whitlock' });
  await list.getByRole('button', { name: 'Asana' }).click();
  await page.waitForURL(/open=asana/);
  await list.getByText('On this Claude plan no file shows who linked what').waitFor();
  const row = list
    .getByRole('table', { name: 'Actions of Asana' })
    .getByRole('row', { name: /^Create tasks/ });
  await row.getByText('Set to Needs approval').waitFor();
  await row.getByText('Unknown', { exact: true }).waitFor();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: 'CSV' }).click();
  expect((await download).suggestedFilename()).toContain('dana');
  await page.getByLabel('Person').selectOption('Everyone');
  await page
    .getByText(/^64 people can reach .* as soon as they sign in, and no file shows who has/)
    .waitFor();
  await page.getByText(/ have left and still hold a seat/).waitFor();
  // Among people with equal reach, those who have left come first.
  const first = page.getByRole('table', { name: 'People' }).locator('tr[data-row]').first();
  await first.getByText('Has left but holds a seat').waitFor();
  await page.getByText('By system', { exact: true }).click();
  const systems = page.getByRole('table', { name: 'Systems' });
  const files = systems.getByRole('row', { name: /^Microsoft 365 \(SharePoint/ });
  await files.getByText('6, 3 without asking').waitFor();
  await files.getByRole('link', { name: '5', exact: true }).click();
  await page.getByText('Who has signed in to Microsoft 365 (SharePoint / OneDrive):').waitFor();
  await page.getByText('5 people', { exact: true }).waitFor();
  await page.getByRole('table', { name: 'People' }).getByRole('link', { name: 'Bram Oyelaran' }).click();
  await page.getByRole('heading', { name: 'Bram Oyelaran' }).waitFor();
  await page
    .getByRole('navigation', { name: 'Connectors' })
    .getByRole('link', { name: /^Permissions ?[1-9]/ })
    .waitFor();
  await page.getByRole('link', { name: 'In plain words' }).click();
  await page.getByRole('heading', { name: 'Allowed, but it is not known who has signed in' }).waitFor();
  await page.getByRole('link', { name: 'For staff' }).click();
  await page.waitForURL(/for=staff/);
  await page.getByText('Once you have connected it. Without asking: Read tasks.').waitFor();
  await here.leave(page);
});

test('what fails again for the same reason says when it was tried', async () => {
  const page = await here.open(technician);
  await page.goto(`/c/${sandbox}/connectors/microsoft-365`);
  await page.getByRole('button', { name: 'Look Claude up in the gallery' }).click();
  const failure = page.getByRole('alert').filter({ hasText: 'The gallery could not be queried.' });
  const tried = () => failure.getByText(/^Tried at \d{1,2}:\d\d:\d\d [AP]M$/).textContent();
  const before = await tried();
  await expect
    .poll(async () => {
      await failure.getByRole('button', { name: 'Retry' }).click();
      return tried();
    })
    .not.toBe(before);
  await here.leave(page);
});

// Guide: G1.1-03 G2.2-13 G2.2-20 G2.2-21 G2.2-22 G2.2-23 G2.2-24 G2.2-25 G2.2-26 G2.2-27 G2.2-28 G2.2-29
// Guide: G2.2-30 G3.1-00 G3.1-03 G3.4-02
