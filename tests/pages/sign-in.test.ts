import { Secret, TOTP } from 'otpauth';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { firstOwnerLink } from '../../src/features/sign-in/first-owner.ts';
import { type ConsoleBrowser, openConsole } from '../support/console-browser.ts';
import { expectMessage } from '../support/expect-message.ts';
import { inLooks } from '../support/looks.ts';
import { it, test } from '../support/two-runs.ts';

/**
 * Sign-in of the first person in a real browser: the one-time link, a passkey and an authenticator app in addition to
 * the password, and signing out and in with each. Each page is checked.
 */
const PASSWORD = 'four quiet wooden herons';
let here: ConsoleBrowser;
let bylaw: ConsoleBrowser['bylaw'];
let context: BrowserContext;
let page: Page;
let origin: string;
let secret = '';
let recovery: string[] = [];

beforeAll(async () => {
  here = await openConsole({ now: new Date() });
  ({ bylaw, origin } = here);
  await bylaw.services.store.write('system', (tx) => tx.deleteFrom('users').execute());
  page = await here.open(null);
  context = page.context();
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
});
afterAll(() => here.close());

const looksRight = inLooks();

/** Uses the console's clock, which stands still however slow the machine is. */
const code = () =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: bylaw.services.clock().getTime() });
const passwordField = () => page.getByLabel('Password', { exact: true });
const atHome = () => page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));

async function signOut(): Promise<void> {
  await context.clearCookies();
  await page.goto(`${origin}/me`);
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
}

async function typePassword(): Promise<void> {
  await page.getByLabel('Email address').fill('dana@kestrel.example');
  await passwordField().fill(PASSWORD);
  await page.keyboard.press('Enter');
}

it('the one-time link makes the owner, who adds a passkey and an app', async () => {
  await page.goto((await firstOwnerLink(bylaw.services)) ?? '');
  await page.getByRole('heading', { name: 'Who are you?' }).waitFor();
  await looksRight(page);
  await page.getByLabel('Your name').fill('Dana Whitlock');
  await page.getByLabel('Email address').fill('dana@kestrel.example');
  await passwordField().fill('danawhitlock1');
  await page.keyboard.press('Enter');
  await page.getByText('little more than your name').waitFor();
  await passwordField().fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Secure your account' }).waitFor();
  expect(new URL(page.url()).hash).toBe('');
  // The page's one filled button is the next step.
  const filled = page.locator('main button[data-variant="filled"]');
  await expect.poll(() => filled.allTextContents()).toEqual(['Add a passkey']);
  await page.getByLabel('Name of the passkey').fill('Laptop');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByText('Added', { exact: true }).waitFor();
  await expect.poll(() => filled.allTextContents()).toEqual(['Continue to the first client']);
  await page.getByRole('button', { name: 'Set up an app' }).click();
  await page.getByRole('img', { name: /QR code/ }).waitFor();
  await looksRight(page);
  secret = (await page.locator('code').first().textContent()) ?? '';
  await page.getByLabel('First code').fill(code());
  await page.getByRole('button', { name: 'Confirm' }).click();
  const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
  await codes.first().waitFor();
  recovery = await codes.allTextContents();
  expect(recovery).toHaveLength(10);
  await looksRight(page);
  const finish = page.getByRole('button', { name: 'Done' });
  await expect.poll(() => finish.isDisabled()).toBe(true);
  await page.getByRole('checkbox').check();
  await finish.click();
  await page.getByRole('button', { name: 'Continue to the first client' }).click();
  await page.waitForURL(`${origin}/start/client`);
});

it('the account shows what was set up, and the page after sign-in is the one that was wanted', async () => {
  await signOut();
  await looksRight(page);
  await typePassword();
  await page.getByLabel(/Code from your authenticator app/).fill(recovery[0] ?? '');
  await looksRight(page);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${origin}/me`);
  await page.getByText('9 recovery codes left').waitFor();
  await page.getByText('Laptop', { exact: true }).waitFor();
  await page.getByText('this browser').waitFor();
  await looksRight(page);
});

test('a wrong password says so in words that a screen reader speaks, and keeps the address', async () => {
  await signOut();
  await page.getByLabel('Email address').fill('dana@kestrel.example');
  await passwordField().fill('not this one at all');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: 'The email address or the password is wrong.' }).waitFor();
  await expect.poll(() => page.getByLabel('Email address').inputValue()).toBe('dana@kestrel.example');
});

it('a passkey signs in by itself', async () => {
  await signOut();
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await atHome();
  await page.getByRole('heading', { name: 'My account' }).waitFor();
});

it('a change of how one signs in asks for a proof once ten minutes have passed', async () => {
  bylaw.setNow(new Date(Date.now() + 11 * 60_000));
  await page.getByLabel('New password').fill('new harbour lights blink');
  await page.getByRole('button', { name: 'Change password' }).click();
  const dialog = page.getByRole('dialog', { name: 'Confirm your identity' });
  await dialog.getByLabel('Password', { exact: true }).fill('wrong password here');
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await dialog.getByRole('alert').filter({ hasText: 'The password is wrong.' }).waitFor();
  await looksRight(page);
  await dialog.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await expectMessage(page, 'Your password is changed.', () =>
    dialog.getByRole('button', { name: 'Continue' }).click(),
  );
});

test('the proof is asked for in front of the dialog whose act needs it', async () => {
  bylaw.setNow(new Date(Date.now() + 25 * 60_000));
  await page.goto(`${origin}/access`);
  await page.getByRole('button', { name: 'Invite a person' }).click();
  const invitation = page.getByRole('dialog', { name: 'Invite a person' });
  await invitation.getByLabel('Name').fill('Hanna Reyes');
  await invitation.getByLabel('Email address').fill('hanna@alder.example.org');
  await invitation.getByLabel('Where').selectOption({ label: 'All clients and the workspace' });
  await invitation.getByRole('button', { name: 'Create the invitation' }).click();
  const proof = page.getByRole('dialog', { name: 'Confirm your identity' });
  await proof.getByLabel('Password', { exact: true }).fill('new harbour lights blink');
  await proof.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('dialog', { name: 'Invitation for Hanna Reyes' }).waitFor();
});

test('who has no passkey proves their identity by password and is not offered one', async () => {
  const theirs = await here.open(await bylaw.person('technician', null, 'Theo Technician'));
  bylaw.setNow(new Date(Date.now() + 50 * 60_000));
  await theirs.goto('/me');
  await theirs.getByRole('textbox', { name: 'Password' }).fill('new harbour lights blink');
  await theirs.getByRole('button', { name: /password$/ }).click();
  const dialog = theirs.getByRole('dialog', { name: 'Confirm your identity' });
  await dialog.getByLabel('Password', { exact: true }).waitFor();
  await expect.poll(() => dialog.getByRole('button', { name: /passkey/ }).count()).toBe(0);
  await here.leave(theirs);
});

it('what a provider refused is said in our words only', async () => {
  await context.clearCookies();
  await page.goto(`${origin}/sign-in?problem=unverified`);
  await page.getByText('does not vouch for your email address').waitFor();
  await looksRight(page);
  await page.goto(`${origin}/sign-in?problem=Call+555-0100+at+once`);
  await page.getByLabel('Email address').waitFor();
  await expect.poll(() => page.locator('main').textContent()).not.toContain('555-0100');
});
