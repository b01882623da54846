import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TEST_NOW } from '../../src/server/testing/console.ts';
import { type ConsoleBrowser, openConsole } from '../support/console-browser.ts';
import { inEveryLook } from '../support/looks.ts';

/** Device lockdown in a real browser: what a draft requires, the id to enter, a file, and an inspected file. */
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
});
afterAll(() => here.close());

test('asks for the organization, gives the files, and looks through one that a device has', async () => {
  const page = await here.open(here.bylaw.owner);
  await page.goto(`/c/${slug}/connectors/devices`);
  await page.getByRole('heading', { name: 'No charter in force.' }).waitFor();
  await page.getByLabel('Charter').selectOption({ label: 'Draft: Locked devices' });
  await page.waitForURL(new RegExp(`draft=${draft}`));
  await page
    .getByText(/^Not generated\./)
    .first()
    .waitFor();
  await expect.poll(() => page.getByRole('button', { name: 'Download claude-desktop.reg' }).count()).toBe(0);

  const id = page.getByLabel('ID of the Claude organization');
  await page.getByRole('button', { name: 'Use this ID' }).click();
  await page.getByText('Enter the ID.').waitFor();
  await id.fill('rowan');
  await page.getByRole('button', { name: 'Use this ID' }).click();
  await page.getByText('It has 36 characters').waitFor();
  await id.fill(ORGANIZATION);
  await page.getByRole('button', { name: 'Use this ID' }).click();
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
});

test('sets the inference hook up, and finds what a reference stands for', async () => {
  const { bylaw } = here;
  const client = await bylaw.client('Rowan Hook', { claudePlan: 'enterprise' });
  const page = await here.open(bylaw.owner);
  await page.goto(`/c/${client.slug}/connectors/inference-hook`);
  await page.getByRole('button', { name: 'Create the address' }).click();
  await page.getByText('Claude’s signing secret is missing').waitFor();
  // Nothing is sent to Microsoft before an application is connected for it.
  const purview = page.getByLabel('Ask Microsoft Purview as well');
  await page.getByText('The application that asks Purview is not connected.').waitFor();
  await expect
    .poll(async () => [await purview.isChecked(), await purview.isDisabled()])
    .toEqual([false, true]);
  const secret = `whsec_${Buffer.alloc(24, 5).toString('base64')}`;
  await page.getByLabel('Signing secret').fill(secret);
  await page.getByRole('button', { name: 'Save the hook' }).click();
  await page.getByText('No prompt has come in yet').waitFor();

  const { body: shown } = await bylaw.owner.call('GET', `/clients/${client.slug}/dlp/hook`);
  const messages = [{ role: 'user', content: [{ type: 'text', text: 'SSN 433-85-6478' }] }];
  const body = JSON.stringify({ type: 'prompt', source: { application: 'claude-ai' }, messages });
  const answer = await bylaw.inject({
    method: 'POST',
    url: new URL(shown.hook.address).pathname,
    headers: {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(TEST_NOW.getTime() / 1000),
      'webhook-signature': new Webhook(secret).sign('msg_1', TEST_NOW, body),
    },
    payload: body,
  });
  expect(answer.body).toEqual({ action: 'allow' });

  await page.reload();
  await page.getByText('It only watches').waitFor();
  const table = page.getByRole('table', { name: 'Decisions', exact: true });
  await table.getByText('Social Security number (1)').waitFor();
  const reference = (await table.getByRole('rowheader').textContent()) ?? '';
  await page.getByLabel('Look up a reference').fill('NONE');
  await page.getByLabel('Look up a reference').press('Enter');
  await page.getByText('There is no such decision.').waitFor();
  await page.getByLabel('Look up a reference').fill(reference);
  await page.getByLabel('Look up a reference').press('Enter');
  await table.getByText('Would be refused').waitFor();
  await page.getByRole('button', { name: `False alarm: ${reference}` }).click();
  await table.getByText(/^False alarm, says/).waitFor();

  await page.getByRole('radio', { name: /^Refuse it/ }).check();
  await page.getByRole('button', { name: 'Save the hook' }).click();
  await page.getByText('The charter does not say whether').waitFor();

  // The list itself never leaves the browser; only an index of it is sent.
  await page.goto(`/c/${client.slug}/connectors/data-loss-prevention`);
  const sent: string[] = [];
  page.on('request', (request) => sent.push(request.postData() ?? ''));
  const list =
    'Member ID,Full Name,Email\nAL-1001,Ann Lee,ann@example.org\nAL-1002,Bob Ray,bob@example.org\n';
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'members.csv', mimeType: 'text/csv', buffer: Buffer.from(list) });
  await page.getByText('members.csv: 2 rows, 4 values to look for.').waitFor();
  await inEveryLook(page);
  await page.getByRole('button', { name: 'Create and store the index' }).click();
  await page.getByText(/^Index of 2 members: 2 email addresses, 2 member numbers\./).waitFor();
  expect(sent.some((body) => body.includes('hashes'))).toBe(true);
  expect(sent.join()).not.toMatch(/ann@|AL-1001|QUwtMTAw/u);

  await page.goto(`/c/${client.slug}/connectors/proxy-check`);
  await page.getByText('This server does not listen for proxies.').waitFor();
  Object.assign(bylaw.services.config, { icapAt: { host: '127.0.0.1', port: 1344, secure: false } });
  await page.getByRole('button', { name: 'Create the address' }).click();
  await page.getByText('No request has come in yet').waitFor();
  await page.getByText(/^# Content check[\s\S]*icap:\/\/127\.0\.0\.1:1344\/[\w-]{24} bypass=on/).waitFor();
  await page.getByLabel('Staff report page').fill('https://bylaw.example/staff/x/report');
  await page.getByRole('button', { name: 'Save the check' }).click();
  await expect
    .poll(
      async () => (await bylaw.owner.call('GET', `/clients/${client.slug}/dlp/icap`)).body.service.helpUrl,
    )
    .toBe('https://bylaw.example/staff/x/report');
  await page.getByRole('radio', { name: /^Refuse it/ }).check();
  await page.getByRole('button', { name: 'Save the check' }).click();
  await page.getByText('The charter does not say whether').waitFor();
  await here.leave(page);
});
// Guide: G1.1-13
