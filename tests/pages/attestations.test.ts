import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newDirectory } from '#store/testing.ts';
import { type ConsoleBrowser, expectAccessible, openConsole, sideways } from '../support/console-browser.ts';
import { drop } from '../support/drop.ts';
import { expectMessage } from '../support/expect-message.ts';

/** Attestations with evidence files, in a real browser. */
let here: ConsoleBrowser;
let bylaw: ConsoleBrowser['bylaw'];
let alder: { id: string; slug: string };
let folder: string;

beforeAll(async () => {
  here = await openConsole();
  bylaw = here.bylaw;
  alder = await bylaw.client('Alder Society');
  folder = await newDirectory();
});
afterAll(() => here.close());

async function file(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}
const shaOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** The dialog of a control, with day and answer filled in. */
async function dialogOf(page: Page) {
  await page.goto(`/c/${alder.slug}/attestations?new=CLA-ACC-12`);
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('As required', { exact: true }).check();
  await dialog.getByLabel('Date you looked').fill('2026-11-20');
  return dialog;
}
const statements = async () =>
  (await bylaw.owner.call('GET', `/clients/${alder.slug}/attestations`)).body.items;

test('files are dropped, chosen or named by their content, shown as stored, and kept with the statement', async () => {
  await bylaw.inject({
    method: 'PUT',
    url: `/api/v1/clients/${alder.slug}/evidence?name=earlier.pdf`,
    headers: {
      cookie: bylaw.owner.cookie,
      origin: here.origin,
      'content-type': 'application/octet-stream',
    },
    payload: Buffer.from('seen earlier'),
  });
  const page = await here.open(bylaw.owner);
  const dialog = await dialogOf(page);
  const place = dialog.getByRole('group', { name: 'Drop files here' });
  await drop(page, place, [await file('switch.png', 'a gray switch'), await file('mail.eml', 'all is off')]);
  await dialog.getByRole('link', { name: 'switch.png' }).waitFor();
  await dialog.getByRole('link', { name: 'mail.eml' }).waitFor();
  await dialog.locator('input[type=file]').setInputFiles([await file('wrong.txt', 'not this one')]);
  await dialog.getByRole('link', { name: 'wrong.txt' }).waitFor();
  await expect.poll(() => dialog.getByRole('status').textContent()).toBe('wrong.txt is stored.');
  await dialog.getByRole('button', { name: 'Remove wrong.txt' }).click();
  // The same content is the same file.
  await dialog.locator('input[type=file]').setInputFiles([await file('copy.png', 'a gray switch')]);
  await dialog.getByText('copy.png', { exact: true }).waitFor({ state: 'detached' });
  await dialog.getByText('Already stored').click();
  const hash = dialog.getByLabel('SHA-256 of the file');
  await hash.fill('ab'.repeat(32));
  await dialog
    .getByText('No evidence for Alder Society is at this address. Choose the file instead.')
    .waitFor();
  await hash.fill(` ${shaOf('seen earlier').toUpperCase()} `);
  await dialog.getByRole('link', { name: 'earlier.pdf' }).waitFor();
  await expect.poll(() => dialog.getByRole('listitem').count()).toBe(3);
  await expect
    .poll(() => dialog.getByRole('link', { name: 'switch.png' }).getAttribute('href'))
    .toBe(`/c/${alder.slug}/evidence/${shaOf('a gray switch')}`);
  await expectAccessible(page);
  await expectMessage(page, 'Recorded.', () => dialog.getByRole('button', { name: 'Record it' }).click());
  const [made] = await statements();
  expect([made.evidence, ...made.moreEvidence].map(({ name }: { name: string }) => name).sort()).toEqual([
    'earlier.pdf',
    'mail.eml',
    'switch.png',
  ]);
  const panel = page.getByRole('complementary');
  for (const name of ['switch.png', 'mail.eml', 'earlier.pdf'])
    await panel.getByRole('link', { name: new RegExp(name, 'u') }).waitFor();
  await here.leave(page);
});

test('progress is shown, the form waits for it, and a failure is one sentence with a way to try again', async () => {
  const before = (await statements()).length;
  const page = await here.open(bylaw.owner, { viewport: { width: 320, height: 800 } });
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  let cut = true;
  await page.route('**/evidence?name=slow.png', async (route) => {
    await held;
    if (cut) await route.abort();
    else await route.continue();
  });
  const dialog = await dialogOf(page);
  await dialog.locator('input[type=file]').setInputFiles([await file('slow.png', 'it takes long')]);
  await dialog.getByRole('progressbar', { name: 'Storing slow.png' }).waitFor();
  await dialog.getByRole('button', { name: 'Record it' }).click();
  await dialog.getByText('A file is still uploading. Wait until it is stored').waitFor();
  release();
  await dialog.getByText('The connection was lost. Nothing from the file was kept.').waitFor();
  expect(await sideways(page)).toBeLessThanOrEqual(0);
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Record it' }).click();
  await dialog.getByText('A file could not be stored. Try again or remove it.').waitFor();
  expect(await statements()).toHaveLength(before);
  cut = false;
  // By keyboard only.
  await dialog.getByRole('button', { name: 'Try slow.png again' }).focus();
  await page.keyboard.press('Enter');
  await dialog.getByRole('link', { name: 'slow.png' }).waitFor();
  await expectMessage(page, 'Recorded.', () => dialog.getByRole('button', { name: 'Record it' }).click());
  const names = (await statements()).map((one: { evidence: { name: string } }) => one.evidence.name);
  expect(names).toHaveLength(before + 1);
  expect(names).toContain('slow.png');
  await page.context().close();
});
