import type { Page, Route } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { importing } from '../../src/features/imports/testing/importing.ts';
import { csv } from '../../src/features/personal-accounts/testing.ts';
import { type ConsoleBrowser, openConsole } from '../support/console-browser.ts';
import { inLooks } from '../support/looks.ts';
import { it, test } from '../support/two-runs.ts';

/** Personal accounts in a real browser: what the sandbox shows, mail to their holders, what reports change. */
const looksRight = inLooks();
let here: ConsoleBrowser;
let sandbox: { slug: string; name: string };
let own: { id: string; slug: string; name: string };

const bring = async (day: string, rows: readonly string[]) =>
  importing(here.bylaw, here.bylaw.owner, own.slug).all([
    { name: `memberships ${day}.csv`, bytes: csv(rows) },
  ]);

beforeAll(async () => {
  here = await openConsole();
  const { body } = await here.bylaw.owner.call('POST', '/sandbox', {});
  sandbox = { slug: body.client, name: body.name };
  own = await here.bylaw.client('Harrow Guild of Organ Builders');
});
afterAll(() => here.close());

const at = (page: Page, path = '') => page.goto(`/c/${own.slug}/personal-accounts${path}`);
const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

test('without a report it says what to bring and where that is', async () => {
  const page = await here.open(here.bylaw.owner);
  await at(page);
  await page.getByRole('heading', { name: 'No report has been imported yet.' }).waitFor();
  await page.getByText('Domains > Domain memberships').waitFor();
  await page.getByRole('link', { name: 'Import the report' }).click();
  await page.waitForURL(/\/imports$/);
  await here.leave(page);
});

test('the sandbox shows accounts in each state, and who is reached from People and from the deployment', async () => {
  const page = await here.open(here.bylaw.owner);
  await page.goto(`/c/${sandbox.slug}/people?tab=personal_accounts`);
  await page.getByRole('link', { name: 'Work at these accounts' }).click();
  await page.getByText('3 of 4 accounts open. Newest report of Nov 20, 2026.').waitFor();
  await row(page, 'Greta Holm')
    .getByText('Contacted on Nov 20, 2026 according to the journal; no answer yet')
    .waitFor();
  await row(page, 'Malik Osborne').getByText('Closed: gone from the report of Nov 20, 2026').waitFor();
  await page.getByRole('link', { name: 'What changed' }).click();
  await row(page, 'Yara Haddad').getByText('New in this report').waitFor();
  await page.locator('summary', { hasText: 'does not cover personal accounts' }).click();
  await page.getByText(/MFA for everyone who opens Claude: report-only/i).waitFor();
  await row(page, 'Malik Osborne').getByText('Gone from this report').waitFor();
  await page.goto(`/c/${sandbox.slug}/deployment/personal_accounts_closed`);
  await page.getByRole('link', { name: 'Open personal accounts' }).click();
  await page.getByRole('heading', { level: 1, name: 'Personal accounts' }).waitFor();
  await here.leave(page);
});

test('someone sets the contact, writes to all, and what a later report shows closes', async () => {
  await bring('2026-11-20', ['kim', 'noor', 'omar']);
  const hr = await here.bylaw.person('hr', own.id, 'Hana Reyes');
  const page = await here.open(hr);
  await at(page, '?tab=messages');
  await page.getByText('No one is set', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Change…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Who holders can ask').fill('Priya Raman');
  await dialog.getByLabel('Their email address').fill('priya@alder.example.org');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });

  await page.getByRole('button', { name: /^Edit First message/ }).click();
  await dialog.getByLabel('Subject').fill('About {company}');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('1 placeholder is not known: {company}.').waitFor();
  await dialog.getByLabel('Subject').fill('Claude at {organization}');
  await dialog.getByText('Claude at Harrow Guild of Organ Builders').waitFor();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });

  await page.getByRole('link', { name: /^Accounts/ }).click();
  await page.getByRole('button', { name: 'Write to 3 holders…' }).click();
  await dialog.getByText('Hello Kim Example,').waitFor();
  await dialog.getByRole('button', { name: 'Send 3' }).click();
  await dialog.waitFor({ state: 'detached' });
  await row(page, 'Noor Example').getByText('Written to on Nov 24, 2026; no answer yet').waitFor();
  expect(here.bylaw.outbox.map(({ to, subject }) => [to, subject]).sort()).toEqual(
    ['kim', 'noor', 'omar'].map((name) => [
      `${name}@alder.example.org`,
      'Claude at Harrow Guild of Organ Builders',
    ]),
  );

  await page.getByRole('link', { name: 'Noor Example' }).click();
  const panel = page.getByRole('complementary').filter({ hasText: 'What happened' });
  await panel.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Mark as closed…' }).click();
  await dialog.getByLabel('How you know (optional)').fill('She told me');
  await dialog.getByRole('button', { name: 'Record it' }).click();
  await dialog.waitFor({ state: 'detached' });
  await panel.getByText('Marked as closed on Nov 24, 2026; no report shows it yet.').waitFor();
  // HR may not exempt what a control finds.
  await panel.getByRole('button', { name: 'More' }).click();
  await expect.poll(() => page.getByRole('menuitem', { name: 'Exempt until a date…' }).count()).toBe(0);
  await page.keyboard.press('Escape');

  await bring('2026-11-24', ['omar', 'noor']);
  await at(page);
  await row(page, 'Kim Example').getByText('Closed: gone from the report of Nov 24, 2026').waitFor();
  await row(page, 'Noor Example')
    .getByText('Marked as closed on Nov 24, 2026, but the report of Nov 24, 2026 still lists it.')
    .waitFor();
  await page.getByRole('link', { name: 'Closed after the first message: 1' }).click();
  await row(page, 'Kim Example').waitFor();
  await expect.poll(() => row(page, 'Omar Example').count()).toBe(0);
  await here.leave(page);
});

