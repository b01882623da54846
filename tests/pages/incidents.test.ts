import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anActivity } from '../../src/domain/activity/testing.ts';
import { importing } from '../../src/features/imports/testing/importing.ts';
import { type Json, TEST_NOW, type TestPerson } from '../../src/server/testing/console.ts';
import { type ConsoleBrowser, openConsole } from '../support/console-browser.ts';
import { inLooks } from '../support/looks.ts';

/**
 * Incidents in the browser, from an alert to closing with evidence: `npm test` covers the types that together need
 * every kind of step and answer, and `npm run test:long` the others. src/features/incidents always covers each type
 * over the API.
 */
/** Number of unusual writes by one person within ten minutes. */
const WRITES = 10;

let here: ConsoleBrowser;
let client: { id: string; slug: string };
let admin: TestPerson;

beforeAll(async () => {
  here = await openConsole();
  client = await here.bylaw.client('Rowan Guild', { domains: ['example.org'], claudePlan: 'enterprise' });
  admin = await here.bylaw.person('client_admin', client.id, 'Adele Admin');
  const jane = {
    at: '2026-11-24T09:00:00.000Z',
    source: 'compliance_feed',
    actor: { type: 'user_actor', id: 'u1', email: 'jane@example.org', name: 'Jane Doe' },
    person: 'jane@example.org',
    session: null,
  } as const;
  const noTool = { connector: null, connectorName: null, tool: null, effect: null };
  await here.bylaw.services.activityLog.append(client.id, [
    anActivity({
      ...jane,
      ...noTool,
      id: 'mode',
      type: 'org_cowork_act_without_asking_mode_enabled',
      category: 'settings',
    }),
    anActivity({ ...jane, ...noTool, id: 'hook', type: 'inference_hooks_request_denied', category: 'other' }),
    anActivity({
      ...jane,
      ...noTool,
      id: 'key',
      type: 'admin_api_key_created',
      category: 'settings',
      detail: { admin_api_key_id: 'admin_1' },
    }),
    anActivity({
      ...jane,
      id: 'elsewhere',
      source: 'otlp',
      actor: { type: null, id: 'u2', email: 'kim@mail.example', name: null },
      person: 'kim@mail.example',
    }),
    ...Array.from({ length: WRITES }, (_, at) =>
      anActivity({
        ...jane,
        id: `write ${at}`,
        at: `2026-11-24T09:${String(at).padStart(2, '0')}:00.000Z`,
        source: 'otlp',
        connectorName: 'Asana',
        connector: 'asana',
        tool: 'create_task',
        effect: 'write',
      }),
    ),
  ]);
});
afterAll(() => here.close());

/** Answers all unanswered questions of a form. */
async function answer(form: Locator): Promise<void> {
  const control = form.getByLabel('Control that shows it');
  if ((await control.count()) > 0) await control.fill('CON-09');
  for (const [at, print] of (await form.getByLabel(/^Fingerprint/).all()).entries())
    await print.fill(`a${at}`.repeat(32));
  // An answer may add questions, so repeat until none is left.
  for (let left = true; left; ) {
    left = false;
    const empty = async (selector: string, put: (field: Locator) => Promise<unknown>) => {
      for (const field of await form.locator(selector).all()) {
        if (!(await field.isVisible()) || (await field.inputValue()) !== '') continue;
        await put(field);
        left = true;
      }
    };
    await empty('select', (field) => field.selectOption({ index: 1 }));
    await empty('textarea:not([aria-hidden])', (field) => field.fill('As it was found.'));
    await empty('input[type=date]', (field) => field.fill('2026-11-24'));
    await empty('input[type=datetime-local]', (field) => field.fill('2026-11-24T09:30'));
  }
}

async function lead(page: Page, steps: number): Promise<void> {
  for (let step = 0; step < steps; step += 1) {
    const form = page.locator('main form').first();
    await form.waitFor();
    const title = (await form.getAttribute('aria-label')) ?? '';
    const add = form.getByRole('button', { name: /^Add a (?!lesson)/ });
    if ((await add.count()) > 0) await add.click();
    if ((await form.getByRole('heading', { name: 'Evidence', exact: true }).count()) > 0) {
      await form
        .locator('input[type=file]')
        .setInputFiles({ name: `${step}.txt`, mimeType: 'text/plain', buffer: Buffer.from(title) });
      await form.getByText(', stored').first().waitFor();
    }
    await answer(form);
    await form.getByRole('button', { name: 'Mark as done' }).click();
    await page.locator(`main form[aria-label="${title}"]`).waitFor({ state: 'detached' });
  }
}

const EVERY_KIND = [
  ['personal_upload', /^The data check refused what Jane Doe sent/, 5],
  ['credential_exposed', /^Jane Doe created or changed the admin key admin_1/, 5],
  ['prompt_injection', /^Jane Doe let Asana change something/, 5],
] as const;
const OTHERS = [
  ['agent_action', 'Jane Doe let Cowork act without asking.', 5],
  ['unauthorized_access', /with an address outside the organization’s domains/, 4],
] as const;

