import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestPerson } from '../../src/server/testing/console.ts';
import { type ConsoleBrowser, expectAccessible, openConsole } from '../support/console-browser.ts';
import { expectMessage } from '../support/expect-message.ts';

/** Settings with which rules would find less, from the form to the second person's approval. */
let here: ConsoleBrowser;
let client: { id: string; slug: string };
let technician: TestPerson;

beforeAll(async () => {
  here = await openConsole();
  client = await here.bylaw.client('Rowan Guild', { domains: ['example.org'], claudePlan: 'enterprise' });
  technician = await here.bylaw.person('technician', client.id, 'Tara Tech');
});
afterAll(() => here.close());

test('one more domain waits, shows in settings and below the rules, and is approved by another', async () => {
  const page = await here.open(technician);
  await page.goto(`/c/${client.slug}/settings`);
  await page.getByLabel('Email domain').fill('example.org, private.example');
  await expectMessage(page, 'Saved. What is shown above waits for approval by someone else.', () =>
    page.getByRole('button', { name: 'Save profile' }).click(),
  );
  await page.getByText('Email domains example.org, private.example: this waits for approval').waitFor();
  await page.getByText('You proposed this change. Someone else has to decide.').waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
  await expect.poll(() => page.getByLabel('Email domain').inputValue()).toBe('example.org');
  await expectAccessible(page);
  await here.leave(page);

  const second = await here.open(here.bylaw.owner);
  await second.goto(`/c/${client.slug}/alerts/detections`);
  await second.getByText('Email domains example.org, private.example: this waits for approval').waitFor();
  await expectMessage(second, 'Approved. Detections use it starting tomorrow.', () =>
    second.getByRole('button', { name: 'Approve' }).click(),
  );
  await expect.poll(() => second.getByRole('button', { name: 'Approve' }).count()).toBe(0);
  const { profile } = (await here.bylaw.owner.call('GET', `/clients/${client.slug}`)).body;
  expect(profile.domains).toEqual(['example.org', 'private.example']);
  await here.leave(second);
});

test('a value to ignore waits, and is withdrawn', async () => {
  const page = await here.open(technician);
  await page.goto(`/c/${client.slug}/connectors/data-loss-prevention`);
  await page.getByLabel('Values to ignore').fill('202-555-0100');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page
    .getByText('It waits for approval by someone else. The rules stay as they are until then.')
    .waitFor();
  await page.getByText('To ignore: 202-555-0100: this change to data loss prevention waits').waitFor();
  await page.getByRole('button', { name: 'Withdraw…' }).click();
  await page.getByLabel('Reason').fill('No longer needed');
  await expectMessage(page, 'The rules stay as they are.', () =>
    page.getByRole('button', { name: 'Withdraw it' }).click(),
  );
  await expect.poll(() => page.getByRole('button', { name: 'Withdraw…' }).count()).toBe(0);
  await here.leave(page);
});
test('a guard and the member list go only by two, each on its page', async () => {
  const { owner } = here.bylaw;
  const at = (path: string) => `/clients/${client.slug}/dlp/${path}`;
  const secret = `whsec_${Buffer.alloc(24, 5).toString('base64')}`;
  expect((await owner.call('PUT', at('hook'), { version: 0, mode: 'watch', secret })).status).toBe(200);
  expect((await owner.call('PUT', at('icap'), { version: 0, mode: 'watch' })).status).toBe(200);
  const page = await here.open(technician);
  await page.goto(`/c/${client.slug}/connectors/inference-hook`);
  await page.getByRole('button', { name: 'Remove the hook…' }).click();
  await page.getByRole('button', { name: 'Remove it' }).click();
  await page.getByText('It waits for approval by someone else. Until then it stays as it is.').waitFor();
  await page.getByText('It would be removed. This waits for approval by someone else').waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
  await expectAccessible(page);
  await page.goto(`/c/${client.slug}/connectors/proxy-check`);
  await page.getByRole('button', { name: 'Remove the check…' }).click();
  await page.getByRole('button', { name: 'Remove it' }).click();
  await page.getByText('It would be removed. This waits for approval by someone else').waitFor();
  await page.goto(`/c/${client.slug}/connectors/data-loss-prevention`);
  const choose = (people: string) =>
    page.locator('input[type=file]').setInputFiles({
      name: 'members.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(`Member ID,Full Name,Email\n${people}`),
    });
  await choose('AL-1001,Ann Lee,ann@example.org\nAL-1002,Bob Ray,bob@example.org\n');
  await page.getByRole('button', { name: 'Create and store the index' }).click();
  await page.getByText(/^Index of 2 members/).waitFor();
  await choose('AL-1003,Cy Fox,cy@example.org\n');
  await page.getByRole('button', { name: 'Create and store the index' }).click();
  await page.getByText('An index of 1 member would replace this one. This waits for approval').waitFor();
  await page.getByText(/^Index of 2 members/).waitFor();
  await here.leave(page);

  const second = await here.open(owner);
  for (const path of ['inference-hook', 'proxy-check', 'data-loss-prevention']) {
    await second.goto(`/c/${client.slug}/connectors/${path}`);
    await expectMessage(second, 'Approved. It takes effect with the next request.', () =>
      second.getByRole('button', { name: 'Approve' }).click(),
    );
    await expect.poll(() => second.getByRole('button', { name: 'Approve' }).count()).toBe(0);
  }
  await second.getByText(/^Index of 1 member/).waitFor();
  expect((await owner.call('GET', at('hook'))).body.hook).toBeNull();
  expect((await owner.call('GET', at('icap'))).body.service).toBeNull();
  await here.leave(second);
});
// Guide: G7.1-05 G7.2-16
