import { afterAll, beforeAll, expect, test } from 'vitest';
import { policy } from '../../sandbox/alder/microsoft.ts';
import { roleHeld } from '../../sandbox/microsoft/roles.ts';
import { type LiveTenant, liveTenant } from '../../src/features/conditional-access/testing/live.ts';
import { type ConsoleBrowser, openConsole } from '../support/console-browser.ts';
import { inEveryLook } from '../support/looks.ts';

/** What If for a tenant that is read live. */
let here: ConsoleBrowser;
let live: LiveTenant;

beforeAll(async () => {
  // One read must finish all lists before its request stops waiting.
  live = await liveTenant(async (options) => {
    here = await openConsole(options);
    return here.bylaw;
  }, 0.5);
}, 900_000);
afterAll(async () => {
  await here.close();
  await live.close();
});

test('a group that nobody read is read with one click, and What If no longer asks for it', async () => {
  const { tenant } = live.microsoft;
  const pilot = 'a1de0000-0000-4000-8000-00000000abcd';
  tenant.policies.push({
    id: 'a1de0000-0000-4000-8000-00000000abce',
    ...policy({
      n: 40,
      name: 'Block the pilot',
      state: 'enabled',
      applications: ['All'],
      grant: { operator: 'OR', builtInControls: ['block'] },
      created: '2026-11-18T15:00:00Z',
      conditions: { users: { includeUsers: [], includeGroups: [pilot] } },
    }),
  });
  // A policy for a role applies to people who hold the role through a group.
  const admins = '9a000000-0000-4000-8000-000000000002';
  const reader = 'f2ef992c-3afb-46b9-b7cf-a126ee74c451';
  const [member, other] = tenant.users;
  tenant.groups.push({
    id: admins,
    displayName: 'Cloud admins',
    members: [{ ...member, id: String(member?.id) }],
  });
  tenant.roles.push(roleHeld(admins, reader));
  tenant.policies.push({
    id: 'a1de0000-0000-4000-8000-00000000abcf',
    ...policy({
      n: 41,
      name: 'Ask administrators',
      state: 'enabled',
      applications: ['All'],
      grant: { operator: 'OR', builtInControls: ['mfa'] },
      created: '2026-11-18T15:00:00Z',
      conditions: { users: { includeUsers: [], includeRoles: [reader] } },
    }),
  });
  live.pass(3_600);
  const sources = `/clients/${live.client.slug}/sources`;
  const { connections } = (await live.technician.call('GET', sources)).body;
  const { connection } = connections.find(({ streams }: { streams: { stream: string }[] }) =>
    streams.some(({ stream }) => stream === 'groups'),
  );
  expect((await live.technician.call('POST', `${sources}/${connection}/read`, {})).status).toBe(201);
  const asked = async (upn: unknown): Promise<string | undefined> => {
    const path = `/clients/${live.client.slug}/conditional-access/what-if?person=${encodeURIComponent(String(upn))}`;
    const { policies } = (await live.technician.call('GET', path)).body;
    return policies.find(({ name }: { name: string }) => name === 'Ask administrators')?.applies;
  };
  expect([await asked(member?.userPrincipalName), await asked(other?.userPrincipalName)]).toEqual([
    'yes',
    'no',
  ]);
  const page = await here.open(live.technician);
  await page.goto(`/c/${live.client.slug}/conditional-access?tab=what-if`);
  const notice = page.getByText('Some outcomes cannot be determined');
  await notice.first().waitFor();
  await inEveryLook(page);
  live.pass(3_600);
  tenant.groups.push({ id: pilot, displayName: 'Pilot', securityEnabled: true, members: [] });
  await page.getByRole('button', { name: 'Read Microsoft 365 now' }).click();
  // Without leaving or reloading the page.
  await expect.poll(() => notice.count()).toBe(0);
  await here.leave(page);
});
