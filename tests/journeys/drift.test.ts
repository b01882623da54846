import { afterAll, beforeAll, expect, test } from 'vitest';
import { importing } from '../../src/features/imports/testing/importing.ts';
import { later } from '../../src/features/people/testing.ts';
import { type ConsoleBrowser, expectAccessible, openConsole } from '../support/console-browser.ts';

/**
 * From the guide's baseline to drift that was reverted: the matrix is edited, the draft compared and approved by a
 * second person. Then something drifts, with the person who changed it shown, is reverted, and proven.
 */
let here: ConsoleBrowser;
beforeAll(async () => {
  here = await openConsole();
});
afterAll(() => here.close());

const WORDS: Readonly<Record<string, string>> = {
  allow: 'Always allow',
  ask: 'Needs approval',
  blocked: 'Blocked',
};

test('from the baseline over approval and an urgent departure to the proof that it was put back', async () => {
  const { bylaw } = here;
  const client = await bylaw.client('Harrow Guild of Organ Builders', { claudePlan: 'enterprise' });
  const technician = await bylaw.person('technician', client.id, 'Theo Technician');
  const admin = await bylaw.person('client_admin', client.id, 'Mara Admin');
  const at = `/c/${client.slug}`;
  const page = await here.open(technician);

  // The guide's baseline, tightened in one place.
  await page.goto(`${at}/connectors?edit=yes`);
  await page.getByRole('button', { name: 'Add a connector' }).first().click();
  const adding = page.getByRole('dialog');
  await adding.getByLabel('Connector', { exact: true }).selectOption('asana');
  await adding.getByRole('button', { name: 'Add to the draft' }).click();
  await adding.waitFor({ state: 'detached' });
  await page
    .getByRole('radiogroup', { name: 'Asana, Create tasks' })
    .getByRole('radio', { name: 'Blocked' })
    .click();
  await page.getByRole('button', { name: 'Save in the draft' }).click();
  await page.getByText('1 change saved in the draft.', { exact: false }).waitFor();
  const draft = new URL(page.url()).searchParams.get('draft');

  // The changes are submitted by one person and approved by the other.
  await page.goto(`${at}/charter/${draft}`);
  const changes = page.getByRole('table', { name: 'Changes' });
  await changes
    .getByRole('row')
    .filter({ hasText: /Asana: create.tasks/i })
    .first()
    .getByText('Blocked')
    .waitFor();
  await page.getByRole('button', { name: 'Send for approval' }).click();
  await page.getByRole('heading', { level: 1, name: 'Charter v1, waiting for approval' }).waitFor();
  const second = await here.open(admin);
  await second.goto(`${at}/charter/${draft}`);
  await second.getByRole('button', { name: 'Approve and put in force' }).click();
  await second.getByRole('heading', { level: 1, name: 'Charter v1, approved' }).waitFor();
  await here.leave(second);

  // First Claude matches the charter; then someone allows a deleting action.
  const { rows } = (await technician.call('GET', `/clients/${client.slug}/connectors/matrix`)).body;
  const table = (day: string) => ({
    name: `connectors ${day}.csv`,
    bytes: `Connector,Action,State\n${rows
      .filter(({ exists }: { exists: boolean }) => exists)
      .map(
        (row: { kind: string; title: string; charter: string }) =>
          `Asana,${row.kind === 'rest' ? 'All other actions' : row.title},${WORDS[row.charter ?? 'blocked']}`,
      )
      .join('\n')}\n`,
  });
  const feed = {
    name: 'activities.json',
    bytes: JSON.stringify({
      data: [
        {
          id: 'activity_1',
          created_at: '2026-11-23T09:14:00Z',
          type: 'mcp_tool_policy_updated',
          actor: { type: 'user_actor', email_address: 'ruth@harrow.example', ip_address: '203.0.113.7' },
          mcp_server_name: 'Asana',
          mcp_server_id: 's',
          tool_name: 'delete_tasks',
          max_permission: 'allow',
        },
      ],
      has_more: false,
    }),
  };
  await importing(bylaw, technician, client.slug).all([table('2026-11-20'), feed]);

  // Home links to it and names the person who changed it.
  await page.goto(at);
  const task = page
    .getByRole('listitem')
    .filter({ hasText: 'Decide on 1 urgent difference from the charter' });
  await task.getByText('Set by ruth@harrow.example on Nov 23, 2026').waitFor();
  await task.getByRole('link', { name: /^Open drift/ }).click();
  const panel = page.getByRole('complementary', { name: 'Asana “Delete tasks”' });
  await panel.getByText('It is set to Always allow, but the charter calls for Blocked.').waitFor();
  await panel.getByText('ruth@harrow.example', { exact: true }).waitFor();
  await panel.getByText('mcp_tool_policy_updated', { exact: true }).waitFor();
  await panel.getByText('Open Asana and set “Delete tasks” to Blocked.').waitFor();
  await panel
    .getByText('Claude > Organization settings > Connectors > the connector > Tool permissions')
    .waitFor();
  await expectAccessible(page);
  await panel.getByRole('button', { name: 'Put back…' }).click();
  const dialog = page.getByRole('dialog', { name: /Put back/ });
  await dialog.getByRole('button', { name: 'Decide to put it back' }).click();
  await dialog.getByText('Say why. The reason stays on the record.').waitFor();
  await dialog.getByLabel('Reason').fill('No one approved it');
  await dialog.getByRole('button', { name: 'Decide to put it back' }).click();
  await panel.getByText('To be put back').first().waitFor();
  await panel.getByText('Theo Technician decided to put it back.', { exact: false }).waitFor();

  // The matrix marks the permission; only a later reading resolves it.
  await panel.getByRole('link', { name: 'Show in the matrix' }).click();
  const line = page.getByRole('treegrid').getByRole('row').filter({ hasText: 'Delete tasks' });
  await line.getByText('wider than the charter').waitFor();
  await later(bylaw, '2026-11-26T15:00:00Z');
  const { stored } = await importing(bylaw, technician, client.slug).all([table('2026-11-26')]);
  expect(stored.status).toBe(201);
  await page.getByRole('navigation', { name: 'Connectors' }).getByRole('link', { name: 'Drift' }).click();
  await page.getByRole('heading', { name: 'Nothing that could be read differs.' }).waitFor();
  const closed = page.getByRole('region', { name: 'Closed' });
  await closed.getByText('Asana “Delete tasks”', { exact: true }).waitFor();
  await closed.getByText('Proven', { exact: true }).waitFor();
  await closed.getByText('connectors 2026-11-26.csv', { exact: false }).first().waitFor();
  expect((await technician.call('GET', `/clients/${client.slug}/drift`)).body.history[0].outcome).toBe(
    'proven',
  );
  await here.leave(page);
});
// Guide: G1.1-02 G1.1-03 G2.2-17 G3.4-02 G7.1-01 GA-07