test('several are given an owner at once, and what did not go out is said with its reason', async () => {
  const page = await here.open(here.bylaw.owner);
  await at(page);
  for (const name of ['Noor Example', 'Omar Example']) await row(page, name).getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Owner and due date…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Owner').fill('Dana Whitlock');
  await dialog.getByLabel('Due').fill('2026-11-23');
  await dialog.getByRole('button', { name: 'Record it' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Overdue: 2' }).click();
  await row(page, 'Omar Example').getByText('Dana Whitlock').waitFor();
  await here.leave(page);
});
// Guide: G4.2-05

it('shadow AI says that nobody knows, then shows tools of a log, and a decision goes into the draft', async () => {
  const client = await here.bylaw.client('Hawthorn Guild', { claudePlan: 'enterprise' });
  const technician = await here.bylaw.person('technician', client.id, 'Tess Ward');
  const page = await here.open(technician);
  await page.goto(`/c/${client.slug}/shadow-ai`);
  await page.getByText('No network log has been read.', { exact: true }).waitFor();
  const now = Math.floor(here.bylaw.services.clock().getTime() / 1000);
  const log = Array.from({ length: 9 }, (_, at) =>
    ['claude.ai', 'chatgpt.com'].map(
      (host) =>
        `${now - (at + 1) * 86_400}.100 12 10.0.0.5 TCP_TUNNEL/200 900 CONNECT ${host}:443 avery HIER_DIRECT/198.51.100.7 -\n`,
    ),
  );
  await importing(here.bylaw, technician, client.slug).all([
    { name: 'access.log', bytes: log.flat().join('') },
  ]);
  await page.reload();
  await page
    .getByText('Apart from Claude, 1 AI tool got through: ChatGPT. Nothing allows ChatGPT.')
    .first()
    .waitFor();
  await looksRight(page);
  // A decision is added to those of the charter, so the form waits for the charter.
  const charter = Promise.withResolvers<void>();
  const late = async (route: Route) => {
    await charter.promise;
    await route.continue();
  };
  await page.route('**/charter/open', late, { times: 1 });
  await page.getByRole('button', { name: 'Decide on ChatGPT' }).click();
  const dialog = page.getByRole('dialog');
  await expect.poll(() => dialog.getByLabel('Decision').isDisabled()).toBe(true);
  charter.resolve();
  await dialog.getByLabel('Decision').selectOption('tolerated');
  await dialog.getByLabel('Why').fill('Until the training is over');
  await dialog.getByRole('button', { name: 'Save in the draft' }).click();
  await dialog.getByText('Enter the last day.').waitFor();
  await dialog.getByLabel('Last day').fill('2027-03-31');
  await dialog.getByRole('button', { name: 'Save in the draft' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await expect
    .poll(
      async () => (await technician.call('GET', `/clients/${client.slug}/charter/open`)).body.value.aiTools,
    )
    .toEqual([
      { tool: 'ChatGPT', decision: 'tolerated', until: '2027-03-31', reason: 'Until the training is over' },
    ]);
  // Nothing takes effect before someone else has approved it.
  await row(page, 'ChatGPT').getByText('Not decided').waitFor();
  await here.leave(page);
});
