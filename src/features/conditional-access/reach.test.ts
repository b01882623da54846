import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Json, testConsole } from '#server/testing/console.ts';
import { MFA, type Writing, writing } from './testing/writing.ts';

/**
 * People affected by policies that Bylaw made: by Microsoft's own What If, by group and application, and by sign-ins.
 */
let here: Writing;
beforeAll(async () => {
  here = await writing(testConsole);
});
afterAll(() => here.close());

it('checks its What If against Microsoft’s own for people of each outcome, and names what differs', async () => {
  const { microsoft, admin, base, policies, readAgain, givenEnabled } = here;
  await givenEnabled();
  // Many tenants block the device code flow, which does not affect a sign-in in a browser.
  const [like] = policies();
  const codes = {
    ...like,
    id: 'a1de0000-0000-4000-8000-00000000c0de',
    displayName: 'Block device code flow',
    conditions: {
      ...(like?.conditions as object),
      authenticationFlows: { transferMethods: 'deviceCodeFlow,authenticationTransfer' },
    },
    grantControls: { operator: 'OR', builtInControls: ['block'] },
  } as (typeof microsoft.tenant.policies)[0];
  microsoft.tenant.policies.push(codes);
  await readAgain();
  const shown: Json[] = (await admin.call('GET', `${base}/conditional-access`)).body.policies;
  expect(shown.flatMap(({ name, blocks }) => (blocks ? [name] : []))).toEqual(['Block device code flow']);
  const outcomes = async (flow: string) =>
    Object.fromEntries(
      (
        await admin.call('GET', `${base}/conditional-access/everyone?place=elsewhere&flow=${flow}`)
      ).body.outcomes.map(({ is, count }: Json) => [is, count]),
    );
  const usual = await outcomes('none');
  expect(usual.blocked).toBe(0);
  expect(usual.asked).toBeGreaterThan(50);
  expect((await outcomes('deviceCodeFlow')).blocked).toBeGreaterThan(50);
  const byCode = (
    await admin.call('GET', `${base}/conditional-access/what-if/check?place=elsewhere&flow=deviceCodeFlow`)
  ).body;
  expect(byCode, JSON.stringify(byCode)).toMatchObject({ differences: [], open: 0 });
  const query = 'conditional-access/what-if/check?place=elsewhere';
  const check = async () => (await admin.call('GET', `${base}/${query}`)).body;
  const same = await check();
  expect(same, JSON.stringify(same)).toMatchObject({ why: null, differences: [] });
  expect(same.agree).toBe(same.compared);
  expect(same.compared).toBeGreaterThan(1);
  expect(new Set(same.sample.map(({ outcome }: Json) => outcome)).size).toBeGreaterThan(1);
  // Since the policies were read, a person was excluded in Entra and a policy was added.
  const [mfa] = policies();
  const conditions = structuredClone(mfa?.conditions) as { users: { excludeUsers: string[] } };
  const asked = microsoft.exchanges.find(({ path }) => path.endsWith('/evaluate'))?.sent as Json;
  const { userId } = asked.signInIdentity;
  const made = {
    ...mfa,
    id: 'made-elsewhere',
    displayName: 'Made elsewhere',
  } as (typeof microsoft.tenant.policies)[0];
  Object.assign(mfa ?? {}, {
    conditions: {
      ...conditions,
      users: { ...conditions.users, excludeUsers: [...conditions.users.excludeUsers, userId] },
    },
  });
  microsoft.tenant.policies.push(made);
  const other = await check();
  expect(other.differences).toContainEqual({
    person: same.sample[0].person,
    policy: MFA,
    ours: 'yes',
    theirs: 'no',
    reason: 'users',
  });
  expect(other.differences).toContainEqual(
    expect.objectContaining({ policy: 'Made elsewhere', ours: null, theirs: 'yes' }),
  );
  Object.assign(mfa ?? {}, { conditions });
  microsoft.tenant.policies.splice(microsoft.tenant.policies.indexOf(made), 1);
  microsoft.failNext({ path: '/identity/conditionalAccess/evaluate', status: 403, code: 'AccessDenied' });
  const refused = await admin.call('GET', `${base}/${query}`);
  expect([refused.status, refused.body.message]).toEqual([422, expect.stringMatching(/Policy.Read.All/)]);
});

it('is for a group and leaves out an application by decision, and shows whom and what else that reaches', async () => {
  const { admin, base, plan, shown, carriedOut, policies, template, minutes, givenEnabled, givenPilots } =
    here;
  await givenEnabled();
  const pilots = await givenPilots();
  const steps = async (query: string) =>
    (await admin.call('GET', `${base}/conditional-access/templates/mfa?${query}`)).body;
  const wide = await steps('resources=all');
  const counted = ({ covered, leftOut, outside, unknown }: Record<string, number>) =>
    Number(covered) + Number(leftOut) + Number(outside) + Number(unknown);
  expect(wide.reach).toMatchObject({ outside: 0 });
  expect(wide.reach.covered).toBeGreaterThan(50);
  expect(counted(wide.reach)).toBe(wide.reach.people);
  expect(wide.others).toMatchObject({
    total: 2,
    apps: [
      { name: 'Graph Explorer', people: expect.any(Number) },
      { name: 'Microsoft Graph', people: expect.any(Number) },
    ],
  });
  expect(wide.others.apps[0].people).toBeGreaterThan(0);
  const { reach } = await steps('group=Claude%20pilots');
  expect(reach.covered).toBe(2);
  expect(reach.outside).toBeGreaterThan(50);
  expect(counted(reach)).toBe(reach.people);
  expect(await steps('group=Nobody')).toMatchObject({ reach: null, others: null, blocked: true });

  const address = await plan({ resources: 'https://claude.ai' });
  expect([address.status, address.body.message]).toEqual([
    422,
    expect.stringMatching(/no condition on an address/),
  ]);
  expect((await plan({ group: 'Nobody' })).status).toBe(422);
  const connector = '08ad6f98-a4f8-4635-bb8d-f1a3044760f0';
  const chosen = await carriedOut({ state: 'enabled', group: 'Claude pilots', without: connector });
  await minutes(3);
  expect(await shown(chosen.id), JSON.stringify(chosen)).toMatchObject({ state: 'verified' });
  expect(policies()[0]?.conditions).toMatchObject({ users: { includeUsers: [], includeGroups: [pilots] } });
  const mfa = await template('mfa');
  expect(mfa).toMatchObject({
    values: { groups: [pilots] },
    made: { differences: [] },
    without: {
      apps: [connector],
      by: 'Tara Tech',
      reason: 'Everyone who opens Claude shows a second factor',
    },
  });
  expect(mfa.values.applications).not.toContain(connector);
});

