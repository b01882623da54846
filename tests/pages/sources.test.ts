import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleOfEachType } from '../../sandbox/anthropic/samples.ts';
import { ACCESS_KEY, type Simulator, startAnthropic } from '../../sandbox/anthropic/simulator.ts';
import { HARBOR, startHarbor } from '../../src/features/sources/testing/harbor/server.ts';
import { HARBOR_FACTS, harbor } from '../../src/features/sources/testing/harbor/vendor.ts';
import { TEST_NOW } from '../../src/server/testing/console.ts';
import { type ConsoleBrowser, expectAccessible, openConsole, sideways } from '../support/console-browser.ts';
import { expectMessage } from '../support/expect-message.ts';

/** A key is pasted, used for reading, and removed; and what a Team plan sees instead. */
let here: ConsoleBrowser;
let vendor: Simulator;
let other: Awaited<ReturnType<typeof startHarbor>>;
let slug: string;
let team: string;

beforeAll(async () => {
  vendor = await startAnthropic({ now: () => TEST_NOW });
  other = await startHarbor();
  here = await openConsole({
    anthropic: vendor.url,
    vendor: { source: harbor, facts: HARBOR_FACTS, url: other.url },
  });
  ({ slug } = await here.bylaw.client('Harrow Guild', { claudePlan: 'enterprise' }));
  ({ slug: team } = await here.bylaw.client('Rowan Guild', { claudePlan: 'team' }));
  const types = here.bylaw.services.catalogue.activityTypes;
  for (const sample of sampleOfEachType(types, new Date(TEST_NOW.getTime() - 86_400_000)))
    vendor.feed.add(sample);
});
afterAll(async () => {
  await here.close();
  await vendor.close();
  await other.close();
});

test('an owner connects with a key, reads, sees what is complete, and disconnects', async () => {
  const page = await here.open(here.bylaw.owner);
  await page.goto(`/c/${slug}/connections`);
  await page.getByRole('heading', { name: 'Nothing is connected yet' }).waitFor();
  await page.getByRole('button', { name: 'Connect a source…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Key', { exact: true }).fill('sk-ant-api03-for-models');
  await dialog.getByText('Key for asking models.').waitFor();
  await dialog.getByRole('button', { name: 'Test and connect' }).click();
  await dialog.getByRole('alert').getByText('reads nothing of how Claude is used').waitFor();
  await dialog.getByLabel('Key', { exact: true }).fill(ACCESS_KEY);
  await expectMessage(page, 'The source is connected.', () =>
    dialog.getByRole('button', { name: 'Test and connect' }).click(),
  );
  await page.getByText('Recording is on').waitFor();
  await expect.poll(() => page.getByText('Can be read', { exact: true }).count()).toBe(6);
  await page.getByRole('button', { name: 'Read now' }).click();
  await page.getByText('Nothing is missing from').first().waitFor();
  await page.getByText('Which of the last 30 days is complete').waitFor();
  expect(await page.content()).not.toContain(ACCESS_KEY);
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 800 });
  expect(await sideways(page)).toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole('button', { name: 'Disconnect…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
  await page.getByText('The source is disconnected.').waitFor();
  await page.getByRole('heading', { name: 'Nothing is connected yet' }).waitFor();
  await here.leave(page);
});

test('another vendor is connected with the fields that it asks for', async () => {
  const page = await here.open(here.bylaw.owner);
  await page.goto(`/c/${team}/connections`);
  await page.getByRole('button', { name: 'Connect a source…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Vendor').selectOption('Microsoft 365');
  await dialog.getByLabel('Cloud').selectOption('US Government, DoD');
  await dialog.getByLabel('Tenant ID').fill('alder.example.org');
  await dialog.getByLabel('Application ID').fill('00000000-0000-4000-8000-00000000eeee');
  await dialog.getByText('How to get the application').click();
  await expect
    .poll(() => dialog.getByRole('link', { name: 'Give consent' }).getAttribute('href'))
    .toBe(
      'https://login.microsoftonline.us/alder.example.org/adminconsent?client_id=00000000-0000-4000-8000-00000000eeee',
    );
  await dialog.getByText('How to get the application').click();
  // The dialog says what a permission would allow before anything is opened or entered.
  await dialog.getByLabel('What it is for').selectOption('Reading who can open SharePoint sites');
  await dialog.getByRole('status').getByText('would let it read every file').waitFor();
  await dialog.getByLabel('Vendor').selectOption('Harbor');
  await dialog.getByLabel('Harbor ID').fill(HARBOR.tenant);
  await dialog.getByLabel('Application ID').fill(HARBOR.application);
  await dialog.getByRole('button', { name: 'Test and connect' }).click();
  await dialog.getByText('Application secret: it is missing.').waitFor();
  await expectAccessible(page);
  await dialog.getByText('How to get the application').click();
  const consent = dialog.getByRole('link', { name: 'Give consent' });
  await expect
    .poll(() => consent.getAttribute('href'))
    .toBe('https://login.harbor.example/harbor-one/consent?application=app-1234');
  await dialog.getByLabel('Application secret').fill(HARBOR.secret);
  await expectMessage(page, 'The source is connected.', () =>
    dialog.getByRole('button', { name: 'Test and connect' }).click(),
  );
  await page.getByRole('heading', { name: 'Harbor: Application' }).waitFor();
  await page.getByText('It reads Alder Harbor.').waitFor();
  await expect.poll(() => page.getByText(/^Recording/).count()).toBe(0);
  await page.getByRole('button', { name: 'Test the application' }).waitFor();
  await page.setViewportSize({ width: 320, height: 800 });
  expect(await sideways(page)).toBeLessThanOrEqual(0);
  await page.getByRole('button', { name: 'Replace the application…' }).click();
  await expect.poll(() => dialog.getByLabel('Harbor ID').inputValue()).toBe(HARBOR.tenant);
  await here.leave(page);
});

test('the parts of several connections are told apart by name', async () => {
  for (const [name, credential] of [
    ['anthropic', { key: ACCESS_KEY }],
    ['harbor', HARBOR],
  ] as const) {
    const made = await here.bylaw.owner.call('POST', `/clients/${slug}/sources`, {
      vendor: name,
      credential,
    });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
  }
  const page = await here.open(here.bylaw.owner);
  await page.goto(`/c/${slug}/connections`);
  await expect.poll(() => page.getByRole('region', { name: /, what is read$/ }).count()).toBe(2);
  await expectAccessible(page);
  await here.leave(page);
});

test('a Team plan is told what it cannot have and what is used in its place', async () => {
  const page = await here.open(here.bylaw.owner);
  await page.goto(`/c/${team}/connections`);
  await page.getByRole('heading', { name: /does not offer/ }).waitFor();
  await page.getByRole('link', { name: 'Exports' }).click();
  await page.waitForURL(`**/c/${team}/imports`);
  await here.leave(page);
});
// Guide: G1.1-10 G2.2-32 G5.2-00
