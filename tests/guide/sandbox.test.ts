import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ASSOCIATION } from '../../sandbox/generate.ts';
import { importing } from '../../src/features/imports/testing/importing.ts';
import { TEST_NOW, type TestConsole, testConsole } from '../../src/server/testing/console.ts';

/**
 * Rows of the guide whose `works_when` no other test covers through a public interface: these import files and read the
 * response.
 */
let bylaw: TestConsole;
let slug: string;
let imports: ReturnType<typeof importing>;
let now = TEST_NOW.getTime();

beforeAll(async () => {
  bylaw = await testConsole();
  slug = (await bylaw.owner.call('POST', '/sandbox', {})).body.client;
  imports = importing(bylaw, bylaw.owner, slug);
});
afterAll(() => bylaw.close());

const file = (name: string) => readFile(`${ASSOCIATION}${name}`, 'utf8');
const json = async (name: string) => JSON.parse(await file(name));

/** The verdict of a control after importing a file, a minute after the previous import. */
async function after(name: string, bytes: string, control: string) {
  now += 60_000;
  bylaw.setNow(new Date(now));
  await imports.all([{ name, bytes, modified: new Date(now).toISOString() }]);
  await bylaw.owner.call('POST', `/clients/${slug}/controls/refresh`, {});
  const { state, reason } = (await bylaw.owner.call('GET', `/clients/${slug}/controls/${control}`)).body;
  return { state, reason };
}

it('has no file of a day that has not begun where the association is', async () => {
  // Monday, 11:30 p.m. in New York.
  const evening = await testConsole({ now: new Date('2026-12-01T04:30:00Z') });
  try {
    const { client } = (await evening.owner.call('POST', '/sandbox', {})).body;
    const at = `/clients/${client}`;
    const { items } = (await evening.owner.call('GET', `${at}/imports/readings`)).body;
    const days = new Map<string, string>(
      items.map((item: { kind: string; observedOn: string }) => [item.kind, item.observedOn]),
    );
    expect([...days].filter(([, day]) => day > '2026-11-30')).toEqual([]);
    expect(days.get('members')).toBe('2026-11-24');
    expect((await evening.owner.call('GET', `${at}/journeys`)).body).toMatchObject({
      today: '2026-11-30',
      readOn: { members: '2026-11-24' },
    });
  } finally {
    await evening.close();
  }
});

describe('Conditional Access', () => {
  /** The policies of the sandbox, with the grant controls of one replaced. */
  async function granting(title: string, operator: string, builtInControls: readonly string[]) {
    const policies = await json('Microsoft/ca.json');
    for (const policy of policies.value)
      if (policy.displayName === title)
        Object.assign(policy, {
          state: 'enabled',
          grantControls: { ...policy.grantControls, operator, builtInControls },
        });
    return JSON.stringify(policies);
  }

  it.each([
    ['G6.2-06', 'M365-09', 'Require MFA for Claude AI', 'OR', ['mfa'], 'pass'],
    ['G6.2-06', 'M365-09', 'Require MFA for Claude AI', 'AND', ['mfa', 'compliantDevice'], 'pass'],
    ['G6.2-06', 'M365-09', 'Require MFA for Claude AI', 'OR', ['mfa', 'compliantDevice'], 'fail'],
    ['G6.3-06', 'M365-10', 'Require Compliant Device for Claude AI', 'OR', ['compliantDevice'], 'pass'],
    [
      'G6.3-06',
      'M365-10',
      'Require Compliant Device for Claude AI',
      'OR',
      ['compliantDevice', 'mfa'],
      'fail',
    ],
  ])('%s: %s with “%s” granting by %s of %j: %s', async (_row, control, title, operator, controls, state) => {
    const policies = await granting(title, operator, controls);
    expect(await after('Microsoft/ca.json', policies, control)).toMatchObject({ state });
  });

  it('G1.2-05, G6.5-03, G6.5-04 and G6.5-05: licensed by service plans, and risk from medium up, for all', async () => {
    const licenses = await json('Microsoft/skus.json');
    const plan = (servicePlanId: string, servicePlanName: string) => ({
      servicePlanId,
      servicePlanName,
      provisioningStatus: 'Success',
      appliesTo: 'User',
    });
    const discovery = await after('Microsoft/skus.json', JSON.stringify(licenses), 'VIS-12');
    expect(discovery).toMatchObject({ state: 'not_licensed', reason: expect.stringContaining('Suite') });
    licenses.value[0].servicePlans.push(
      plan('2e2ddb96-6af9-4b1d-a3f0-d6ecfd22edb2', 'ADALLOM_S_STANDALONE'),
      plan('eec0eb4f-6444-4f95-aba0-50c24d67f998', 'AAD_PREMIUM_P2'),
    );
    const full = await after('Microsoft/skus.json', JSON.stringify(licenses), 'VIS-12');
    expect(full.state).not.toBe('not_licensed');

    const policies = await json('Microsoft/ca.json');
    const risky = async (
      signInRiskLevels: readonly string[],
      grant: string,
      often: boolean,
      group?: string,
    ) => {
      const one = structuredClone(policies.value[0]);
      Object.assign(one, {
        id: 'risky',
        displayName: 'Risky sign-ins',
        state: 'enabled',
        grantControls: { ...one.grantControls, operator: 'OR', builtInControls: [grant] },
        sessionControls: often
          ? { signInFrequency: { isEnabled: true, frequencyInterval: 'everyTime', value: null, type: null } }
          : null,
      });
      one.conditions.signInRiskLevels = signInRiskLevels;
      if (group !== undefined)
        Object.assign(one.conditions.users, { includeUsers: [], includeGroups: [group] });
      const bytes = JSON.stringify({ ...policies, value: [...policies.value, one] });
      return after('Microsoft/ca.json', bytes, 'M365-12');
    };
    expect(await risky(['medium', 'high'], 'mfa', true)).toMatchObject({ state: 'pass' });
    expect(await risky(['high'], 'mfa', true)).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('acts only at sign-in risk high'),
    });
    expect(await risky(['medium', 'high'], 'mfa', false)).toMatchObject({ state: 'fail' });
    expect(await risky(['medium', 'high'], 'block', false)).toMatchObject({ state: 'pass' });
    const [group] = (await json('Microsoft/groups.json')).value;
    expect(await risky(['medium', 'high'], 'mfa', true, group.id)).toMatchObject({
      state: 'fail',
      reason: expect.stringContaining('Mara Ellingsworth'),
    });
  });
});

