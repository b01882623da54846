import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { entriesOf, withEntries } from '../../src/domain/catalogue-changes/entries.ts';
import { keepCatalogue, revisionOf } from '../../src/features/revisions/keep.ts';
import { storeFacts } from '../../src/features/verdicts/testing.ts';
import { TEST_NOW } from '../../src/server/testing/console.ts';
import { addRevision } from '../../src/store/revisions/revisions.ts';
import { type ConsoleBrowser, openConsole } from '../support/console-browser.ts';
import { settled } from '../support/settled.ts';
import { it, test } from '../support/two-runs.ts';
import { walk } from '../support/walk.ts';

/** Baselines and revisions of the catalogue in a real browser. */
let here: ConsoleBrowser;
let bylaw: ConsoleBrowser['bylaw'];
let alder: { id: string; slug: string; name: string };

beforeAll(async () => {
  here = await openConsole();
  bylaw = here.bylaw;
  alder = await bylaw.client('Alder Society of Landscape Surveyors');
  await storeFacts({ store: bylaw.services.store, clientId: alder.id, now: TEST_NOW });
  const before = withEntries(
    bylaw.services.catalogue,
    entriesOf(bylaw.services.catalogue).flatMap(({ kind, id, body }) =>
      (kind === 'connector' && (id === 'asana' || id === 'workato')) || id === 'CLA-ACC-02'
        ? [{ kind, id, body: { ...(body as object), note: 'It said something else.' } }]
        : [],
    ),
  );
  const earlier = new Date(TEST_NOW.getTime() - 86_400_000);
  await bylaw.services.store.write('system', (tx) => addRevision(tx, revisionOf(before, earlier, '0.0.9')));
  await keepCatalogue(bylaw.services);
});
afterAll(() => here.close());

const card = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const PASTED = [
  'Name\tDomains\tClaude plan\tMicrosoft license\tStaff\tOwner',
  'Harrow Guild\tharrow.example.org\tTeam\tBusiness Premium\t28\todile@harrow.example.org',
  '<b>Rowan</b> \u202eGuild\trowan.example.org\tTeam\t\t\t',
].join('\n');

