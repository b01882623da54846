import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect } from 'vitest';
import { importOn, membersFile, runJobs } from '../../src/features/retention/testing.ts';
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

/** Retention periods, a legal hold and a backup, in a real browser. */
let here: ConsoleBrowser;
let bylaw: ConsoleBrowser['bylaw'];
let client: { id: string; slug: string; name: string };
let olive: TestPerson;

const NOW = new Date('2026-11-24T16:00:00Z');

beforeAll(async () => {
  here = await openConsole({ now: NOW });
  bylaw = here.bylaw;
  client = await bylaw.client('Alder Society');
  for (const day of ['2024-03-10', '2024-09-10', '2026-11-20'])
    await importOn(bylaw, client, day, [membersFile(day)]);
  bylaw.setNow(NOW);
  olive = await bylaw.person('owner', null, 'Olive Owner');
});
afterAll(() => here.close());

it('a shorter time is counted before it is stored, and a hold stops it', async () => {
  const page = await here.open(olive);
  const heard = complaints(page);
  await page.goto(`/c/${client.slug}/settings`);
  const card = page.getByRole('region', { name: 'How long things are kept' });
  await card.getByLabel('Replaced readings and their files').selectOption('13');
  await card.getByRole('button', { name: 'Count what will be removed…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('1 reading, 1 file and 0 reports will be removed at the next daily run').waitFor();
  await expect
    .poll(() => dialog.getByRole('row', { name: 'Members file 1 1' }).textContent())
    .toContain('Mar 10, 2024');
  await expectAccessible(page);
  await expectMessage(page, 'It applies from the next daily run.', () =>
    dialog.getByRole('button', { name: 'Save and remove it' }).click(),
  );

  await card.getByRole('button', { name: 'Put on legal hold…' }).click();
  await dialog.getByRole('button', { name: 'Put on hold' }).click();
  await dialog.getByText('Say why. The reason is recorded in the audit log.').waitFor();
  await dialog.getByLabel('Why').fill('Inquiry of the auditor');
  await dialog.getByRole('button', { name: 'Put on hold' }).click();
  await card
    .getByText('Legal hold: nothing belonging to this client is removed by age. Inquiry of')
    .waitFor();
  await runJobs(bylaw, /retention does not keep/);
  const readings = async () => (await olive.call('GET', `/clients/${client.slug}/evidence`)).body.total;
  expect(await readings()).toBe(3);
  await expectAccessible(page);

  await card.getByRole('button', { name: 'End the legal hold…' }).click();
  await dialog.getByLabel('Why').fill('Closed');
  await dialog.getByRole('button', { name: 'End the hold' }).click();
  await card.getByRole('button', { name: 'Put on legal hold…' }).waitFor();
  await runJobs(bylaw, /retention does not keep/);
  expect(await readings()).toBe(2);
  await page.reload();
  await card.getByText('Last removed on Nov 24, 2026: 1 reading, 1 file, 0 reports').waitFor();
  expect(heard).toEqual([]);

  const { removed } = await bylaw.services.store.read([client.id], async (tx) => ({
    removed: await tx.selectFrom('removals').select('sha256').where('what', '=', 'file').execute(),
  }));
  await page.goto(`/c/${client.slug}/evidence/${removed[0]?.sha256}`);
  await page.getByText('was removed by retention on Nov 24, 2026 (record').waitFor();
  await here.leave(page);
});

test('the workspace sets it for all clients, and saves a backup', async () => {
  const page = await here.open(olive);
  await page.goto('/settings');
  const card = page.getByRole('region', { name: 'How long things are kept' });
  await card.getByLabel('Reports').selectOption('25');
  await card.getByRole('button', { name: 'Count what will be removed…' }).click();
  await page.getByRole('dialog').getByText('Nothing is old enough to be removed today.').waitFor();
  await expectMessage(page, 'It applies from the next daily run.', () =>
    page.getByRole('dialog').getByRole('button', { name: 'Save and remove it' }).click(),
  );
  // A longer period removes nothing, so nothing is counted first.
  await card.getByLabel('Reports').selectOption('forever');
  await card.getByRole('button', { name: 'Save', exact: true }).click();
  await expect
    .poll(async () => (await olive.call('GET', '/settings')).body.retention.reports)
    .toBe('forever');

  const backup = page.getByRole('region', { name: 'Backup' });
  await backup.getByText('None has ever been made').waitFor();
  const saved = page.waitForEvent('download');
  await backup.getByRole('button', { name: 'Make a backup' }).click();
  const file = await saved;
  expect(file.suggestedFilename()).toMatch(/^bylaw-backup-2026-11-24-1600\.tar$/);
  const bytes = await readFile(await file.path());
  expect(bytes.includes('manifest.json')).toBe(true);
  await backup.getByText(/bylaw-backup-.+\.tar: .+, made in \d+ s\. Your browser saves it\./).waitFor();
  await backup.getByText(/^Last: /).waitFor();
  await expectAccessible(page);
  await page.setViewportSize({ width: 320, height: 800 });
  expect(await sideways(page)).toBeLessThanOrEqual(0);
  await here.leave(page);
});