it('G2.2-05 and G2.2-06: open accounts stand beside verification, and one opened later fails the block', async () => {
  const report = await json('Claude/memberships.json');
  const verified = await bylaw.owner.call('GET', `/clients/${slug}/controls/ACC-10`);
  expect(verified.body).toMatchObject({
    state: 'pass',
    reason: expect.stringContaining('in the report of Nov 20, 2026: 3'),
  });
  const [outside] = report.memberships.filter((one: { in_organization: boolean }) => !one.in_organization);
  report.memberships.push({
    ...outside,
    email_address: 'brand.new@alder.example.org',
    name: 'Brand New',
    created_at: '2026-11-23T10:00:00Z',
  });
  expect(await after('Claude/memberships later.json', JSON.stringify(report), 'SHA-01')).toMatchObject({
    state: 'fail',
    reason: expect.stringContaining('Brand New'),
  });
});

it('G4-01: whoever linked Microsoft 365 without a seat is a finding', async () => {
  const grants = await json('Microsoft/grants.json');
  const users: { id: string; mail: string }[] = (await json('Microsoft/users.json')).value;
  const value = ['soren.vantongeren', 'lotte.fairweather'].map((name, at) => ({
    ...grants.value[0],
    id: `grant-${at}`,
    consentType: 'Principal',
    principalId: users.find(({ mail }) => mail === `${name}@alder.example.org`)?.id,
  }));
  const found = await after('Microsoft/grants.json', JSON.stringify({ ...grants, value }), 'SHA-05');
  expect(found).toMatchObject({ state: 'fail', reason: expect.stringContaining('Lotte Fairweather') });
  expect(found.reason).not.toContain('Soren');
});

it('G7.3-05: who attended counts over the members, and who lapsed is named', async () => {
  const journal = await file('what happened.yaml');
  const members = (await file('Claude/alder-members (1).csv')).trim().split('\n').slice(1);
  const addresses = members.map((line) => line.split(',')[1]);
  const attended = `attended: [${addresses.slice(0, 60).join(', ')}]`;
  const bytes = journal.replace(
    'topic: Using Claude well, everyone: true',
    `topic: Using Claude well, ${attended}`,
  );
  expect(bytes).not.toBe(journal);
  now += 60_000;
  bylaw.setNow(new Date(now));
  await imports.all([{ name: 'what happened.yaml', bytes, modified: new Date(now).toISOString() }]);
  const { body: claims } = await bylaw.owner.call('GET', `/clients/${slug}/claims`);
  const waiting = claims.items.filter(({ state }: { state: string }) => state === 'waiting');
  const confirmed = await bylaw.owner.call('POST', `/clients/${slug}/claims/confirm`, {
    claims: waiting.map(({ id }: { id: string }) => id),
  });
  expect(confirmed.status).toBe(201);
  await bylaw.owner.call('POST', `/clients/${slug}/controls/refresh`, {});
  const { body } = await bylaw.owner.call('GET', `/clients/${slug}/controls/OPS-12`);
  expect(body.state).toBe('fail');
  expect(body.reason).toMatch(/^3 of 63 members .*Ilse Marchetti, Noor Vasquez-Lind and Kit Hargreaves/);
});
// Guide: G1.2-05 G2.2-05 G2.2-06 G4-01 G6.2-06 G6.3-06 G6.5-03 G6.5-04 G6.5-05 G7.3-05
