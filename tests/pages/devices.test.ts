import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ConsoleBrowser, openConsole } from '../support/console-browser.ts';

/** Device lock-down in a real browser: what a draft would ask, the id that is asked for, a file, and a look through one. */
let here: ConsoleBrowser;
let slug: string;
let draft: string;

const ORGANIZATION = '7c1f3b60-58a2-4f0e-9a53-2f6d2f0c7e11';

beforeAll(async () => {
  here = await openConsole();
  const { owner } = here.bylaw;
  slug = (await here.bylaw.client('Rowan Guild')).slug;
  const made = await owner.call('POST', `/clients/${slug}/charter/yaml`, {
    text: 'desktopOrgLock: true\nlocalMcpAllowed: false\n',
    title: 'Locked devices',
    reason: 'For the test',
  });
  draft = made.body.draft;
}, 240_000);
afterAll(() => here.close());

test('asks for the organization, gives the files, and looks through one that a device has', async () => {
  const page = await here.open(here.bylaw.owner);
  await page.goto(`/c/${slug}/connectors/devices`);
  await page.getByRole('heading', { name: 'No charter in force.' }).waitFor();
  await page.getByLabel('Charter').selectOption({ label: 'Draft: Locked devices' });
  await page.waitForURL(new RegExp(`draft=${draft}`));
  await page
    .getByText(/^Not made\./)
    .first()
    .waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Download claude-desktop.reg' }).count()).toBe(0);

  const id = page.getByLabel('Id of the Claude organization');
  await id.fill('rowan');
  await page.getByRole('button', { name: 'Use this id' }).click();
  await page.getByText('It has 36 characters').waitFor();
  await id.fill(ORGANIZATION);
  await page.getByRole('button', { name: 'Use this id' }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download claude-desktop.reg' }).click(),
  ]);
  expect(file.suggestedFilename()).toBe('claude-desktop.reg');

  await page.getByText('macOS', { exact: true }).click();
  await page.getByRole('button', { name: 'Download claude-desktop.mobileconfig' }).waitFor();
  await page.reload();
  await page.getByRole('button', { name: 'Download claude-desktop.mobileconfig' }).waitFor();

  const reg = `Windows Registry Editor Version 5.00\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Claude]\n"isDxtEnabled"=dword:00000000\n"isLocalDevMcpEnabled"=dword:00000000\n"forceLoginOrgUUID"="${ORGANIZATION}"\n`;
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'claude.reg', mimeType: 'text/plain', buffer: Buffer.from(reg) });
  const found = page.getByRole('region', { name: 'What was found in claude.reg' });
  await found.getByText('Old name', { exact: true }).waitFor();
  await found.getByText(/^It is now called isDesktopExtensionEnabled/).waitFor();
  await found.getByText('forceLoginOrgUUID, isLocalDevMcpEnabled').waitFor();
  await here.leave(page);
}, 120_000);
// Guide: G1.1-13
