import { afterAll, beforeAll, expect, test } from 'vitest';
import { anActivity } from '../../src/domain/activity/testing.ts';
import {
  type ConsoleBrowser,
  complaints,
  expectAccessible,
  openConsole,
} from '../support/console-browser.ts';

/** What happened in Claude and how much, in a real browser, on the sandbox association. */
let here: ConsoleBrowser;
let slug: string;
let id: string;

beforeAll(async () => {
  here = await openConsole();
  const opened = await here.bylaw.owner.call('POST', '/sandbox', {});
  slug = opened.body.client;
  id = opened.body.id;
}, 240_000);
afterAll(() => here.close());

test('the activity log is narrowed, opened, and hears of what comes', async () => {
  const page = await here.open(here.bylaw.owner);
  const heard = complaints(page);
  await page.goto(`/c/${slug}/activity`);
  await page.getByRole('status').getByText('100 shown').waitFor();
  await page.getByRole('button', { name: 'Load older' }).click();
  await page.getByRole('status').getByText('200 shown').waitFor();

  await page.getByRole('button', { name: 'Connector', exact: true }).click();
  await page.getByRole('menuitem', { name: 'taskline' }).click();
  await page.getByRole('status').getByText('30 shown').waitFor();
  await page.getByRole('link', { name: 'Tool call: sync_board' }).first().click();
  const panel = page.getByRole('complementary', { name: 'Tool call: sync_board' });
  await panel.getByText('Not classified').waitFor();
  await panel.getByText(/told by Telemetry/).waitFor();
  await panel.getByText('Not stated: Input tokens', { exact: false }).waitFor();
  await expectAccessible(page);

  await here.bylaw.services.activityLog.append(id, [
    anActivity({ id: 'live', connector: 'taskline', connectorName: 'Taskline', tool: 'sync_board' }),
  ]);
  await page.getByRole('status').getByText('31 shown').waitFor();
  expect(heard).toEqual([]);
}, 120_000);

test('usage is looked at by week and day, by connector and by person', async () => {
  const page = await here.open(here.bylaw.owner);
  const heard = complaints(page);
  const at = '2026-11-23T15:00:00.000Z';
  const call = { at, surface: 'cowork', connector: 'taskline', connectorName: 'Taskline' } as const;
  await here.bylaw.services.activityLog.append(id, [
    anActivity({ ...call, id: 'told', source: 'otlp' }),
    ...['again', 'and again'].map((name) => anActivity({ ...call, id: name, source: 'sessions' })),
  ]);
  await page.goto(`/c/${slug}/usage`);
  await page.getByText(/messages last week, \d+ % more than in the week of/).waitFor();
  await page.getByRole('img', { name: /messages last week/ }).waitFor();
  await page.getByText('Messages in chat are not in here: the Team plan', { exact: false }).first().waitFor();

  await page.getByRole('link', { name: 'Day', exact: true }).click();
  await page.getByText('Hatched: no event of any kind came in that time.', { exact: false }).waitFor();
  const growth = page.getByRole('region', { name: 'Is use growing?' });
  await growth.getByText('As a table').click();
  await growth.getByRole('cell', { name: 'Not known' }).first().waitFor();

  const systems = page.getByRole('region', { name: 'What did Claude do in our systems?' });
  await systems.getByText('Not in the charter').first().waitFor();
  await systems
    .getByText(
      /^Cowork, 1 day of which several sources tell: Telemetry [\d,]+ calls?, Session records 2 calls. Counted once: /,
    )
    .waitFor();
  await systems.getByRole('link', { name: 'taskline' }).click();
  await systems.getByRole('table', { name: 'Who used taskline' }).waitFor();

  await page.getByRole('link', { name: 'People', exact: true }).last().click();
  await page.getByRole('link', { name: 'Mara Ellingsworth' }).click();
  await page.getByRole('link', { name: 'Their activity' }).click();
  await page.getByRole('heading', { name: 'Activity' }).waitFor();
  await page.getByRole('button', { name: /Who: Mara Ellingsworth/ }).waitFor();
  expect(heard).toEqual([]);
}, 120_000);