test('what is led each time asks for every kind of step and answer that the others do', () => {
  const { playbooks } = here.bylaw.services.catalogue;
  const kinds = (types: readonly (readonly [string, ...unknown[]])[]) =>
    new Set(
      playbooks
        .filter(({ id }) => types.some(([type]) => type === id))
        .flatMap(({ steps }) =>
          steps.flatMap(({ kind, shows, fields, entries }) => [
            `step ${kind}`,
            ...(shows === undefined ? [] : [`shows ${shows}`]),
            ...[...fields, ...(entries?.fields ?? [])].map((field) => `answer ${field.kind}`),
          ]),
        ),
    );
  const led = kinds(EVERY_KIND);
  expect(led.size).toBeGreaterThan(8);
  expect([...kinds(OTHERS)].filter((kind) => !led.has(kind))).toEqual([]);
});

test.each<readonly [type: string, alert: string | RegExp, steps: number]>(
  process.env.BYLAW_TEST === 'long' ? OTHERS : EVERY_KIND,
)('%s is led from an alert to its end', async (type, alert, steps) => {
  const page = await here.open(admin);
  await page.goto(`/c/${client.slug}/alerts`);
  await page.getByRole('link', { name: alert }).click();
  await page.getByRole('link', { name: 'Open an incident…' }).click();
  const choice = page.getByLabel('Type');
  // Filled in from the alert, which may suggest several types.
  await expect.poll(() => page.getByLabel('Title').inputValue()).not.toBe('');
  await choice.selectOption(type);
  await page.getByRole('button', { name: 'Open the incident' }).click();
  await page.getByText(`${steps} of ${steps} steps are still open.`).waitFor();
  await lead(page, steps);
  await page.getByText('Every step is settled. It can be closed.').waitFor();
  await page.getByRole('button', { name: 'Close…' }).click();
  await page.getByLabel('Closing note').fill('All is done and shown.');
  await page.getByRole('button', { name: 'Close it' }).click();
  await page.getByText('Resolved: closed by Adele Admin').waitFor();
  await here.leave(page);
});
test('a stricter permission is proposed in its dialog and followed in its list until a later reading shows it', async () => {
  const { bylaw } = here;
  const birch = await bylaw.client('Birch Guild', { domains: ['example.net'], claudePlan: 'enterprise' });
  const tara = await bylaw.person('technician', birch.id, 'Tara Tech');
  const berta = await bylaw.person('client_admin', birch.id, 'Berta Board');
  const of = (path: string) => `/clients/${birch.slug}${path}`;
  const asked = async (by: TestPerson, method: string, path: string, body?: unknown): Promise<Json> => {
    const answer = await by.call(method, of(path), body);
    expect([path, answer.status < 300, answer.body.message]).toEqual([path, true, undefined]);
    return answer.body;
  };
  const approve = async (draft: string) => {
    const at = `/charter/drafts/${draft}`;
    const { version } = await asked(tara, 'GET', at);
    const proposed = await asked(tara, 'POST', `${at}/propose`, { version });
    await asked(berta, 'POST', `${at}/approve`, { version: proposed.version });
  };
  const table = async (state: string) => {
    const bytes = `Connector,Action,State\nSharePoint,Update file,${state}\n`;
    const { stored } = await importing(bylaw, tara, birch.slug).all([{ name: 'connectors.csv', bytes }]);
    expect([stored.status, stored.body.message]).toEqual([201, undefined]);
  };
  const cell = {
    connector: 'SharePoint',
    action: 'Update file',
    permission: 'allow',
    justification: 'Asked',
  };
  const { draft } = await asked(tara, 'POST', '/charter/cells', {
    title: 'First charter',
    reason: 'We begin',
    cells: [cell],
  });
  await approve(draft);
  await table('Always allow');
  const opened = await asked(tara, 'POST', '/incidents', {
    type: 'agent_action',
    title: 'It overwrote a list',
    summary: 'Someone called about it.',
    connector: 'SharePoint',
  });
  const page = await here.open(tara);
  await page.goto(`/c/${birch.slug}/incidents/${opened.id}`);
  const card = page.locator('summary', { hasText: 'Tighten the permission for the action' });
  await card.click();
  await page.getByRole('button', { name: 'Propose a stricter permission…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Propose a stricter permission' });
  await dialog.getByLabel('Why').fill('It wrote unasked.');
  await dialog.getByRole('button', { name: 'Put it into a draft' }).click();
  await dialog.getByText('Choose a stricter state for at least one action.').waitFor();
  const action = dialog.getByLabel('SharePoint “Edit files”');
  const states = ['As it is', 'Needs approval', 'Blocked'];
  await expect.poll(() => action.locator('option').allTextContents()).toEqual(states);
  await action.selectOption('Blocked');
  const look = inLooks();
  await look(page);
  await dialog.getByRole('button', { name: 'Put it into a draft' }).click();
  const list = page.getByRole('region', { name: 'Stricter permissions' });
  await list.getByText('Always allow → Blocked').waitFor();
  await list.getByText('Not in force yet').waitFor();
  await look(page);
  const link = list.getByRole('link', { name: /^Tighten after INC-/ });
  await approve((await link.getAttribute('href'))?.split('/').at(-1) ?? '');
  // A file dated today takes effect when it is stored.
  bylaw.setNow(new Date(TEST_NOW.getTime() + 60_000));
  await table('Blocked');
  await page.reload();
  // The step collapses, since nothing of it is open anymore.
  await card.click();
  await list.getByText('In force, and a later reading shows it').waitFor();
  await list.getByText('In force with version 2 of the charter: Blocked.').waitFor();
  await here.leave(page);
});
// Guide: G7.2-00 G7.2-01 G7.2-05 G7.2-09 G7.2-13 G7.2-17 G7.2-20
