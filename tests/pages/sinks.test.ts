import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Hec, startHec } from '../../sandbox/siem/hec.ts';
import { anActivity } from '../../src/domain/activity/testing.ts';
import { type ConsoleBrowser, openConsole } from '../support/console-browser.ts';
import { expectMessage } from '../support/expect-message.ts';

/** A sink from its form to what it sends, and a refused event until it is fixed. */
let here: ConsoleBrowser;
let hec: Hec;

beforeAll(async () => {
  here = await openConsole();
  hec = await startHec({ isBad: ({ event }) => JSON.stringify(event).includes('poison') });
});
afterAll(async () => {
  await here?.close();
  await hec?.close();
});

test('a technician adds a sink, tries it, and mends what it refuses', async () => {
  const { services } = here.bylaw;
  const client = await here.bylaw.client('Rowan Guild');
  const page = await here.open(await here.bylaw.person('technician', client.id, 'Tara Tech'));
  await page.goto(`/c/${client.slug}/connections/sinks`);
  await page.getByText('Nothing is sent anywhere.').waitFor();
  await page.getByText('No sink leads there').waitFor();
  const add = async () => {
    await page.getByRole('link', { name: 'Add a sink' }).click();
    await page.getByRole('link', { name: 'Splunk (HTTP Event Collector)' }).click();
  };
  await add();
  const form = page.getByRole('dialog', { name: /Splunk/ });
  const asked = page.getByRole('dialog', { name: 'Leave without saving?' });
  await form.getByLabel('Address of the collector').waitFor();
  await page.keyboard.press('Escape');
  await form.waitFor({ state: 'hidden' });
  await expect.poll(() => asked.count()).toBe(0);
  await add();
  await form.getByLabel('Address of the collector').fill(hec.url);
  for (const leave of [
    () => page.keyboard.press('Escape'),
    () => form.getByRole('button', { name: 'Cancel' }).click(),
    () => page.evaluate('history.back()'),
  ]) {
    await leave();
    await asked.waitFor();
    await page.keyboard.press('Escape');
    await asked.waitFor({ state: 'hidden' });
  }
  let unload = '';
  page.once('dialog', (dialog) => {
    unload = dialog.type();
    void dialog.dismiss();
  });
  await page.evaluate(`setTimeout(() => location.assign('/me'))`);
  await expect.poll(() => unload).toBe('beforeunload');
  await page.evaluate('history.back()');
  await asked.getByRole('button', { name: 'Leave without saving' }).click();
  await form.waitFor({ state: 'hidden' });
  await add();
  await form.getByLabel('Address of the collector').fill(hec.url);
  await form.getByRole('button', { name: 'Add the sink' }).click();
  await form.getByText('Token: it is missing.').waitFor();
  await form.getByLabel('Token', { exact: true }).fill('11111111-2222-3333-4444-555555555555');
  await form.getByLabel('All categories').uncheck();
  await form.getByLabel('Sessions').uncheck();
  await form.getByLabel('Alerts').uncheck();
  await form.getByRole('button', { name: 'Add the sink' }).click();
  const card = page.getByRole('region', { name: 'Splunk', exact: true });
  await card.getByText('Nothing sent yet').waitFor();
  await card.getByRole('button', { name: 'Send a test event' }).click();
  await card.getByText('{"text":"Success","code":0}').waitFor();
  expect(hec.events).toHaveLength(1);

  await services.activityLog.append(client.id, [
    anActivity({ id: 'good' }),
    anActivity({ id: 'bad', tool: 'poison' }),
    anActivity({ id: 'unwanted', category: 'session' }),
  ]);
  await services.forwarding.settle(client.id);
  await page.reload();
  await card.getByText('Everything was sent.').waitFor();
  await page.getByText('“Splunk” sends to Splunk').waitFor();
  await card.getByRole('link', { name: '1 failed delivery' }).click();

  await page.getByRole('link', { name: /Splunk says: Invalid data format/ }).click();
  const events = page.getByLabel('Events', { exact: true });
  await events.fill('not saved yet');
  await page.keyboard.press('Escape');
  await asked.getByRole('button', { name: 'Stay' }).click();
  await page.getByRole('button', { name: 'Close the panel' }).click();
  await asked.getByRole('button', { name: 'Leave without saving' }).click();
  await events.waitFor({ state: 'hidden' });
  await page.getByRole('link', { name: /Splunk says: Invalid data format/ }).click();
  await events.fill((await events.inputValue()).replaceAll('poison', 'outlook_search'));
  await expectMessage(page, 'Saved. Send it again', () =>
    page.getByRole('button', { name: 'Save the change' }).click(),
  );
  await page.getByRole('button', { name: 'Send again', exact: true }).click();
  await page.getByText('Sent again').first().waitFor();
  expect(hec.events.map(({ fields }) => fields?.bylaw_id).slice(1)).toEqual(['good', 'bad']);
  await here.leave(page);
});
// Guide: G5.3-04
