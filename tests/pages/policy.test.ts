import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { putReading } from '../../src/features/people/testing.ts';
import type { TestPerson } from '../../src/server/testing/console.ts';
import { type ConsoleBrowser, expectAccessible, openConsole, sideways } from '../support/console-browser.ts';

/** From the template to everyone’s acknowledgment, with every step on a phone-sized screen. */
const PHONE = { viewport: { width: 390, height: 844 } };
const STAFF = [
  { name: 'Tobin Achterberg', email: 'tobin@alder.example.org' },
  { name: 'Wren Castellane', email: 'wren@alder.example.org' },
];

let here: ConsoleBrowser;
let client: { id: string; slug: string };
let hr: TestPerson;
let admin: TestPerson;

beforeAll(async () => {
  here = await openConsole();
  client = await here.bylaw.client('Alder Society');
  hr = await here.bylaw.person('hr', client.id, 'Hanna HR');
  admin = await here.bylaw.person('client_admin', client.id, 'Adele Admin');
  await putReading(
    here.bylaw.services.store,
    client.id,
    'members',
    STAFF.map((one) => ({ ...one, role: 'user', roleText: 'User', status: 'active' })),
    '2026-11-20',
  );
});
afterAll(() => here.close());

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

async function looked(page: Page, name: string): Promise<void> {
  await expectAccessible(page);
  expect(await sideways(page), name).toBeLessThanOrEqual(0);
  const folder = process.env.BYLAW_TEST_SHOTS;
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

test('HR is shown the files that it can import, and no link to a control it may not open', async () => {
  const page = await here.open(hr);
  await page.goto(`/c/${client.slug}/imports`);
  const kinds = page.getByRole('region', { name: 'What each file unlocks' });
  await kinds.getByText('2 kinds', { exact: true }).waitFor();
  await page.goto(`/c/${client.slug}/policy?tab=training`);
  await page.getByText('the control on training', { exact: false }).waitFor();
  await expect.poll(() => page.getByRole('link', { name: 'the control on training' }).count()).toBe(0);
  await here.leave(page);
});

test('a policy is written, approved, and acknowledged by all', async () => {
  const { slug } = client;
  const page = await here.open(hr, PHONE);
  await page.goto(`/c/${slug}/policy`);
  await button(page, 'Write the policy').click();
  await page.getByLabel('Who checks texts before they go out').fill('the head of your department');
  await page.getByLabel('Contact for questions and problems').fill('Kestrel Lane IT');
  await page.getByLabel('Email address or phone number of the contact').fill('help@kestrel.example');
  await page.getByLabel('how much you use Claude').check();
  await expect.poll(() => button(page, 'Send for approval').isDisabled()).toBe(true);
  await button(page, 'Save the draft').click();
  await expect.poll(() => button(page, 'Send for approval').isEnabled()).toBe(true);
  await looked(page, 'policy-draft');
  await button(page, 'Send for approval').click();
  await page.getByText('It waits for', { exact: false }).first().waitFor();
  const draft = page.url();

  const second = await here.open(admin, PHONE);
  await second.goto(draft);
  await button(second, 'Approve and publish').click();
  await second.getByText('Version 1 is published.').waitFor();
  await here.leave(second);

  await page.goto(`/c/${slug}/policy`);
  await page.getByText('0 of 2 people with Claude acknowledged it.').waitFor();
  await button(page, 'Create an address…').click();
  await button(page, 'Create the address').click();
  const address = await page
    .getByText(/\/policy\/[\w-]{43}/u)
    .first()
    .textContent();
  const path = /\/policy\/[\w-]{43}/u.exec(address ?? '')?.[0] ?? '';

  for (const { name, email } of STAFF) {
    const phone = await here.open(null, { ...PHONE, colorScheme: 'dark' });
    await phone.goto(path);
    await looked(phone, 'policy-staff-ask');
    await phone.getByLabel('Your work address').fill(email);
    await button(phone, 'Send me the link').click();
    await phone.getByRole('heading', { name: 'Check your mail' }).waitFor();
    await looked(phone, 'policy-staff-asked');
    const [link = ''] = here.bylaw.outbox.flatMap(({ to, text }) =>
      to === email ? (/https?:\S+\/policy\/sign\/\S+/u.exec(text) ?? []) : [],
    );
    await phone.goto(link);
    await looked(phone, 'policy-staff-sign');
    await phone.getByLabel('Your name').fill(name);
    await button(phone, 'I have read this and will follow it').click();
    await phone.getByRole('heading', { name: 'Acknowledged' }).waitFor();
    await looked(phone, 'policy-staff-done');
    await here.leave(phone);
  }

  await page.goto(`/c/${slug}/policy`);
  await page.getByText('2 of 2 people with Claude acknowledged it.').waitFor();
  await looked(page, 'policy-covered');
  await page.getByRole('link', { name: 'Register' }).click();
  await page.getByText('wren@alder.example.org').first().waitFor();

  await page.getByRole('link', { name: 'Texts' }).click();
  await page.getByRole('link', { name: 'How Alder Society monitors the use of Claude' }).click();
  await page.getByText('Counsel decides', { exact: false }).first().waitFor();
  await page.getByText('[To fill in: What the records are used for]').waitFor();
  await looked(page, 'policy-text');

  await page.goto(`/c/${slug}/policy?tab=reviews`);
  await page.getByRole('button', { name: 'Change… who checks legal documents' }).click();
  await page.getByLabel('Qualified people').fill('Counsel\nVera Legal');
  await button(page, 'Save').click();
  await page.getByText('Counsel, Vera Legal').waitFor();
  await button(page, 'Record a review…').click();
  await page.getByLabel('Use', { exact: true }).selectOption('Legal documents');
  await page.getByLabel('What was reviewed').fill('Bylaws, draft of November');
  await page.getByLabel('Reviewer').fill('Ana Ruiz');
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  await page.getByText('Not named for this use').waitFor();
  await looked(page, 'policy-reviews');
  await here.leave(page);
});
// Guide: G8-01 G8-17 GA-14
