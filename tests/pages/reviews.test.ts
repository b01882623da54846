import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anActivity } from '../../src/domain/activity/testing.ts';
import { putReading } from '../../src/features/people/testing.ts';
import { storeFacts } from '../../src/features/verdicts/testing.ts';
import { type Json, TEST_NOW, type TestPerson } from '../../src/server/testing/console.ts';
import { accessibilityFaults } from '../support/axe.ts';
import { type ConsoleBrowser, openConsole } from '../support/console-browser.ts';

/** Reviews in a real browser: a month without findings by keyboard, and a quarter up to its signed minutes. */
let here: ConsoleBrowser;
let bylaw: ConsoleBrowser['bylaw'];
let mara: TestPerson;
let client: { id: string; slug: string };

const at = (name: string) => `${name}@alder.example.org`;
const PEOPLE = ['ana', 'ben', 'cleo', 'dov', 'eve', 'finn', 'gus', 'hana'];

beforeAll(async () => {
  here = await openConsole();
  bylaw = here.bylaw;
  const { store } = bylaw.services;
  client = await bylaw.client('Alder Society', { domains: ['alder.example.org'], m365: [] });
  mara = await bylaw.person('client_admin', client.id, 'Mara Ellingsworth');
  await storeFacts({
    store,
    clientId: client.id,
    now: TEST_NOW,
    files: {
      'charter.yaml': `governanceOwner: { name: Mara Ellingsworth, email: ${mara.email} }
connectors:
  - name: Microsoft 365 (Outlook)
    sensitivity: high
    actions: { Search email: ask, Read email: ask, "*": blocked }
`,
    },
  });
  const put = <K extends Parameters<typeof putReading>[2]>(kind: K, rows: readonly object[]) =>
    putReading(store, client.id, kind, rows as never, '2026-11-23');
  const name = (one: string) => `${one[0]?.toUpperCase()}${one.slice(1)} Reed`;
  await put(
    'members',
    PEOPLE.map((one) => ({
      name: name(one),
      email: at(one),
      role: one === 'ana' ? 'primary_owner' : 'user',
      status: 'active',
    })),
  );
  await put(
    'roster',
    PEOPLE.map((one) => ({ name: name(one), emails: [at(one)], status: 'active' })),
  );
  await put(
    'domain_memberships',
    PEOPLE.map((one) => ({ name: name(one), email: at(one), plan: 'team', inWorkspace: true })),
  );
  await put(
    'usage',
    PEOPLE.map((one) => ({ email: at(one), messages: 20, from: '2026-10-25', to: '2026-11-23' })),
  );
  await bylaw.services.activityLog.append(client.id, [anActivity({ person: at('ana') })]);
  for (const control of ['CLA-CON-30', 'CLA-VIS-09'])
    await mara.call('POST', `/clients/${client.slug}/attestations`, {
      control,
      holds: true,
      seen: '2026-11-23',
    });
  await bylaw.services.verdicts.refresh(client.id);
});
afterAll(() => here.close());