it('a baseline that comes with Bylaw is copied, applied to a client and to new ones, and says what waits', async () => {
  const page = await here.open(bylaw.owner);
  await page.goto('/baselines');
  await page.getByText('No baselines.').waitFor();
  await page.getByRole('button', { name: 'Copy Team on Business Premium' }).click();
  await page.getByRole('heading', { level: 1, name: 'Team on Business Premium' }).waitFor();
  await page.getByRole('link', { name: 'Apply to clients' }).click();
  await page.getByRole('heading', { level: 1, name: 'Apply Team on Business Premium' }).waitFor();
  await page.getByRole('checkbox', { name: alder.name }).check();
  await page.getByLabel('Or paste the rows, including the headings').fill(PASTED.replace('28', 'many'));
  await page.getByRole('button', { name: 'Read the rows' }).click();
  await page.getByText('Row 2, column “Staff”: “many” is not a number of people.').waitFor();
  await expect.poll(() => page.getByRole('button', { name: /^Preview/ }).isDisabled()).toBe(true);
  await page.getByLabel('Or paste the rows, including the headings').fill(PASTED);
  await page.getByRole('button', { name: 'Read the rows' }).click();
  await page.getByRole('rowheader', { name: 'Harrow Guild' }).waitFor();
  await page.getByRole('button', { name: 'Preview 3 clients' }).click();
  await card(page, 'What will happen').getByText('2 clients will be created.').waitFor();
  await page.getByText('Harrow Guild, new').click();
  await page
    .getByRole('table', { name: 'Charter of Harrow Guild' })
    .getByText('odile@harrow.example.org')
    .waitFor();
  await page.getByRole('button', { name: /^Apply Team on Business Premium to 3 clients$/ }).click();
  await page.getByText('Briefly say why; the reason appears on every draft.').waitFor();
  await page.getByLabel('Why').fill('New clients of this autumn');
  await page.getByRole('button', { name: /^Apply Team on Business Premium to 3 clients$/ }).click();
  await card(page, 'Applied to 3 clients').getByText('2 clients created.').waitFor();
  // The name is shown as text, and characters that reverse text by their code.
  await page.getByRole('link', { name: /<b>Rowan<\/b> .*Guild/ }).waitFor();
  await expect.poll(() => page.locator('main b', { hasText: 'Rowan' }).count()).toBe(0);
  await page.getByRole('link', { name: 'Clients on Team on Business Premium' }).click();
  await page.getByRole('link', { name: 'Harrow Guild' }).click();
  const panel = page.getByRole('complementary', { name: 'Harrow Guild' });
  await panel.getByText('None in force. Draft, not proposed yet').waitFor();
  await panel.getByText('we are setting up Claude for Harrow Guild').waitFor();
  await panel.getByRole('link', { name: 'None in force. Draft, not proposed yet' }).click();
  await page.waitForURL(/\/c\/harrow-guild\/charter\//);
  await page.getByText('New clients of this autumn').first().waitFor();
  await here.leave(page);
});

test('a difference is seen in the matrix, kept on purpose with a reason, and proposed again', async () => {
  const page = await here.open(bylaw.owner);
  const [baseline] = (await bylaw.owner.call('GET', '/baselines')).body.items;
  await page.goto(`/baselines/${baseline.id}?tab=differences`);
  await page.getByText('2 clients have no charter in force, so nothing is compared there.').waitFor();
  const cell = page.getByRole('button', { name: /^Desktop app signs in only to this organization at Alder/ });
  await cell.click();
  await page.getByRole('button', { name: 'Keep on purpose…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Keep on purpose' }).click();
  await dialog.getByText('Briefly say why.').waitFor();
  await dialog.getByLabel('Why').fill('Shared laboratory computers');
  await dialog.getByRole('button', { name: 'Keep on purpose' }).click();
  await dialog.waitFor({ state: 'detached' });
  await cell.waitFor({ state: 'detached' });
  await page.goto(`/baselines/${baseline.id}?tab=differences&view=kept`);
  await cell.click();
  await page.getByText('Shared laboratory computers').waitFor();
  await page.getByRole('button', { name: 'Propose the baseline’s value…' }).click();
  await page.getByRole('dialog').getByLabel('Why').fill('They were replaced');
  await page.getByRole('dialog').getByRole('button', { name: 'Make the draft' }).click();
  await page.getByText('A draft of the charter of Alder Society').waitFor();
  const drafts = (await bylaw.owner.call('GET', `/clients/${alder.slug}/charter`)).body;
  expect(JSON.stringify(drafts)).toContain('Back to the baseline Team on Business Premium, version 1');
  await here.leave(page);
});

test('a baseline is changed as YAML, with the line of a mistake, and part by part in forms; its earlier version stays', async () => {
  const page = await here.open(bylaw.owner);
  const [baseline] = (await bylaw.owner.call('GET', '/baselines')).body.items;
  await page.goto(`/baselines/${baseline.id}?tab=template`);
  await page.getByText('Advanced: edit as text').click();
  const editor = page.getByLabel('The baseline as YAML');
  const text = await editor.inputValue();
  await editor.fill(text.replace('maxOwners: 2', 'maxOwners: none'));
  await page.getByRole('button', { name: 'Save as version 2' }).click();
  await page
    .getByText(/^Line \d+: `maxOwners` of `charter` must be a number, and “none” is written\.$/)
    .waitFor();
  await editor.fill(text.replace('maxOwners: 2', 'maxOwners: 1'));
  await page.getByLabel('What changed (optional)').fill('One owner');
  await page.getByRole('button', { name: 'Save as version 2' }).click();
  await page.getByText('Version 2 of “Team on Business Premium” is saved.').waitFor();
  await page.getByRole('button', { name: 'People and accounts' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Maximum number of Owners').fill('2');
  await form.getByRole('button', { name: 'Save as version 3' }).click();
  await page.getByText('Version 3 of “Team on Business Premium” is saved.').waitFor();
  await expect.poll(() => editor.inputValue()).toContain('maxOwners: 2');
  await changePermissions(page);
  await changeTasks(page);
  await changeRest(page);
  const { parts, charter } = (await bylaw.owner.call('GET', `/baselines/${baseline.id}`)).body;
  expect(charter.connectors.map(({ name }: { name: string }) => name)).toEqual([
    'Microsoft 365 (SharePoint / OneDrive)',
    'Microsoft 365 (Teams)',
    'Asana',
  ]);
  expect(charter.connectors[0]).toMatchObject({
    sensitivity: 'medium',
    actions: { 'Upload file': 'allow', 'Delete item': 'blocked', '*': 'blocked' },
    justifications: { 'Upload file': 'A library of drafts only' },
  });
  expect(charter.connectors[2].actions).toMatchObject({ '*': 'blocked' });
  const task = (id: string) => parts.deployment.find((one: { task: string }) => one.task === id);
  expect(task('owner_named')).toEqual({ task: 'owner_named', by: 'client', owner: '{owner}', dueDays: 4 });
  expect(task('second_owner')).toBeUndefined();
  expect(parts.client).toMatchObject({ timezone: 'America/Chicago', swg: null });
  expect(parts.texts.map(({ id }: { id: string }) => id)).toEqual(['welcome', 'approve', 'email_1']);
  await page.getByRole('link', { name: /^Versions/ }).click();
  await page.getByText('One owner').waitFor();
  await page.getByRole('link', { name: 'Download version 1' }).waitFor();
  await here.leave(page);
});

async function changePermissions(page: Page) {
  const form = page.getByRole('dialog');
  await page.getByRole('button', { name: /^Change the permissions of .*SharePoint/ }).click();
  await form.getByLabel('Upload file', { exact: true }).selectOption('Always allow');
  await form.getByLabel('Why Upload file is wider than the guide').fill('A library of drafts only');
  await form.getByRole('button', { name: 'Save as version 4' }).click();
  await page.getByText('3 always allow, 1 needs approval, 2 blocked; all others blocked').waitFor();
  await page.getByRole('button', { name: 'Add a connector' }).click();
  await form.getByLabel('Connector', { exact: true }).selectOption('Asana');
  await expect.poll(() => form.getByLabel('All other actions').inputValue()).toBe('blocked');
  await form.getByRole('button', { name: 'Save as version 5' }).click();
  await page.getByRole('button', { name: 'Remove Microsoft 365 (Outlook)' }).click();
  await form.getByRole('button', { name: 'Save as version 6' }).click();
  await page.getByRole('rowheader', { name: 'Microsoft 365 (Outlook)' }).waitFor({ state: 'detached' });
}

async function changeTasks(page: Page) {
  await page.getByRole('button', { name: 'Change tasks' }).click();
  await page
    .getByLabel(/^Due after, in days: .*owner/i)
    .first()
    .fill('4');
  await page
    .getByLabel(/^Who does it: .*second/i)
    .first()
    .selectOption('Not assigned');
  await page.getByRole('button', { name: 'Save as version 7' }).click();
  await page.getByText('Account owner of the client').first().waitFor();
}

async function changeRest(page: Page) {
  const form = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Change: What a new client starts with' }).click();
  await form.getByRole('combobox', { name: 'Time zone' }).fill('America/Chicago');
  await page.getByRole('option', { name: /America\/Chicago/ }).click();
  await form.getByLabel('Secure web gateway').fill('none');
  await form.getByRole('button', { name: 'Save as version 8' }).click();
  await card(page, 'What a new client starts with').getByText('America/Chicago').waitFor();
  await page.getByRole('button', { name: 'Change: Emails to send' }).click();
  await form.getByRole('button', { name: 'Add an email' }).click();
  await form.getByLabel('Title').last().fill('After the first week');
  await form.getByLabel('Text', { exact: true }).last().fill('Dear {owner}, how is {name} getting on?');
  await form.getByRole('button', { name: 'Save as version 9' }).click();
  await card(page, 'Emails to send').getByText('After the first week').waitFor();
}

test('a revision shows what reads otherwise and whom it touches, and the client’s home says so', async () => {
  const page = await here.open(bylaw.owner);
  await page.goto('/catalogue');
  await page.getByRole('link', { name: 'What changed' }).click();
  await page.getByRole('link', { name: 'Revision 2' }).click();
  const asana = card(page, 'Asana');
  await asana.getByText('It said something else.').waitFor();
  await asana.getByText('Its charter approves it, and it was observed in Claude.').waitFor();
  await card(page, 'Workato').getByText('Affects none of your clients').waitFor();
  const visitor = await bylaw.person('technician', alder.id, 'Vera Visitor');
  await bylaw.services.store.write('system', (tx) =>
    tx
      .insertInto('visits')
      .values({
        client_id: alder.id,
        user_id: visitor.id,
        previous_at: new Date(TEST_NOW.getTime() - 3_600_000),
        last_at: TEST_NOW,
      })
      .execute(),
  );
  const theirs = await here.open(visitor);
  await theirs.goto(`/c/${alder.slug}`);
  await theirs.getByRole('link', { name: 'The catalogue changed' }).click();
  await theirs.getByRole('heading', { level: 1, name: 'Revision 2 of the catalogue' }).waitFor();
  await expect.poll(() => card(theirs, 'Workato').count()).toBe(0);
  await here.leave(theirs);
  await here.leave(page);
});

test('who may only look is offered nothing to do', async () => {
  const auditor = await bylaw.person('auditor', alder.id);
  const page = await here.open(auditor);
  await page.goto('/baselines');
  await page.getByRole('link', { name: 'Team on Business Premium' }).click();
  await page.getByRole('link', { name: alder.name }).waitFor();
  await settled(page);
  await expect.poll(() => page.getByText('Harrow Guild').count()).toBe(0);
  await expect.poll(() => page.getByRole('link', { name: 'Apply to clients' }).count()).toBe(0);
  await page.getByRole('link', { name: 'Template' }).click();
  await page.getByText('As text').click();
  await page.getByLabel('The baseline as YAML').waitFor();
  await expect.poll(() => page.getByRole('button', { name: /^Save as version/ }).count()).toBe(0);
  await here.leave(page);
});

it('a difference opened beside its list and a later revision are accessible', async () => {
  const page = await here.open(bylaw.owner);
  const [baseline] = (await bylaw.owner.call('GET', '/baselines')).body.items;
  const one = `/baselines/${baseline.id}`;
  const { rows } = (await bylaw.owner.call('GET', `${one}/differences`)).body;
  const panel = encodeURIComponent(`${alder.slug}|${rows[0].key}`);
  const pages = [`${one}?tab=differences&panel=${panel}`, '/catalogue/revisions/2'];
  expect(await walk(page, pages, { named: alder.name })).toEqual([]);
  await here.leave(page);
});

test('a baseline is made in a form: a copy under its own name, and one that states nothing yet', async () => {
  const page = await here.open(bylaw.owner);
  await page.goto('/baselines');
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'New baseline' }).click();
  await dialog.getByRole('button', { name: 'Create it' }).click();
  await dialog.getByText('Name the baseline.').waitFor();
  await dialog.getByLabel('Name').fill('Guilds: "small"');
  await dialog.getByLabel('Purpose').fill('For guilds: fewer than #20 people');
  await dialog.getByLabel('With the Microsoft license').selectOption('Microsoft 365 E3');
  await dialog.getByRole('button', { name: 'Create it' }).click();
  await page.getByRole('heading', { level: 1, name: 'Guilds: "small"' }).waitFor();
  await card(page, 'What it is for').getByText('For guilds: fewer than #20 people').waitFor();
  await page.goto('/baselines?new=yes');
  await dialog.getByLabel('Start from').selectOption('A copy of Team on Business Premium');
  await dialog.getByLabel('Name').fill('Team, our way');
  await dialog.getByRole('button', { name: 'Create it' }).click();
  await page.getByRole('heading', { level: 1, name: 'Team, our way' }).waitFor();
  await card(page, 'Rules of the charter').getByText('Maximum number of Owners').waitFor();
  await here.leave(page);
});
