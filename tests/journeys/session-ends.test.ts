import { Secret, TOTP } from 'otpauth';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hashPassword } from '../../src/features/credentials/passwords.ts';
import type { TestPerson } from '../../src/server/testing/console.ts';
import { newSecret } from '../../src/store/identity/secrets.ts';
import { insertSession } from '../../src/store/identity/sessions.ts';
import { totpSecretPlace } from '../../src/store/identity/users.ts';
import { type ConsoleBrowser, openConsole } from '../support/console-browser.ts';
import { inLooks } from '../support/looks.ts';

/** Sessions end on the server while someone types: their input is kept, and stored once when they submit it again. */
const PASSWORD = 'four quiet wooden herons';
const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
let here: ConsoleBrowser;
let bylaw: ConsoleBrowser['bylaw'];
let client: { id: string; slug: string };
let sam: TestPerson;
let other: TestPerson;

beforeAll(async () => {
  here = await openConsole({ now: new Date() });
  bylaw = here.bylaw;
  client = await bylaw.client('Alder Society');
  sam = await bylaw.person('owner', null, 'Sam Okafor');
  other = await bylaw.person('owner', null, 'Olga Other');
  const password = await hashPassword(PASSWORD);
  await bylaw.services.store.write('system', (tx) =>
    tx.updateTable('users').set({ password }).where('id', 'in', [sam.id, other.id]).execute(),
  );
});
afterAll(() => here.close());

async function endSessionsOf({ id }: TestPerson): Promise<void> {
  const { store, clock } = bylaw.services;
  await store.write('system', (tx) => tx.deleteFrom('sessions').where('user_id', '=', id).execute());
  // The server caches a session briefly after it ended.
  bylaw.setNow(new Date(clock().getTime() + 60_000));
}
const invitations = async () =>
  (await bylaw.owner.call('GET', '/invitations')).body.items.map(({ name }: { name: string }) => name);

/** A page with a completed invitation form, whose session then ends. */
async function typing(name: string, page: Page): Promise<ReturnType<Page['getByRole']>> {
  await page.goto('/access?tab=invitations');
  await page.getByRole('button', { name: 'Invite a person' }).click();
  const form = page.getByRole('dialog', { name: /Invite/ });
  await form.getByLabel('Name').fill(name);
  await form.getByLabel('Email address').fill(`${name.toLowerCase()}@people.example`);
  await form.getByLabel('Where').selectOption('All clients and the workspace');
  return form;
}
/** Clicks a button even if the page has meanwhile sent a request and covered it with the sign-in dialog. */
const press = (button: Locator) => button.dispatchEvent('click');
const asked = (page: Page) => page.getByRole('dialog', { name: 'Your session ended' });

test('what was typed stays, is not sent by itself, and is stored once', async () => {
  const page = await here.open(sam);
  const form = await typing('Ivy', page);
  await endSessionsOf(sam);
  await press(form.getByRole('button', { name: 'Create the invitation' }));
  const dialog = asked(page);
  await dialog.getByText('Sign in again to continue; what you typed is still here.').waitFor();
  expect(page.url()).toBe(`${here.origin}/access?tab=invitations`);
  await inLooks()(page);
  // The email address is filled in, and the password has the focus. Neither Esc nor a click outside closes the dialog.
  await page.keyboard.press('Escape');
  await expect.poll(() => dialog.getByLabel('Email address').inputValue()).toBe(sam.email);
  await dialog.getByLabel('Password', { exact: true }).fill('not the password');
  await page.keyboard.press('Enter');
  await dialog.getByText('The email address or the password is wrong.').waitFor();
  await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await expect.poll(() => form.getByLabel('Name').inputValue()).toBe('Ivy');
  await expect.poll(() => form.getByLabel('Email address').inputValue()).toBe('ivy@people.example');
  await expect.poll(() => form.getByLabel('Where').inputValue()).toBe('*');
  expect(await invitations()).toEqual([]);
  await form.getByRole('button', { name: 'Create the invitation' }).click();
  await page.getByText('The link was emailed to this address.').waitFor();
  expect(await invitations()).toEqual(['Ivy']);
  await here.leave(page);
});

test('a page with a form keeps it as well, and the code of the app is asked for', async () => {
  const { store, sealer } = bylaw.services;
  const sealed = sealer.seal(SECRET, totpSecretPlace(sam.id));
  await store.write('system', (tx) =>
    tx.updateTable('users').set({ totp_sealed: sealed }).where('id', '=', sam.id).execute(),
  );
  const page = await here.open(await again(sam));
  await page.goto(`/c/${client.slug}/settings`);
  await page.getByLabel('SIEM').selectOption('sentinel');
  await endSessionsOf(sam);
  await press(page.getByRole('button', { name: 'Save profile' }));
  const dialog = asked(page);
  await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  const code = new TOTP({ secret: Secret.fromBase32(SECRET) }).generate({
    timestamp: bylaw.services.clock().getTime(),
  });
  await dialog.getByLabel('Code from your authenticator app').fill(code);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  const stored = async () => (await bylaw.owner.call('GET', `/clients/${client.slug}`)).body.profile.siem;
  await expect.poll(() => page.getByLabel('SIEM').inputValue()).toBe('sentinel');
  expect(await stored()).toBeUndefined();
  await page.getByRole('button', { name: 'Save profile' }).click();
  await expect.poll(stored).toBe('sentinel');
  await here.leave(page);
});

test('someone else who signs in gets the page again, without what was typed', async () => {
  const page = await here.open(await again(sam));
  const form = await typing('Max', page);
  await endSessionsOf(sam);
  await press(form.getByRole('button', { name: 'Create the invitation' }));
  const dialog = asked(page);
  await dialog.getByLabel('Email address').fill(other.email);
  await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  await page.getByText('Olga Other').first().waitFor();
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  expect(await invitations()).not.toContain('Max');
  await here.leave(page);
});

test('whoever signs in again in another tab goes on here by coming back', async () => {
  const page = await here.open(await again(other));
  const form = await typing('Zoe', page);
  await endSessionsOf(other);
  await press(form.getByRole('button', { name: 'Create the invitation' }));
  await asked(page).waitFor();
  const { cookie } = await again(other);
  const [name = '', value = ''] = cookie.split('=');
  await page.context().addCookies([{ name, value, url: here.origin }]);
  await page.evaluate('dispatchEvent(new Event("focus"))');
  await asked(page).waitFor({ state: 'detached' });
  await form.getByRole('button', { name: 'Create the invitation' }).click();
  await page.getByText('The link was emailed to this address.').waitFor();
  expect((await invitations()).filter((one: string) => one === 'Zoe')).toEqual(['Zoe']);
  await here.leave(page);
});

/** A new session for someone whose sessions were ended. */
async function again(person: TestPerson): Promise<{ cookie: string }> {
  const secret = newSecret();
  const { store, clock } = bylaw.services;
  const now = clock();
  await store.write('system', (tx) =>
    insertSession(tx, {
      userId: person.id,
      secret,
      method: 'password',
      ip: '127.0.0.1',
      userAgent: 'test',
      now,
    }),
  );
  return { cookie: `bylaw_session=${secret}` };
}