it('lists sign-ins with MFA, device and policies, and says whom a narrowing and which devices let through', async () => {
  const { microsoft, admin, base, policies, template, readAgain, now, givenEnabled } = here;
  await givenEnabled();
  const { signIns } = microsoft.tenant;
  const [like] = signIns;
  const [, , first, second] = microsoft.tenant.users.map(({ userPrincipalName }) =>
    String(userPrincipalName),
  );
  const at = new Date(now().getTime() - 60_000).toISOString();
  const from = (n: number, upn: string | undefined, more: object) => ({
    ...like,
    id: `listed-${n}`,
    createdDateTime: at,
    userPrincipalName: upn,
    authenticationRequirement: 'singleFactorAuthentication',
    ...more,
  });
  signIns.push(
    from(1, first, {
      deviceDetail: {
        deviceId: 'd0000000-0000-4000-8000-000000000001',
        displayName: 'KITCHEN-LAPTOP',
        operatingSystem: 'MacOs',
        browser: 'Safari 18',
        isCompliant: false,
        isManaged: false,
      },
      appliedConditionalAccessPolicies: [
        { id: policies()[0]?.id, displayName: MFA, result: 'notApplied', enforcedGrantControls: [] },
      ],
    }),
    from(2, second, { authenticationRequirement: 'multiFactorAuthentication' }),
  );
  const [mfa] = policies();
  const conditions = structuredClone(mfa?.conditions) as Record<string, unknown>;
  Object.assign(mfa?.conditions ?? {}, {
    platforms: { includePlatforms: ['all'], excludePlatforms: ['macOS'] },
  });
  Object.assign(mfa ?? {}, { modifiedDateTime: now().toISOString() });
  const { audits } = microsoft.tenant;
  const [likeTarget] = (audits[1]?.targetResources ?? []) as object[];
  audits.push({
    ...audits[1],
    id: 'Directory_edit',
    activityDateTime: at,
    activityDisplayName: 'Update conditional access policy',
    targetResources: [{ ...likeTarget, id: mfa?.id, displayName: MFA }],
  });
  await readAgain();
  const listed = (await admin.call('GET', `${base}/conditional-access/sign-ins`)).body;
  expect(listed.enforced).toEqual(expect.any(String));
  const of = (upn: string | undefined) =>
    listed.items.find((one: { person: string; at: string }) => one.person === upn?.toLowerCase());
  expect(of(first), JSON.stringify(listed).slice(0, 900)).toMatchObject({
    mfa: false,
    missed: true,
    connector: false,
    device: { name: 'KITCHEN-LAPTOP', os: 'MacOs', compliant: false },
    policies: [{ name: MFA, result: 'notApplied' }],
  });
  expect(of(second)).toMatchObject({ mfa: true, missed: false });
  expect(listed.items.find(({ connector }: { connector: boolean }) => connector)).toMatchObject({
    address: expect.stringMatching(/^160\.79\./),
    missed: false,
  });
  const { made } = await template('mfa');
  expect(made.differences).toMatchObject([{ part: 'excludePlatforms', added: ['macOS'], weaker: true }]);
  expect(made.changedBy).toMatchObject({
    by: 'ragnar.lindqvist@alder.example.org',
    application: false,
    activity: 'Update conditional access policy',
  });
  expect(made.letThrough).toMatchObject({
    signIns: 1,
    people: [{ who: first?.toLowerCase(), devices: ['KITCHEN-LAPTOP'] }],
  });
  // A device that is compliant in Intune by now would no longer be blocked.
  const blocked = async () =>
    (await template('compliant_device')).impact.people.find(
      ({ who }: { who: string }) => who === first?.toLowerCase(),
    );
  expect(await blocked()).toMatchObject({ devices: ['KITCHEN-LAPTOP'] });
  microsoft.tenant.devices.push({
    ...microsoft.tenant.devices[0],
    id: 'd0000000-0000-4000-8000-000000000002',
    azureADDeviceId: 'd0000000-0000-4000-8000-000000000001',
    complianceState: 'compliant',
  });
  await readAgain();
  expect(await blocked()).toBeUndefined();
  Object.assign(mfa ?? {}, { conditions, modifiedDateTime: now().toISOString() });
  await readAgain();
});
// Guide: G3.2-03 G5.4-01 G6.1-08 G6.2-03 G6.2-04 G6.2-05 G6.2-09 G6.3-05 G6.3-07
