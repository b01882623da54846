import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LiveTenant, liveTenant } from '../../src/features/conditional-access/testing/live.ts';
import { type ConsoleBrowser, openConsole } from '../support/console-browser.ts';
import { inEveryLook } from '../support/looks.ts';

/** MFA in a tenant without policies: two people take it from report-only through two weeks to enforcement and back. */
let here: ConsoleBrowser;
let live: LiveTenant;
let home: string;

beforeAll(async () => {
  live = await liveTenant(async (options) => {
    here = await openConsole(options);
    return here.bylaw;
  });
  home = `/c/${live.client.slug}/conditional-access`;
}, 900_000);
afterAll(async () => {
  await here.close();
  await live.close();
});

interface Policy {
  readonly state: string;
  readonly conditions: { readonly users: { readonly excludeUsers: readonly string[] } };
}
const policies = () =>
  live.microsoft.tenant.policies.filter(
    ({ displayName }) => displayName === 'Require MFA for Claude AI',
  ) as unknown as readonly Policy[];
const state = () => policies()[0]?.state;
const mfa = (page: Page) => page.getByRole('region', { name: 'MFA for everyone who opens Claude' });

/** Adds a sign-in to Claude, `days` days ago, for each person; the flag says whether MFA was used. */
function signInsSince(days: number, ...upns: readonly [string, boolean][]): void {
  const { signIns } = live.microsoft.tenant;
  const [like] = signIns;
  signIns.push(
    ...upns.map(([userPrincipalName, second], n) => ({
      ...like,
      id: `walk-${n}`,
      createdDateTime: new Date(live.now().getTime() - days * 86_400_000).toISOString(),
      userPrincipalName,
      authenticationRequirement: second ? 'multiFactorAuthentication' : 'singleFactorAuthentication',
    })),
  );
}

/** Plans a change as the technician, approves it as the client's admin, and has it carried out. */
async function lead(to: string): Promise<void> {
  const page = await here.open(live.technician);
  await page.goto(home);
  await mfa(page).getByRole('button', { name: 'Plan a change' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Bring it to').selectOption(to);
  await dialog.getByText(/^It is for \d+ of \d+ people/).waitFor();
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Staff show a second factor');
  await inEveryLook(page);
  await dialog.getByRole('button', { name: 'Plan it' }).click();
  await mfa(page).getByText('Planned. Someone else approves it.').waitFor();
  await here.leave(page);
  const other = await here.open(live.admin);
  await other.goto(home);
  await mfa(other).getByRole('button', { name: 'Approve exactly this change' }).click();
  await mfa(other).getByRole('button', { name: 'Carry it out in Entra' }).click();
  await mfa(other).getByText('Carried out. It is done once a later reading shows it.').waitFor();
  await here.leave(other);
  await live.minutes(3);
  expect(state()).toBe(to);
}

test('leads MFA from nothing through report-only to enforcement and back, and leaves someone out for a day', async () => {
  const [, , person, second] = live.microsoft.tenant.users.map((one) => String(one.userPrincipalName));
  await lead('enabledForReportingButNotEnforced');
  await live.days(15);
  signInsSince(3, [String(person), false], [String(second), true]);
  // One run of the source job reads only as many streams as it has time for.
  await live.minutes(8);

  const page = await here.open(live.technician);
  await page.goto(home);
  const affected = mfa(page).getByText(/would have been asked for further proof/);
  await affected.waitFor();
  await mfa(page).locator('summary', { hasText: 'Who' }).first().click();
  await mfa(page).getByText(`${person}: 1 sign-in`).waitFor();
  await expect.poll(() => mfa(page).getByText(`${second}:`).count()).toBe(0);
  await here.leave(page);

  await lead('enabled');
  const next = await here.open(live.technician);
  await next.goto(home);
  await mfa(next)
    .getByText(/^Of \d+ sign-ins? it would have asked for further proof from \d+ (person|people)/)
    .waitFor();
  await next.getByRole('button', { name: 'Exclude someone…' }).click();
  const dialog = next.getByRole('dialog');
  await dialog.getByLabel('Person').fill(String(person));
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('The phone is broken');
  await dialog.getByLabel('Last day').fill(live.now().toISOString().slice(0, 10));
  await dialog.getByRole('button', { name: 'Exclude' }).click();
  const card = next.getByRole('region', { name: 'Temporary exclusions' });
  await card.getByText('Waiting for a reading that shows it').waitFor();
  await live.minutes(3);
  const id = live.microsoft.tenant.users.find(({ userPrincipalName }) => userPrincipalName === person)?.id;
  expect(policies()[0]?.conditions.users.excludeUsers).toContain(id);
  await card.getByText('Excluded, as the last reading shows').waitFor();
  await inEveryLook(next);
  await live.days(1);
  await live.minutes(3);
  expect(policies()[0]?.conditions.users.excludeUsers).not.toContain(id);
  await card.getByText('No one is excluded.').waitFor();

  await mfa(next).getByRole('button', { name: 'Return to report-only' }).click();
  await mfa(next)
    .getByText(/Carried out\./)
    .waitFor();
  await live.minutes(3);
  expect(state()).toBe('enabledForReportingButNotEnforced');
  expect(policies()).toHaveLength(1);
  await here.leave(next);
}, 900_000);
// Guide: G6.2-01 G6.2-03 G6.2-07 G6.3-04
