import { afterAll, beforeAll, expect, test } from 'vitest';
import { coworkLogs } from '#features/telemetry/testing/send.ts';
import { type ConsoleBrowser, openConsole } from '../support/console-browser.ts';
import { inEveryLook } from '../support/looks.ts';

/** Setting up telemetry in a real browser: from nothing, with a token, to the first event, which appears by itself. */
let here: ConsoleBrowser;
let slug: string;

beforeAll(async () => {
  here = await openConsole();
  slug = (await here.bylaw.client('Rowan Guild')).slug;
});
afterAll(() => here.close());

test('makes a token, fills it into the settings, and shows the first event', async () => {
  const page = await here.open(here.bylaw.owner);
  await page.goto(`/c/${slug}/connections/telemetry`);
  await page.getByText('Nothing can come in yet').waitFor();
  await page.getByText(/listens only on this machine/).waitFor();
  await page.getByRole('button', { name: 'Create a token' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Create the token' }).click();
  await dialog.getByText(/^Name what will send with it/).waitFor();
  await dialog.getByLabel('Name').fill('Cowork');
  await dialog.getByRole('button', { name: 'Create the token' }).click();

  await page.getByText('Waiting for the first event').waitFor();
  const settings = (await page.locator('pre').first().textContent()) ?? '';
  const secret = /Bearer (byl_ingest_[A-Za-z0-9_-]+)/.exec(settings)?.[1] ?? '';
  expect(JSON.parse(settings).env.OTEL_LOG_TOOL_DETAILS).toBe('1');
  await page.getByLabel('Gateway').selectOption('envoy_ai_gateway');
  const gateway = (await page.locator('pre').last().textContent()) ?? '';
  expect(gateway).toContain(`x-bylaw-token=${secret}`);
  const sent = await here.bylaw.inject({
    method: 'POST',
    url: '/v1/logs',
    headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    payload: JSON.stringify(
      coworkLogs([
        {
          name: 'tool_result',
          values: { 'event.sequence': 1, tool_name: 'mcp__slack__slack_send_message', success: 'true' },
        },
      ]),
    ),
  });
  expect(sent.status).toBe(200);
  const last = page.getByRole('region', { name: 'Last events', exact: true });
  await last.getByText('A tool call').waitFor();
  await last.getByText('slack, slack_send_message, write').waitFor();
  await last.getByText('jane@example.org').waitFor();
  const arrives = page.getByRole('region', { name: 'What arrives' });
  const cowork = arrives.getByRole('row', { name: /^Cowork/ });
  await cowork.getByText('Arriving').waitFor();
  await cowork.getByText('1 event', { exact: true }).waitFor();
  await arrives
    .getByRole('row', { name: /^Claude Code/ })
    .getByText('Nothing received yet')
    .waitFor();
  await page.getByText(/^Telemetry has been coming in since .*, now from Cowork: 1 event/).waitFor();
  const missing = page.getByRole('region', { name: 'What is missing' });
  await missing.getByText(/^Claude Code has never sent anything/).waitFor();

  // Shown once: gone after it was added, and after reloading.
  await page.getByRole('button', { name: 'I have added it' }).click();
  expect(await page.content()).not.toContain(secret);
  await page.reload();
  await page.getByText('YOUR-TOKEN').first().waitFor();

  await page.getByRole('button', { name: 'Revoke Cowork' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke permanently' }).click();
  await page.getByText('“Cowork” is revoked.').waitFor();
  await page.getByText(/^Revoked; made/).waitFor();
  // The confirmation covers the page for a while.
  await page.reload();
  await page.getByText(/^Revoked; made/).waitFor();
  await page.getByText('Nothing can come in: no token is valid any longer.').waitFor();
  await inEveryLook(page);
  await here.leave(page);
});
// Guide: G2.2-33
