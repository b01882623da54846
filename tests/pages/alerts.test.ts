import { afterAll, beforeAll, expect, test } from 'vitest';
import { anActivity } from '../../src/domain/activity/testing.ts';
import type { TestPerson } from '../../src/server/testing/console.ts';
import { type ConsoleBrowser, openConsole } from '../support/console-browser.ts';
import { expectMessage } from '../support/expect-message.ts';
import { follow } from '../support/settled.ts';

/** An alert from being raised to being settled, and a detection that is tried and tuned. */
let here: ConsoleBrowser;
let client: { id: string; slug: string };
let technician: TestPerson;

beforeAll(async () => {
  here = await openConsole();
  client = await here.bylaw.client('Rowan Guild', { domains: ['example.org'], claudePlan: 'enterprise' });
  technician = await here.bylaw.person('technician', client.id, 'Tara Tech');
});
afterAll(() => here.close());

test('an alert shows itself on the open page, is read and settled; a detection is tried and tuned', async () => {
  const page = await here.open(technician);
  await page.goto(`/c/${client.slug}/alerts`);
  await page.getByText('An empty list does not mean that nothing happened').waitFor();
  const start = Date.UTC(2026, 10, 24, 13);
  await here.bylaw.services.activityLog.append(
    client.id,
    Array.from({ length: 80 }, (_, n) =>
      anActivity({
        id: `call ${n}`,
        at: new Date(start + n * 4_000).toISOString(),
        actor: { type: null, id: null, email: 'jane@example.org', name: 'Jane <b>Doe</b>' },
      }),
    ),
  );
  // The server pushes it; the page is not reloaded.
  const alert = page.getByRole('link', {
    name: 'Jane <b>Doe</b> called Microsoft 365 80 times within 5 minutes.',
  });
  await alert.click();
  await page.getByRole('heading', { name: /AL-0001 Many connector calls/ }).waitFor();
  await page
    .getByRole('row', { name: /Search email outlook_search.* Read 80 Succeeded Telemetry/ })
    .waitFor();
  await page.getByRole('button', { name: 'See what was read…' }).click();
  await page.getByRole('button', { name: 'Mark as started' }).click();
  await page.getByText('Needs follow-up').first().waitFor();
  const settle = page.getByRole('button', { name: 'Settle', exact: true });
  await settle.click();
  await page.getByRole('menuitem', { name: 'Benign…' }).click();
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  // A closed dialog gives the focus back to the button, also of a menu.
  await expect.poll(() => settle.evaluate((it) => it === it.ownerDocument.activeElement)).toBe(true);
  await settle.click();
  await page.getByRole('menuitem', { name: 'Benign…' }).click();
  await page.getByRole('button', { name: 'Settle as benign' }).click();
  await page.getByText('Say why it is benign.').waitFor();
  await page.getByLabel('Note').fill('The yearly archive');
  await page.getByRole('button', { name: 'Settle as benign' }).click();
  await page.getByText('Benign, decided by Tara Tech').waitFor();
  // The button is gone, so the heading has it.
  await expect.poll(() => page.evaluate<string | undefined>('document.activeElement?.tagName')).toBe('H1');
  await expectMessage(page, 'Undone.', () => page.getByRole('button', { name: 'Undo' }).last().click());
  await page.getByRole('button', { name: 'See what was read…' }).waitFor();

  await page.getByRole('link', { name: 'Detection and tuning' }).click();
  await page.getByRole('button', { name: 'Try on the last 90 days' }).click();
  await page.getByText(/1 alert since .*, from 80 events/).waitFor();
  await page.getByRole('button', { name: 'Switch off or tune…' }).click();
  await page.getByLabel('Calls in ten minutes').fill('5000');
  await page.getByLabel('Reason').fill('Our archive is large');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Enter a whole number from 10 to 1000.').waitFor();
  await page.getByLabel('Calls in ten minutes').fill('200');
  await page.getByRole('button', { name: 'Save' }).click();
  // A setting that finds less waits for a second person, and can be withdrawn.
  await page.getByText('It waits for approval by someone else.').waitFor();
  await page.getByRole('button', { name: 'Withdraw…' }).click();
  await page.getByLabel('Reason').fill('The archive is done');
  await expectMessage(page, 'The detection stays as it is.', () =>
    page.getByRole('button', { name: 'Withdraw it' }).click(),
  );
  // A setting that finds more does not.
  await page.getByRole('button', { name: 'Switch off or tune…' }).click();
  await page.getByLabel('Calls in ten minutes').fill('20');
  await page.getByLabel('Reason').fill('Our archive is small');
  await expectMessage(page, 'Saved. It applies to events received from now on.', () =>
    page.getByRole('button', { name: 'Save' }).click(),
  );
  await page.getByText('20 (allowed: 10 to 1000)').waitFor();
  await here.leave(page);
});