test('a month with nothing wrong is reviewed and signed in at most 40 key presses', async () => {
  const page = await here.open(mara);
  await page.goto(`/c/${client.slug}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  let presses = 0;
  const press = async (key: string) => {
    presses += 1;
    await page.keyboard.press(key);
  };
  await press('g');
  await press('r');
  await page.getByRole('heading', { level: 1, name: 'Reviews' }).waitFor();
  const start = page.getByRole('button', { name: 'Start the monthly review' });
  await start.waitFor();
  while (!(await start.evaluate((button) => button === button.ownerDocument.activeElement))) {
    expect(presses).toBeLessThan(15);
    await press('Tab');
  }
  await press('Enter');
  for (const question of [
    'Does anyone use Claude far more',
    'Was a connector used',
    'Is there an alert about Claude',
    'Has a new Claude account appeared',
    'Does anyone who left',
  ]) {
    await page.getByRole('heading', { level: 2, name: question }).waitFor();
    await press('1');
  }
  await page.getByRole('heading', { level: 2, name: 'Check and sign' }).waitFor();
  await page.getByText('Controls will count 4 of 4 areas as reviewed.').waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await press('s');
  await page.getByRole('heading', { level: 2, name: 'Minutes' }).waitFor();
  expect(presses).toBeLessThanOrEqual(40);
  const { items } = (await mara.call('GET', `/clients/${client.slug}/reviews`)).body;
  expect(items).toMatchObject([{ kind: 'monthly', signed: { by: 'Mara Ellingsworth', next: '2026-12-24' } }]);
  const month = await mara.call('GET', `/clients/${client.slug}/controls/OPS-03`);
  expect(month.body.state).toBe('pass');
  await here.leave(page);
});

test('a quarter goes from opening to signed minutes, and of two who answer at once neither loses anything', async () => {
  const page = await here.open(mara);
  await page.goto(`/c/${client.slug}/reviews`);
  await page.getByRole('button', { name: 'Start the quarterly governance review' }).click();
  await page.waitForURL(/reviews\/[0-9a-f-]+/);
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const question = (name: string) => page.getByRole('heading', { level: 2, name });

  // Notes are saved before anything is answered.
  await question('Is every connector that is switched on').waitFor();
  const note = page.getByLabel('Note for the minutes');
  const held = async () => {
    let letGo = () => {};
    const free = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await page.route('**/reviews/*/items/*', (route) => free.then(() => route.continue()), { times: 1 });
    return letGo;
  };
  const noteOnItsWay = await held();
  await note.fill('Looked in Claude with Dana.');
  await note.press('Escape');
  // Leaving the field while the note is being saved does not save it twice.
  await note.press('Escape');
  noteOnItsWay();
  await page.getByText('Saved by Mara Ellingsworth').waitFor();
  const items = async () => (await mara.call('GET', `/clients/${client.slug}/reviews/${id}`)).body.items;
  const { answer: noted } = (await items())[0];
  expect(noted).toMatchObject({ answer: 'later', note: 'Looked in Claude with Dana.', version: 1 });

  // Someone else answers the item that is open here.
  const other = await bylaw.owner.call('PUT', `/clients/${client.slug}/reviews/${id}/items/connectors`, {
    version: noted.version,
    answer: 'flag',
    note: 'Ask about Asana.',
    owner: null,
    day: null,
  });
  expect(other.status, JSON.stringify(other.body)).toBe(200);
  await page.keyboard.press('1');
  await page.getByText('Olive Owner changed this').waitFor();
  expect((await items())[0].answer).toMatchObject({ answer: 'flag', note: 'Ask about Asana.' });
  await page.getByRole('button', { name: 'Use theirs' }).click();
  await expect.poll(() => note.inputValue()).toBe('Ask about Asana.');
  // Each connector is decided separately.
  await page.getByText('last call Nov 20, 2026').waitFor();
  await page.keyboard.press('a');
  await page.keyboard.type(mara.email);
  await page.keyboard.press('Escape');
  await page.getByLabel('Decision on Microsoft 365').first().selectOption('Question');
  await page.getByLabel('Until').fill('2026-12-08');
  await page.getByRole('button', { name: 'Flag', exact: true }).click();

  // A note made while an answer is being saved does not revert the answer.
  await question('Does every seat belong to current staff?').waitFor();
  const answerOnItsWay = await held();
  await page.keyboard.press('1');
  await note.fill('All eight were looked up.');
  await note.press('Escape');
  // Only someone who has left the note is taken to the next question.
  await expect.poll(() => page.evaluate('document.activeElement?.tagName')).not.toBe('TEXTAREA');
  answerOnItsWay();
  await expect
    .poll(async () => (await items())[1].answer)
    .toMatchObject({ answer: 'fine', note: 'All eight were looked up.' });
  await question('Do staff use personal accounts').waitFor();
  await page.keyboard.press('1');
  await question('Is there use that stands out').waitFor();
  await page.keyboard.press('1');
  await question('Was every permission that became wider approved?').waitFor();
  await answerUnread(page, 'No table of permissions was exported.');
  await question('Do Claude').waitFor();
  await page.keyboard.press('1');
  await question('Check and sign').waitFor();
  await page.getByText('Permission changes: It was not reviewed.').waitFor();
  await page.getByRole('button', { name: 'Sign the review' }).click();
  await question('Minutes').waitFor();
  const file = page.waitForEvent('download');
  await page.getByRole('link', { name: 'HTML' }).click();
  expect((await file).suggestedFilename()).toMatch(/^quarterly-review-alder-society-2026-11-24\.html$/);

  const matrix = (await mara.call('GET', `/clients/${client.slug}/connectors/matrix`)).body;
  expect([matrix.nextReview, matrix.connectors.map(({ reviewed }: Json) => reviewed)]).toEqual([
    '2027-02-24',
    matrix.connectors.map(() => '2026-11-24'),
  ]);

  await page.goto('/work?owner=mine');
  await page.getByRole('link', { name: 'Follow up on a review: Connector inventory' }).waitFor();
  await here.leave(page);
});

/** Answers that the open item was not reviewed, with the reason. */
async function answerUnread(page: Page, why: string): Promise<void> {
  await page.keyboard.press('3');
  await page.getByText('Say in the note why').waitFor();
  await page.keyboard.press('n');
  await page.keyboard.type(why);
  await page.keyboard.press('Escape');
  await page.keyboard.press('3');
}
// Guide: G5.5-01 G5.5-02 G5.5-04 G5.5-05 G7.1-00
