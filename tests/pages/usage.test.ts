import { afterAll, beforeAll, expect, test } from 'vitest';
import { analyticsDay } from '../../sandbox/anthropic/organization.ts';
import { type Simulator, startAnthropic } from '../../sandbox/anthropic/simulator.ts';
import { anActivity } from '../../src/domain/activity/testing.ts';
import { importing } from '../../src/features/imports/testing/importing.ts';
import { readSources } from '../../src/features/sources/read-sources.ts';
import { TEST_NOW } from '../../src/server/testing/console.ts';
import {
  type ConsoleBrowser,
  complaints,
  expectAccessible,
  openConsole,
  sideways,
} from '../support/console-browser.ts';

/** Activity and usage in a real browser, on the sandbox association. */
let here: ConsoleBrowser;
let vendor: Simulator;
const ANALYTICS_KEY = 'sk-ant-api01-analytics-only-0002';
let slug: string;
let id: string;

beforeAll(async () => {
  vendor = await startAnthropic({ now: () => TEST_NOW });
  here = await openConsole({ anthropic: vendor.url });
  const opened = await here.bylaw.owner.call('POST', '/sandbox', {});
  slug = opened.body.client;
  id = opened.body.id;
});
afterAll(async () => {
  await here.close();
  await vendor.close();
});

test('the activity log is narrowed, opened, and hears of what comes', async () => {
  const page = await here.open(here.bylaw.owner);
  const heard = complaints(page);
  await page.goto(`/c/${slug}/activity`);
  await page.getByRole('status').getByText('100 shown').waitFor();
  await page.getByRole('button', { name: 'Load older' }).click();
  await page.getByRole('status').getByText('200 shown').waitFor();

  await page.getByRole('button', { name: 'Connector', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Taskline' }).click();
  await page.getByRole('status').getByText('14 shown').waitFor();
  await page.getByRole('link', { name: 'Tool call: sync_board' }).first().click();
  const panel = page.getByRole('complementary', { name: 'Tool call: sync_board' });
  await panel.getByText('Not classified').waitFor();
  await panel.getByText(/reported by Telemetry/).waitFor();
  await panel.getByText('Not stated: Input tokens', { exact: false }).waitFor();
  await expectAccessible(page);

  await here.bylaw.services.activityLog.append(id, [
    anActivity({ id: 'live', connector: 'taskline', connectorName: 'Taskline', tool: 'sync_board' }),
  ]);
  await page.getByRole('status').getByText('15 shown').waitFor();
  expect(heard).toEqual([]);
  await here.leave(page);
});

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
  await page.getByText('No usage page contains what was written.', { exact: false }).waitFor();
  await page.getByText(/messages last week, \d+% more than in the week of/).waitFor();
  await page.getByRole('img', { name: /messages last week/ }).waitFor();
  await page
    .getByText('Chat messages are not included here: the Team plan', { exact: false })
    .first()
    .waitFor();

  await page.getByRole('link', { name: 'Day', exact: true }).click();
  await page.getByText('Hatched: no source reported messages in that time.', { exact: false }).waitFor();
  const growth = page.getByRole('region', { name: 'Is use growing?' });
  await growth.getByText('As a table').click();
  await growth.getByRole('cell', { name: 'Not known' }).first().waitFor();

  const systems = page.getByRole('region', { name: 'What did Claude do in our systems?' });
  await systems.getByText('Not in the charter').first().waitFor();
  await systems
    .getByText(
      /^Cowork, 1 day reported by several sources: Telemetry [\d,]+ calls?, Session records 2 calls. Counted once: /,
    )
    .waitFor();
  await systems.getByRole('link', { name: 'Taskline' }).click();
  await systems.getByRole('table', { name: 'Who used Taskline' }).waitFor();

  await page.getByRole('link', { name: 'People', exact: true }).last().click();
  await page.getByRole('link', { name: 'Mara Ellingsworth' }).click();
  await page.getByRole('link', { name: 'Their activity' }).click();
  await page.getByRole('heading', { name: 'Activity' }).waitFor();
  await page.getByRole('button', { name: /Who: Mara Ellingsworth/ }).waitFor();
  expect(heard).toEqual([]);
  await here.leave(page);
});

