import type { Page, Response } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { importing } from '../../src/features/imports/testing/importing.ts';
import {
  type ConsoleBrowser,
  expectAccessible,
  laidOut,
  openConsole,
  sideways,
} from '../support/console-browser.ts';
import { inLooks } from '../support/looks.ts';
import { follow } from '../support/settled.ts';
import { it, test } from '../support/two-runs.ts';

/** Someone drops files, checks columns, sees what changes, stores them, and finds the file in the evidence. */
let here: ConsoleBrowser;
let bylaw: ConsoleBrowser['bylaw'];
let page: Page;
let slug: string;

const MEMBERS = (seat: string) => `Name,Email,Role,Seat Tier,Status
Mara Ellingsworth,mara@alder.example.org,Owner,Premium,Active
Wren Castellane,wren@alder.example.org,User,${seat},Active
`;

beforeAll(async () => {
  here = await openConsole();
  bylaw = here.bylaw;
  slug = (await bylaw.client('Alder Society')).slug;
  page = await here.open(bylaw.owner);
});
afterAll(async () => {
  await here.leave(page);
  await here.close();
});

const looksRight = inLooks();

const bring = async (name: string, text: string) => {
  const chosen = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files' }).click();
  await (await chosen).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
};

it('a file goes in, and the button says what it stores', async () => {
  await page.goto(`/c/${slug}/imports`);
  await page.getByRole('heading', { name: 'What each file unlocks' }).waitFor();
  await looksRight(page);
  await bring('members-2026-10-27.csv', MEMBERS('Premium'));
  await page.getByRole('button', { name: 'Store 2 members' }).click();
  await page.getByRole('heading', { name: 'Verdicts that changed' }).waitFor();
});

it('the next file is compared with it, and a column is taken as the person says', async () => {
  await follow(page, `/c/${slug}/imports`);
  // Current kinds need no action: they are collapsed below the missing ones.
  await page.getByText('1 kind that is current').waitFor();
  await bring('members-2026-11-24.csv', MEMBERS('Standard'));
  await page.getByText('Seat type: Premium → Standard').waitFor();
  await page.getByText('Compared with the file of Oct 27, 2026, 2 rows').waitFor();
  await looksRight(page);
  // A day entered by a person takes effect in place.
  await page.getByRole('button', { name: 'Change the day of members-2026-11-24.csv' }).click();
  await page.getByLabel('Day on which members-2026-11-24.csv was exported').fill('2026-11-23');
  await page.getByRole('button', { name: 'Read with this day' }).click();
  await page.getByRole('cell', { name: 'Nov 23, 2026 as stated' }).waitFor();
  await page.getByLabel('What the column Seat Tier means').selectOption({ label: 'Leave out' });
  await page.getByText('Seat type: Premium → empty').first().waitFor();
  await page.getByLabel('What the column Seat Tier means').selectOption({ label: 'Seat type' });
  await page.getByText('Seat type: Premium → Standard').waitFor();
  await page.getByRole('button', { name: 'Store 2 members' }).click();
  await page.getByRole('heading', { name: 'Verdicts that changed' }).waitFor();
});

it('two files of one day ask which is current, and what is stored can be set aside and put back', async () => {
  await follow(page, `/c/${slug}/imports`);
  const chosen = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files' }).click();
  await (await chosen).setFiles(
    ['Premium', 'Standard'].map((seat) => ({
      name: `${seat} members-2026-11-24.csv`,
      mimeType: 'text/csv',
      buffer: Buffer.from(MEMBERS(seat)),
    })),
  );
  await page.getByRole('heading', { name: 'Which members file is current?' }).waitFor();
  await looksRight(page);
  await expect.poll(() => page.getByText('Not used until you choose above').count()).toBe(2);
  // No preview is requested before there is one, which the browser would log as an error.
  const refused: string[] = [];
  const note = (response: Response) => {
    if (response.status() === 422) refused.push(response.url());
  };
  page.on('response', note);
  await page.getByRole('button', { name: 'This one is current: Premium members-2026-11-24.csv' }).click();
  await page.getByRole('button', { name: /^Store/ }).click();
  await page.getByRole('heading', { name: 'Verdicts that changed' }).waitFor();
  page.off('response', note);
  expect(refused).toEqual([]);

  await page.getByRole('link', { name: 'Imports', exact: true }).first().click();
  await page.getByRole('button', { name: 'Set Premium members-2026-11-24.csv aside' }).click();
  const dialog = page.getByRole('dialog', { name: /^Set Premium members/ });
  await dialog.getByRole('button', { name: 'Set aside' }).click();
  await dialog.getByText('Say why it does not count.').waitFor();
  await dialog.getByLabel('Why').fill('Exported from another organization');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Set aside' }).click();
  await page.getByText('Exported from another organization · Olive Owner').waitFor();
  await looksRight(page);
  await page.getByRole('button', { name: 'Put Premium members-2026-11-24.csv back' }).click();
  await page.getByRole('button', { name: 'Set Premium members-2026-11-24.csv aside' }).waitFor();
});