test('alerts of one detection and person are one row, found by filters and settled together for one reason', async () => {
  const guild = await here.bylaw.client('Linden Guild', {
    domains: ['example.org'],
    claudePlan: 'enterprise',
  });
  const added = (connector: string, who: string, hour: number) =>
    anActivity({
      id: `${connector} ${who} ${hour}`,
      at: new Date(Date.UTC(2026, 10, 24, hour)).toISOString(),
      type: 'mcp_server_created',
      category: 'connectors',
      source: 'compliance_feed',
      actor: { type: 'user_actor', id: who, email: `${who}@example.org`, name: null },
      person: `${who}@example.org`,
      connector: null,
      connectorName: null,
      tool: null,
      effect: null,
      detail: { mcp_server_name: connector },
    });
  await here.bylaw.services.activityLog.append(guild.id, [
    added('Taskline', 'ann', 3),
    added('Taskline', 'ben', 6),
    added('Asana', 'ann', 9),
  ]);
  const page = await here.open(here.bylaw.owner);
  await page.goto(`/c/${guild.slug}/alerts`);
  await page.getByText('Open: 2 medium').waitFor();
  await page.getByText('2 people, 2 events, in 2 alerts').waitFor();
  await page.getByRole('searchbox', { name: 'Find an alert' }).fill('taskl');
  await page.getByText('1 group, 2 alerts').waitFor();
  await page.getByRole('link', { name: 'A connector was added for the organization: Taskline' }).click();
  await page.getByText('2 of 2 alerts open').waitFor();
  await page.getByRole('row').filter({ hasText: 'ann@example.org added' }).getByRole('checkbox').check();
  await page.getByText('1 alert will be settled with the same reason. The others stay open.').waitFor();
  await page.getByRole('button', { name: 'Settle', exact: true }).last().click();
  await page.getByRole('menuitem', { name: 'Benign…' }).click();
  await page.getByLabel('Reason').fill('Asked for');
  await page.getByRole('dialog').getByRole('button', { name: 'Settle' }).click();
  await page.getByText('1 of 2 alerts open').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('2 of 2 alerts open').waitFor();
  await page
    .getByRole('link', { name: 'ben@example.org added the connector Taskline for everyone.' })
    .click();
  await page.getByRole('link', { name: '2 alerts like it' }).click();
  await page.goBack();
  await follow(page, `/c/${guild.slug}/alerts`);
  await page.getByRole('checkbox', { name: 'Select all shown' }).check();
  await page.getByText('3 open alerts will be settled with the same reason.').waitFor();
  await page.getByRole('button', { name: 'Settle', exact: true }).click();
  await page.getByRole('menuitem', { name: 'True positive…' }).click();
  await page.getByLabel('Reason').fill('Removed today');
  await page.getByRole('dialog').getByRole('button', { name: 'Settle' }).click();
  await page.getByText('No open alerts.').waitFor();
  await here.leave(page);
});

test('on a phone, what the table behind the picture says stays on one line', async () => {
  const page = await here.open(technician);
  await page.setViewportSize({ width: 320, height: 800 });
  await page.goto(`/c/${client.slug}/alerts`);
  await page.getByText('Over time', { exact: true }).click();
  await page.getByText('As a table').click();
  const table = page.getByRole('table').filter({ hasText: 'Week from' });
  await table.getByText('Not known').first().waitFor();
  const lines = await table.locator('th, td').evaluateAll((cells) =>
    cells.map((cell) => {
      const text = cell.ownerDocument.createRange();
      text.selectNodeContents(cell);
      return [cell.textContent, new Set([...text.getClientRects()].map(({ top }) => Math.round(top))).size];
    }),
  );
  expect(lines.filter(([, many]) => Number(many) > 1)).toEqual([]);
  await here.leave(page);
});
