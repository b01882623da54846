import { afterAll, beforeAll, expect } from 'vitest';
import { importOn } from '../../src/features/retention/testing.ts';
import { coworkLogs, sender } from '../../src/features/telemetry/testing/send.ts';
import type { TestPerson } from '../../src/server/testing/console.ts';
import {
  type ConsoleBrowser,
  complaints,
  expectAccessible,
  openConsole,
  sideways,
} from '../support/console-browser.ts';
import { expectMessage } from '../support/expect-message.ts';
import { it, test } from '../support/two-runs.ts';

/** In a real browser: the text of an event, which is kept if the charter allows it. */
let here: ConsoleBrowser;
let client: { id: string; slug: string; name: string };
let investigator: TestPerson;
let olive: TestPerson;

const WORDS = 'Dear Jane, your membership lapsed in October and no one told you.';
const CHARTER = `contentAccess: { allowed: true, approvers: [Renata Osei, Legal counsel] }
contentKept: { of: [messages], from: [cowork], purpose: The leak of October, days: 10, until: 2026-12-15, approvedBy: [Renata Osei, Legal counsel] }
policy: { version: "2", published: 2026-11-01, noticeCovers: [usage, content of conversations] }
`;

beforeAll(async () => {
  here = await openConsole({ now: new Date('2026-11-23T12:00:00Z') });
  const { bylaw } = here;
  client = await bylaw.client('Alder Society');
  await importOn(bylaw, client, '2026-11-23', [{ name: 'charter.yaml', bytes: CHARTER }]);
  bylaw.setNow(new Date('2026-11-24T16:00:00Z'));
  olive = await bylaw.person('owner', null, 'Olive Owner');
  investigator = await bylaw.person('investigator', client.id, 'Ina Vester');
  const opened = await olive.call('POST', `/clients/${client.slug}/incidents`, {
    type: 'content_request',
    title: 'The leak of October',
    summary: 'Activities alone do not clear it up',
  });
  expect(opened.status).toBe(201);
  const { send } = await sender({ ...bylaw, owner: olive }, client.slug);
  await send(
    'logs',
    coworkLogs([
      { name: 'user_prompt', values: { 'event.sequence': 1, prompt: WORDS } },
      {
        name: 'tool_result',
        at: '2026-11-24T13:00:00.000Z',
        values: { 'event.sequence': 2, tool_name: 'Write', tool_input: WORDS },
      },
    ]),
  );
});
afterAll(() => here.close());

it('text is opened once two people agreed, each for themselves, and is gone with its panel', async () => {
  const page = await here.open(investigator);
  const heard = complaints(page);
  await page.goto(`/c/${client.slug}/activity`);
  await page.getByText('Text is kept of messages and answers from Cowork until Dec 15, 2026').waitFor();
  await page.getByRole('link', { name: 'Prompt', exact: true }).click();
  const text = page.getByRole('region', { name: 'Text', exact: true });
  await text.getByText('Text is kept until Dec 4, 2026, as version 1 of the charter says.').waitFor();
  expect(await page.content()).not.toContain(WORDS);
  await text.getByRole('button', { name: 'Ask to open the text…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Ask, on record' }).click();
  await dialog.getByText('Say why. The reason is recorded in the audit log.').waitFor();
  await dialog.getByLabel('Why').fill('The leak of October');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Ask, on record' }).click();
  await text.getByText('You asked: The leak of October 0 of 2 agreed.').waitFor();
  for (const name of ['Renata Osei', 'Legal counsel']) {
    const theirs = await here.open(await here.bylaw.person('hr', client.id, name));
    await theirs.goto(`/c/${client.slug}`);
    await theirs.getByText('Ina Vester wants to open the text of an event').waitFor();
    await theirs.getByText(/for INC-0001: The leak of October/).waitFor();
    await expectAccessible(theirs);
    await expectMessage(theirs, 'Agreed, on record.', () =>
      theirs.getByRole('button', { name: 'Agree' }).click(),
    );
  }
  await page.reload();
  await text.getByRole('button', { name: 'Open the text, on record' }).click();
  await text.getByText(WORDS).waitFor();
  await expectAccessible(page);
  expect(await sideways(page)).toBeLessThanOrEqual(0);
  await text.getByRole('button', { name: 'Close the text' }).click();
  expect(await page.content()).not.toContain(WORDS);
  await text.getByRole('button', { name: 'Open the text, on record' }).waitFor();
  const records = await olive.call('GET', `/clients/${client.slug}/audit?action=activity.open_text`);
  expect(records.body.items).toHaveLength(1);
  expect(heard).toEqual([]);
  await here.leave(page);
});

test('an event without text says why, and someone who may not open it learns who may', async () => {
  const page = await here.open(await here.bylaw.person('auditor', client.id));
  await page.goto(`/c/${client.slug}/activity`);
  await page.getByRole('link', { name: 'Tool call: Write' }).click();
  await page.getByText('Text is not kept: the charter does not allow it.').waitFor();
  await page.getByRole('link', { name: 'Prompt', exact: true }).click();
  await page.getByText('Your role does not include opening it.').waitFor();
  await here.leave(page);
});

test('an investigator attaches content on the page of activity, since no incident is theirs to see', async () => {
  const page = await here.open(await here.bylaw.person('investigator', client.id, 'Ida Vester'));
  await page.goto(`/c/${client.slug}/activity`);
  await page.getByRole('button', { name: 'Attach a file…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog
    .locator('input[type=file]')
    .setInputFiles({ name: 'export.zip', mimeType: 'application/zip', buffer: Buffer.from('content') });
  await dialog.getByLabel('Last day').fill('2026-12-01');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Attach it' }).click();
  await page.getByRole('list', { name: 'Attached files' }).getByText('INC-0001, Ida Vester').waitFor();
  await here.leave(page);
});
// Guide: G5.1-05