it('the newest file is set aside where the page asks whether it is ours', async () => {
  const sister = await bylaw.client('Birch Society');
  const imports = importing(bylaw, bylaw.owner, sister.slug);
  const list = (people: readonly string[]) =>
    [
      'Name,Email,Role,Status',
      ...people.map((one) => `${one} Quist,${one}@alder.example.org,User,Active`),
      '',
    ].join('\n');
  await imports.all([{ name: 'members-2026-11-20.csv', bytes: list(['Ana', 'Bo', 'Cy', 'Dee']) }]);
  await imports.all([{ name: 'members-2026-11-23.csv', bytes: list(['Una', 'Vic', 'Wes', 'Xia']) }]);
  await page.goto(`/c/${sister.slug}/imports`);
  await page.getByText('Is it ours?', { exact: false }).waitFor();
  await page.getByText('is of other people than members-2026-11-20.csv', { exact: false }).waitFor();
  await looksRight(page);
  await page.getByRole('button', { name: 'Set members-2026-11-23.csv aside' }).click();
  const dialog = page.getByRole('dialog', { name: /^Set members-2026-11-23/ });
  await dialog.getByLabel('Why').fill('Of our foundation');
  await dialog.getByRole('button', { name: 'Set aside' }).click();
  await page.getByText('Of our foundation · Olive Owner').waitFor();
  await expect.poll(() => page.getByText('Is it ours?', { exact: false }).count()).toBe(0);
});

test('a kind says where it is exported, and someone without an account sends it over a link', async () => {
  await follow(page, `/c/${slug}/imports?kind=roster`);
  await page.getByText('Salary, birthday and home address are not needed').waitFor();
  const template = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Template of the staff roster' }).click();
  expect((await template).suggestedFilename()).toBe('template-roster.csv');
  await page.getByRole('button', { name: 'Create a link…' }).click();
  const dialog = page.getByRole('dialog', { name: /^Ask someone for files/ });
  await dialog.getByLabel('For whom').fill('Human resources');
  await dialog.getByLabel(/^Staff roster/).check();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'Create link' }).click();
  const address = await page.getByText(/\/upload\/[\w-]{43}$/).textContent();
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByText('Human resources').waitFor();

  const stranger = await here.open(null);
  await stranger.goto(new URL(address ?? '').pathname);
  await stranger.getByRole('heading', { name: 'Send files for Alder Society' }).waitFor();
  await expectAccessible(stranger, 'light');
  await stranger.getByLabel('Files').setInputFiles({
    name: 'roster-2026-11-24.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('Name,Email,Status\nMara Ellingsworth,mara@alder.example.org,Active\n'),
  });
  await stranger.getByRole('button', { name: 'Send' }).click();
  await stranger.getByText('roster-2026-11-24.csv: Received.').waitFor();
  await stranger.getByText('All files were received.', { exact: false }).waitFor();
  await stranger.emulateMedia({ colorScheme: 'dark' });
  await stranger.setViewportSize({ width: 320, height: 800 });
  await laidOut(stranger);
  await expectAccessible(stranger, 'dark');
  expect(await sideways(stranger)).toBeLessThanOrEqual(0);
  await here.leave(stranger);
  await page.reload();
  await page.getByText('1 file received', { exact: false }).waitFor();
  await page.getByRole('link', { name: 'Open the import' }).click();
  await page.getByRole('button', { name: 'Read 1 file' }).click();
  await page.getByRole('button', { name: 'Store 1 person' }).waitFor();
});

it('a stored charter and attestations lead to where they are approved and confirmed', async () => {
  const client = await bylaw.client('Charter Society');
  await importing(bylaw, bylaw.owner, client.slug).all([
    { name: 'charter.yaml', bytes: 'accountOwner: mara@alder.example.org\n' },
    {
      name: 'attestations.yaml',
      bytes: 'attestations:\n  - { control: CLA-ACC-12, holds: true, seen: 2026-11-20, by: Dana Whitlock }\n',
    },
  ]);
  await page.goto(`/c/${client.slug}/imports`);
  await page
    .getByRole('link', { name: /charter\.yaml|attestations\.yaml/ })
    .first()
    .click();
  await page.getByText('became a draft to approve').waitFor();
  await page.getByRole('link', { name: 'Open the draft' }).click();
  await page.getByRole('link', { name: 'Continue with the draft' }).waitFor();
  await page.goBack();
  await page.getByRole('link', { name: 'Confirm' }).click();
  await page.getByText('Waiting to be confirmed').first().waitFor();
});

it('what was stored is evidence that can be checked', async () => {
  await follow(page, `/c/${slug}/evidence`);
  await page.getByRole('link', { name: 'members-2026-11-24.csv' }).click();
  await page.getByRole('button', { name: 'Check now' }).click();
  await page.getByText('Intact: every byte is as it was when it was stored.').waitFor();
  await looksRight(page);
  await page.getByRole('link', { name: 'Open', exact: true }).click();
  await page.getByRole('heading', { name: 'members-2026-11-24.csv', level: 1 }).waitFor();
  await looksRight(page);
});

it('figures without days ask for their period, and are read by it', async () => {
  await follow(page, `/c/${slug}/imports`);
  const people = ['Ada Quist', 'Ben Rook', 'Cleo Shaw', 'Dov Lane', 'Eve Ames'];
  await bring('usage screen.csv', `Member,Messages\n${people.map((name) => `${name},40\n`).join('')}`);
  const first = page.getByLabel('First day that usage screen.csv covers');
  const last = page.getByLabel('Last day that usage screen.csv covers');
  await first.fill('2026-11-20');
  await last.fill('2026-11-01');
  await page.getByText('This is before the first day.').waitFor();
  await looksRight(page);
  await first.fill('2026-11-01');
  await last.fill('2026-11-20');
  await page.getByRole('button', { name: 'Read with this period' }).click();
  await page.getByText('Nov 20, 2026').first().waitFor();
  await page.getByRole('button', { name: 'Store 5 lines' }).waitFor();
});
