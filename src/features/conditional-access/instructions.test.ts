import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Json, testConsole } from '#server/testing/console.ts';
import { APPLICATION } from '../../../sandbox/microsoft/simulator.ts';
import { type Writing, writing } from './testing/writing.ts';

/** Manual steps, in a tenant where the policy was edited in Entra. */
let here: Writing;
beforeAll(async () => {
  here = await writing(testConsole);
});
afterAll(() => here.close());

const CONNECTOR = '08ad6f98-a4f8-4635-bb8d-f1a3044760f0';

it('says in every form what is left out on purpose, and in which tenant', async () => {
  const { admin, base } = here;
  const steps = (
    await admin.call('GET', `${base}/conditional-access/templates/mfa?resources=all&without=${CONNECTOR}`)
  ).body;
  const { applications } = steps.graph.at(-1).body.conditions;
  expect(applications).toMatchObject({ includeApplications: ['All'], excludeApplications: [CONNECTOR] });
  expect(steps.terraform).toContain(`excluded_applications = ["${CONNECTOR}"]`);
  expect(steps.terraform).toContain(`tenant_id = "${APPLICATION.tenant}"`);
  expect(steps.powershell).toContain(`Connect-MgGraph -TenantId '${APPLICATION.tenant}' -Scopes`);
  const clicks = Object.fromEntries(steps.portal.map(({ where, choose }: Json) => [where, choose]));
  expect(clicks).toMatchObject({
    'Target resources > Resources > Include': ['All resources'],
    'Target resources > Resources > Exclude > Select excluded resources': [
      expect.stringContaining(CONNECTOR),
    ],
  });
});

it('takes out whatever was added in Entra: a network, a device flow, guests, a session control', async () => {
  const { admin, base, policies, carriedOut, template, readAgain, minutes, shown, now, givenMade } = here;
  await givenMade();
  const [policy] = policies();
  const conditions = structuredClone(policy?.conditions) as { users: object };
  Object.assign(policy ?? {}, {
    conditions: {
      ...conditions,
      locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] },
      authenticationFlows: { transferMethods: 'deviceCodeFlow' },
      devices: { deviceFilter: { mode: 'exclude', rule: 'device.model -eq "Kiosk"' } },
      users: {
        ...conditions.users,
        excludeGuestsOrExternalUsers: {
          guestOrExternalUserTypes: 'serviceProvider',
          externalTenants: {
            '@odata.type': '#microsoft.graph.conditionalAccessAllExternalTenants',
            membershipKind: 'all',
          },
        },
      },
    },
    sessionControls: { persistentBrowser: { isEnabled: true, mode: 'always' } },
    modifiedDateTime: now().toISOString(),
  });
  await readAgain();
  const parts = (await template('mfa')).made.differences.map(({ part }: Json) => part);
  expect(parts).toEqual([
    'excludeGuests',
    'excludeLocations',
    'otherSession',
    'deviceFilter',
    'otherConditions',
  ]);
  const { portal } = (await admin.call('GET', `${base}/conditional-access/templates/mfa`)).body;
  const clicks = portal.map(({ where, choose }: Json) => `${where}: ${choose.join(', ')}`);
  expect(clicks).toEqual(
    expect.arrayContaining([
      'Conditions > Locations: Configure: No',
      'Conditions > Filter for devices: Configure: No',
      expect.stringMatching(/^Conditions: Configure: No, for every condition/),
      expect.stringMatching(/^Users: .*guests and roles/),
      expect.stringMatching(/^Session: /),
    ]),
  );
  const change = await carriedOut({});
  await minutes(3);
  expect(await shown(change.id), JSON.stringify(change)).toMatchObject({ state: 'verified' });
  expect((await template('mfa')).made.differences).toEqual([]);
  expect(policies()).toHaveLength(1);
});
it('makes no second policy if the first was given up before it was read and renamed in Entra', async () => {
  const { microsoft, technician, act, plan, carriedOut, readAgain, minutes, now } = here;
  const created = await carriedOut({}, 'compliant_device');
  expect(created.state, JSON.stringify(created)).toBe('waiting');
  await act(technician, created.id, 'withdraw', { version: created.version, reason: 'It did not show' });
  await minutes(1);
  const policy = microsoft.tenant.policies.find(({ id }) => id === created.steps[0].id);
  const conditions = structuredClone(policy?.conditions) as { applications: object };
  Object.assign(policy ?? {}, {
    displayName: 'Devices, ours',
    conditions: {
      ...conditions,
      applications: { ...conditions.applications, includeApplications: ['All'] },
    },
    modifiedDateTime: now().toISOString(),
  });
  await readAgain();
  const again = await plan({}, 'compliant_device');
  expect(again.body.steps, JSON.stringify(again.body)).toMatchObject([
    { what: 'change_policy', name: 'Devices, ours' },
  ]);
});
// Guide: G6.2-01 G6.3-01 G6.3-02