test('what Anthropic counts itself stands beside the log on Enterprise, and is said to be missing on Team', async () => {
  const { bylaw } = here;
  const client = await bylaw.client('Harrow Guild', { timezone: 'UTC', claudePlan: 'enterprise' });
  vendor.keys.set(ANALYTICS_KEY, { kind: 'access', scopes: ['read:analytics'] });
  const { users, connectors } = analyticsDay(true);
  for (const day of ['2026-11-17', '2026-11-18']) {
    vendor.organization.analyticsUsers[day] = users;
    vendor.organization.analyticsConnectors[day] = connectors;
  }
  vendor.organization.analyticsConnectors['2026-11-19'] = analyticsDay(false).connectors;
  await bylaw.services.activityLog.append(client.id, [
    anActivity({
      id: 'h1',
      at: '2026-11-17T15:00:00.000Z',
      person: 'mara@alder.example.org',
      category: 'message',
    }),
    anActivity({ id: 'h2', at: '2026-11-17T15:01:00.000Z', person: 'mara@alder.example.org' }),
  ]);
  const page = await here.open(bylaw.owner);
  const heard = complaints(page);
  await page.goto(`/c/${client.slug}/usage`);
  const growth = page.getByRole('region', { name: 'Is use growing?' });
  await growth.getByText('Anthropic’s own figures are not connected', { exact: false }).waitFor();

  await bylaw.owner.call('POST', `/clients/${client.slug}/sources`, { key: ANALYTICS_KEY });
  await readSources(bylaw.services);
  await page.reload();
  await growth
    .getByText('90 messages in chat and Cowork last week; the log has 1, which is 89 fewer.')
    .waitFor();
  await growth.getByText('By week, compared with the log').click();
  await growth.getByRole('cell', { name: '+89' }).waitFor();
  await growth
    .getByText(/^Not fully read/)
    .first()
    .click();
  const systems = page.getByRole('region', { name: 'What did Claude do in our systems?' });
  const counted = systems.getByRole('table', { name: 'Connectors, as Anthropic counts them' });
  // One of the three days does not distinguish reads from writes.
  await counted.getByText('stated by 2 of 3').first().waitFor();
  await counted.getByText('1 person').click();
  await counted.getByText('mara@alder.example.org: 424 read, 6 write, 80 not classified').waitFor();
  await page.getByText(/^On Nov 23: seats 3, open invitations \d, people active that day 1/).waitFor();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'People', exact: true }).last().click();
  await page
    .getByRole('table', { name: 'Messages by person, as Anthropic counts them' })
    .getByRole('cell', { name: '+89' })
    .waitFor();
  expect(heard).toEqual([]);

  await page.goto(`/c/${slug}/usage`);
  await page
    .getByText('Anthropic’s own count of messages would appear beside this one, but', { exact: false })
    .waitFor();
  await expect.poll(() => page.getByRole('heading', { name: 'Anthropic’s own count' }).count()).toBe(0);
  await here.leave(page);
});

test('imported usage files stand with their own period and people, and what they do not say is not 0', async () => {
  const { bylaw } = here;
  const client = await bylaw.client('Imported Guild', { timezone: 'UTC', claudePlan: 'team' });
  await bylaw.services.activityLog.append(client.id, [anActivity({ id: 'i1' })]);
  const page = await here.open(bylaw.owner);
  const heard = complaints(page);
  await page.goto(`/c/${client.slug}/usage`);
  const card = page.getByRole('region', { name: 'Imported usage files', exact: true });
  await card.getByText('Export spend report', { exact: false }).waitFor();
  await card.locator(`a[href="/c/${client.slug}/imports"]`).waitFor();

  const period = '2026-10-01,2026-10-31';
  const { stored } = await importing(bylaw, bylaw.owner, client.slug).all([
    {
      name: 'counts.csv',
      bytes: 'Email,Messages,Date from,Date to\nmara@alder.example.org,40,2026-09-01,2026-09-30\n',
    },
    {
      name: 'spend.csv',
      bytes: `Email,Messages,Spend USD,Date from,Date to\nmara@alder.example.org,1200,1.25,${period}\nbert@alder.example.org,0,,${period}\n`,
    },
  ]);
  expect(stored.body).toMatchObject({ stored: true });
  await page.reload();
  const files = card.getByRole('table', { name: 'Imported usage files' });
  const counts = files.getByRole('row').filter({ hasText: 'counts.csv' });
  await counts.getByRole('cell', { name: 'Sep 1 to Sep 30' }).waitFor();
  // Requests, two kinds of tokens and two of spend.
  await expect.poll(() => counts.getByRole('cell', { name: 'Not reported' }).count()).toBe(5);
  await expect.poll(() => counts.getByRole('cell', { name: '0', exact: true }).count()).toBe(0);
  const spend = files.getByRole('row').filter({ hasText: 'spend.csv' });
  await spend.getByRole('cell', { name: '1,200' }).waitFor();
  await spend.getByRole('cell', { name: '$1.25 stated by 1 of 2' }).waitFor();
  await card.getByText('only use above the allotment', { exact: false }).waitFor();

  await spend.getByRole('link', { name: 'spend.csv' }).click();
  const people = card.getByRole('table', { name: 'People in spend.csv, Oct 1 to Oct 31' });
  const bert = people.getByRole('row').filter({ hasText: 'bert@alder.example.org' });
  await bert.getByRole('cell', { name: '0', exact: true }).waitFor();
  await expect.poll(() => bert.getByRole('cell', { name: 'Not reported' }).count()).toBe(5);
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 800 });
  expect(await sideways(page)).toBe(0);
  expect(heard).toEqual([]);
  await here.leave(page);
});
// Guide: G5.1-00 G5.2-01
