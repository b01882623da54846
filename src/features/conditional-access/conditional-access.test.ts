import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PolicyBody } from '#domain/conditional-access/body.ts';
import { differences } from '#domain/conditional-access/difference.ts';
import { explainPolicy } from '#domain/conditional-access/explain.ts';
import type { CaPolicyRow } from '#domain/model/kinds.ts';
import { CONNECTOR_APPS } from '#domain/rules/microsoft/apps.ts';
import { input } from '#domain/rules/microsoft/testing-tenant.ts';
import { type TestConsole, testConsole } from '#server/testing/console.ts';
import { loadCatalogue } from '#sources/catalogue/load.ts';
import { readCaPolicy } from '#sources/microsoft/ca-policy.ts';
import { ASSOCIATION } from '../../../sandbox/generate.ts';
import { continueChanges } from '../changes/verify.ts';
import { counting } from '../imports/testing/importing.ts';
import { later } from '../people/testing.ts';
import { storeFacts } from '../verdicts/testing.ts';

/** Conditional Access for Claude over HTTP, with the sandbox association and with exported policies. */
let bylaw: TestConsole;
let base: string;
let empty: string;

beforeAll(async () => {
  bylaw = await testConsole();
  base = `/clients/${(await bylaw.owner.call('POST', '/sandbox', {})).body.client}/conditional-access`;
  empty = `/clients/${(await bylaw.client('Rowan Guild')).slug}/conditional-access`;
});
afterAll(() => bylaw.close());

const SSO = 'a1de5500-1111-4222-8333-0123456789ab';
const GLASS = 'a1de0000-0000-4000-8000-000000009001';
const get = async (path: string) => (await bylaw.owner.call('GET', path)).body;

interface Template {
  readonly id: string;
  readonly offered: string;
  readonly covered: string;
  readonly made: { readonly differences: readonly { readonly part: string }[] } | null;
}

describe('what Conditional Access does for Claude', () => {
  it('says of each policy of the guide whether it is licensed, what covers it, and how the one in Entra differs', async () => {
    const shown = await get(base);
    expect(shown.signIn).toMatchObject({ is: 'present', around: null });
    const of = (id: string): Template => shown.templates.find((one: Template) => one.id === id);
    expect(of('mfa')).toMatchObject({
      offered: 'yes',
      covered: 'pending',
      made: {
        name: 'Require MFA for Claude AI',
        state: 'enabledForReportingButNotEnforced',
        by: 'name',
        due: '2026-12-02',
        differences: [],
      },
    });
    // The policy accepts MFA instead of a compliant device, so it does not require the latter.
    expect(of('compliant_device')).toMatchObject({
      covered: 'gap',
      made: {
        state: 'enabled',
        differences: [
          { part: 'operator', added: ['OR'], missing: [] },
          { part: 'controls', added: ['mfa'], missing: [], weaker: true },
        ],
      },
    });
    expect(of('sign_in_risk')).toMatchObject({ offered: 'no', made: null });
    expect(of('session_control')).toMatchObject({
      offered: 'no',
      made: null,
      // Settings that no API can make are entered by hand.
      sheet: expect.arrayContaining([
        {
          where: expect.stringMatching(/Activity source/),
          choose: expect.arrayContaining(['Activity type: File upload']),
        },
      ]),
    });
    const foreign = shown.policies.find(({ name }: { name: string }) => name.startsWith('Block sign-in'));
    expect(foreign).toMatchObject({ covers: [], asks: ['a block'] });
  });

  it('measures who would have met a policy, and names people only to those who may see people', async () => {
    const impact = async (who: { call: TestConsole['owner']['call'] }) =>
      (await who.call('GET', base)).body.templates.find(({ id }: Template) => id === 'compliant_device')
        .impact;
    const seen = await impact(bylaw.owner);
    expect(seen).toMatchObject({ is: 'measured', what: 'blocked' });
    expect(seen.people).toHaveLength(seen.count);
    expect(seen.count).toBeGreaterThan(0);
  });

  it('gives the steps in every form, with the client’s values and nothing to fill in', async () => {
    const enable = await get(`${base}/templates/mfa?state=enabled`);
    expect(enable.steps).toEqual([
      { do: 'change_policy', name: 'Require MFA for Claude AI', id: expect.any(String), parts: ['state'] },
    ]);
    expect(enable.graph[0]).toMatchObject({ method: 'PATCH', body: { state: 'enabled' } });
    expect(enable.portal).toHaveLength(1);
    expect(await get(`${base}/templates/mfa`)).toMatchObject({ steps: [], blocked: false });

    const risk = await get(`${base}/templates/sign_in_risk`);
    expect(risk.steps.map((step: { do: string }) => step.do)).toEqual(['create_location', 'create_policy']);
    const body: PolicyBody = risk.policy;
    expect(body.conditions.applications.includeApplications[0]).toBe(SSO);
    expect(body.conditions.users).toMatchObject({ includeUsers: ['All'], excludeGroups: [GLASS] });
    expect(risk.graph[0].body).toMatchObject({ isTrusted: false });
    expect(risk.powershell).toContain("$body.Replace('{id of the new location}', $location.id)");
    expect(risk.terraform).toContain('azuread_named_location.anthropic_connector.object_id');
    expect(risk.terraform).toContain('sign_in_frequency_interval = "everyTime"');
    const device = await get(`${base}/templates/compliant_device?state=enabledForReportingButNotEnforced`);
    expect(device.policy.conditions.platforms.excludePlatforms).toEqual(['macOS', 'iOS', 'android']);
    const on = await get(`${base}/templates/compliant_device?state=enabled`);
    expect(on.policy.conditions.platforms).toBeUndefined();
    expect(on.graph[0].body.grantControls).toMatchObject({ builtInControls: ['compliantDevice'] });
  });

  it('says for a chosen person, device and place what applies, and counts everybody', async () => {
    const person = 'soren.vantongeren@alder.example.org';
    const asked = await get(
      `${base}/what-if?person=${encodeURIComponent(person)}&device=not_compliant&place=elsewhere`,
    );
    expect(asked.person).not.toBeNull();
    const applies = (name: string) =>
      asked.policies.find((one: { name: string }) => one.name === name)?.applies;
    expect(applies('Require MFA for Claude AI')).toBe('yes');
    const all = await get(`${base}/everyone?device=not_compliant`);
    const counted = all.outcomes.reduce((sum: number, one: { count: number }) => sum + one.count, 0);
    expect(counted).toBe(all.people);
    expect(all.unknownMembers).toEqual(expect.any(Array));
    expect(await get(`${base}/what-if?person=nobody@alder.example.org`)).toMatchObject({
      person: null,
      outcome: null,
    });
  });

  it('leads a policy from report-only to enforced: planned, approved by another, proved by the next import, and back', async () => {
    const sandbox = base.replace('/conditional-access', '');
    const { id: clientId } = (await bylaw.owner.call('GET', sandbox)).body;
    const technician = await bylaw.person('technician', clientId, 'Tara Tech');
    const admin = await bylaw.person('client_admin', clientId, 'Adele Admin');
    const plan = (intent: object) =>
      technician.call('POST', `${sandbox}/changes`, {
        target: 'conditional_access',
        subject: 'mfa',
        reason: 'Two weeks have passed',
        intent,
      });
    const early = await plan({ state: 'enabled' });
    expect([early.status, early.body.message]).toEqual([422, expect.stringContaining('It reports until')]);
    expect((await plan({ state: 'disabled now' })).status).toBe(422);
    const risk = await technician.call('POST', `${sandbox}/changes`, {
      target: 'conditional_access',
      subject: 'sign_in_risk',
      reason: 'It would be good',
    });
    // Nothing is planned that the licenses do not include.
    expect(risk.status).toBe(422);

    const gate = async () => {
      const { doNow } = (await technician.call('GET', `${sandbox}/home`)).body;
      return doNow.find(({ verb }: { verb: string }) => verb === 'enforce');
    };
    expect(await gate()).toBeUndefined();
    await later(bylaw, '2026-12-03T15:00:00Z');
    expect(await gate()).toMatchObject({
      subject: 'mfa',
      title: 'Decide whether to enforce “Require MFA for Claude AI”',
      detail: expect.stringMatching(/^Report-only ended on \w+ \d+, 2026\. (It would have asked|Of) \d+/),
    });
    const { body: change } = await plan({ state: 'enabled' });
    // The planned change awaits approval, so it is not offered for a decision here again.
    expect(await gate()).toBeUndefined();
    expect(change).toMatchObject({
      state: 'planned',
      title: 'Enable: Require MFA for Claude AI',
      steps: [{ what: 'change_policy', body: { state: 'enabled' } }],
      measured: { people: expect.any(Number) },
    });
    const at = `${sandbox}/changes/${change.id}`;
    const approved = await admin.call('POST', `${at}/approve`, {
      version: change.version,
      plan: change.plan,
    });
    const { version } = approved.body;
    expect(await technician.call('POST', `${at}/carry-out`, { version })).toMatchObject({
      body: { state: 'waiting' },
    });
    await continueChanges(bylaw.services);
    // Readings from before the change was applied are not evidence of it.
    expect((await technician.call('GET', at)).body).toMatchObject({ state: 'waiting', lacks: [] });

    await later(bylaw, '2026-12-04T15:00:00Z');
    const ca = JSON.parse(readFileSync(`${ASSOCIATION}/Microsoft/ca.json`, 'utf8'));
    const bring = async (name: string, day: string, change: (policy: Record<string, unknown>) => void) => {
      change(ca.value[0]);
      await counting(bylaw, clientId, [
        { name: `Microsoft/${name}.json`, bytes: JSON.stringify(ca), modified: `${day}T14:00:00Z` },
      ]);
    };
    await bring('ca-enabled', '2026-12-04', (policy) => {
      policy.state = 'enabled';
    });
    await continueChanges(bylaw.services);
    const done = (await technician.call('GET', at)).body;
    expect(done).toMatchObject({ state: 'verified', receipt: expect.any(String), may: { undo: true } });
    const mfa = async () => (await get(base)).templates.find(({ id }: Template) => id === 'mfa');
    expect(await mfa()).toMatchObject({ covered: 'covered', made: { by: 'id', differences: [] } });

    // Edited in Entra: a new name is a rename, but an excluded application or group is drift.
    await later(bylaw, '2026-12-05T15:00:00Z');
    await bring('ca-edited', '2026-12-05', (policy) => {
      policy.displayName = 'MFA, old';
      (
        policy.conditions as { applications: { excludeApplications: string[] } }
      ).applications.excludeApplications = [SSO];
    });
    expect(await mfa()).toMatchObject({
      covered: 'gap',
      made: {
        by: 'id',
        name: 'MFA, old',
        differences: [
          { part: 'name', weaker: false },
          { part: 'excludeApplications', added: [SSO], weaker: true },
        ],
      },
    });
    const back = await technician.call('POST', `${at}/undo`, { reason: 'Phones are lost' });
    // Approval of enabling the policy includes approval of reverting it.
    expect(back.body).toMatchObject({ state: 'approved', alone: true, undoes: change.id });
    expect(back.body.steps[0].body).toMatchObject({ state: 'enabledForReportingButNotEnforced' });
  });

  it('is work for the client’s MSP technician, who starts it here; others read it', async () => {
    const sandbox = base.replace('/conditional-access', '');
    const { id } = (await bylaw.owner.call('GET', sandbox)).body;
    const technician = await bylaw.person('technician', id, 'Tess Technician');
    const auditor = await bylaw.person('auditor', id, 'Otto Auditor');
    const audience = `${sandbox}/work/audiences/msp_technician`;
    const held = await bylaw.owner.call('PUT', audience, { version: 0, owner: technician.email });
    expect(held.status, JSON.stringify(held.body)).toBe(200);
    const mine = (await technician.call('GET', `${sandbox}/work`)).body.items.filter(
      (one: { mine: boolean; control: { id: string } | null }) =>
        one.mine && one.control?.id === 'CLA-M365-10',
    );
    expect(mine).not.toEqual([]);
    const { audiences } = (await technician.call('GET', `${sandbox}/work/audiences`)).body;
    expect(JSON.stringify(audiences.find((one: { mine: boolean }) => one.mine).pages)).toContain(
      '/conditional-access',
    );
    expect((await auditor.call('GET', base)).status).toBe(200);
    const change = { target: 'conditional_access', subject: 'mfa', reason: 'To see whether it may' };
    expect((await auditor.call('POST', `${sandbox}/changes`, change)).status).toBe(403);
  });

  it('locks the policies without Entra ID P1, with the purchase that unlocks them and its price, until P1 is read', async () => {
    const client = await bylaw.client('Basic Guild', {
      m365: 'business_basic_standard',
      staffCount: 30,
      claudeSeats: 20,
    });
    const read = (name: string) => readFileSync(`${ASSOCIATION}/Microsoft/${name}`, 'utf8');
    const skus = JSON.parse(read('skus.json'));
    const sku = (skuPartNumber: string, plans: readonly (readonly [string, string])[]) => ({
      ...skus.value[0],
      skuPartNumber,
      skuId: '3b555118-da6a-4418-894f-7df1e2096870',
      servicePlans: plans.map(([servicePlanName, servicePlanId]) => ({
        servicePlanName,
        servicePlanId,
        provisioningStatus: 'Success',
        appliesTo: 'User',
      })),
    });
    const basic = sku('O365_BUSINESS_ESSENTIALS', [
      ['EXCHANGE_S_STANDARD', '9aaf7827-d63c-4b61-89c3-182f06f82e5c'],
    ]);
    const bring = (files: Record<string, string>) =>
      storeFacts({
        store: bylaw.services.store,
        clientId: client.id,
        now: bylaw.services.clock(),
        files,
      });
    await later(bylaw, '2026-12-06T15:00:00Z');
    const names = ['apps.json', 'ca.json', 'groups.json', 'locations.json', 'users.json'];
    await bring({
      'charter.yaml': readFileSync(`${ASSOCIATION}/charter.yaml`, 'utf8'),
      ...Object.fromEntries(names.map((name) => [name, read(name)])),
      'skus.json': JSON.stringify({ ...skus, value: [basic] }),
    });
    const mfa = async () =>
      (await get(`/clients/${client.slug}/conditional-access`)).templates.find(
        ({ id }: Template) => id === 'mfa',
      );
    const locked = await mfa();
    expect(locked).toMatchObject({ offered: 'no' });
    expect(locked.unlock[0]).toMatchObject({ name: expect.any(String), month: expect.stringMatching(/\$/) });
    await later(bylaw, '2026-12-07T15:00:00Z');
    const p1 = {
      ...sku('AAD_PREMIUM', [['AAD_PREMIUM', '41781fb2-bc02-4b7c-bd55-b576c07bb09d']]),
      skuId: '078d2b04-f1bd-4111-bbd4-b4b1b354cef4',
    };
    await bring({ 'skus.json': JSON.stringify({ ...skus, value: [basic, p1] }) });
    expect(await mfa()).toMatchObject({ offered: 'yes', unlock: [] });

    // With more policies than are listed the result is not known, and the rest is counted.
    const ca = JSON.parse(read('ca.json'));
    const [first] = ca.value;
    const many = Array.from({ length: 53 }, (_, at) => ({
      ...first,
      id: `a1de0000-0000-4000-8000-${String(at).padStart(12, '0')}`,
      displayName: `Codes ${at}`,
      state: 'enabled',
      conditions: {
        ...first.conditions,
        users: { ...first.conditions.users, includeUsers: ['All'] },
        applications: { ...first.conditions.applications, includeApplications: ['All'] },
        authenticationFlows: { transferMethods: 'deviceCodeFlow' },
      },
      grantControls: { ...first.grantControls, builtInControls: ['block'] },
    }));
    await later(bylaw, '2026-12-08T15:00:00Z');
    await bring({ 'ca.json': JSON.stringify({ ...ca, value: many }) });
    const everybody = await get(`/clients/${client.slug}/conditional-access/everyone?flow=unknown`);
    expect([everybody.doubts.length, everybody.moreDoubts]).toEqual([50, 3]);
  });

  it('says nothing of a client of which nothing was read', async () => {
    const shown = await get(empty);
    expect(shown).toMatchObject({ signIn: null, templates: [], policies: [] });
    expect(shown.observed.why).not.toBeNull();
    expect(await bylaw.owner.call('GET', `${empty}/templates/mfa`)).toMatchObject({ status: 422 });
    expect(await get(`${empty}/everyone`)).toMatchObject({ people: 0, outcomes: [] });
  });
});

/** A public baseline of exported policies, if the machine has it beside the checkout. */
const FOLDER = fileURLToPath(new URL('../../../../shared/fixtures/conditional-access/', import.meta.url));

describe.skipIf(!existsSync(FOLDER))('exported policies, where a copy stands beside the repository', () => {
  const { policies: templates } = loadCatalogue().conditionalAccess;
  const apps = CONNECTOR_APPS.map(({ appId, name }) => ({ appId, name, kind: 'connector' as const }));
  const rows: readonly CaPolicyRow[] = (existsSync(FOLDER) ? readdirSync(FOLDER) : [])
    .filter((name) => name.endsWith('.json'))
    .map((name) => {
      const bytes = readFileSync(`${FOLDER}/${name}`);
      const text = new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-8').decode(bytes);
      return readCaPolicy(JSON.parse(text), name, 1);
    });

  it('load, and each is explained', () => {
    expect(rows).toHaveLength(36);
    const explained = rows.map((row) => explainPolicy(row, apps, templates, input([row])));
    const of = (name: string) => explained.find((one) => one.name.startsWith(name));
    expect(of('CA000')).toMatchObject({ people: true, asks: ['MFA'], whom: [] });
    expect(of('CA000')?.reach.map(({ is }) => is)).toEqual(['all', 'all']);
    expect(of('CA005')?.reach.map(({ is }) => is)).toEqual(['no', 'no']);
    // Administrators are named by Entra's role names; the id is shown for a role too new to be known.
    const admins = of('CA101')?.whom ?? [];
    expect(admins).toContain('the role Global Administrator');
    expect(admins.filter((who) => /^the role [A-Z][A-Za-z0-9 ]+$/.test(who))).toHaveLength(21);
    expect(admins).toHaveLength(24);
    expect(of('CA205')?.limits).toContain('acts only on Windows');
    expect(of('CA501')?.people).toBe(false);
    // A policy that excludes groups not explained by the readings covers nothing by itself.
    expect(explained.every(({ covers }) => covers.length === 0)).toBe(true);
    // Every policy is described by its effect, even if it only affects the session.
    expect(of('CA206')?.session).toEqual(['persistentBrowser:never']);
    expect(of('CA209')?.session).toEqual([expect.stringMatching(/^continuousAccessEvaluation/)]);
    const silent = explained.filter((one) => one.people && [...one.asks, ...one.session].length === 0);
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it('differ from what the guide asks for, in what is missing and in what is there besides', () => {
    const mfa = rows.find(({ name }) => name.startsWith('CA000'));
    const meant: PolicyBody = {
      displayName: mfa?.name ?? '',
      state: 'enabled',
      conditions: {
        clientAppTypes: ['all'],
        applications: { includeApplications: ['All'], excludeApplications: [], includeUserActions: [] },
        users: {
          includeUsers: ['All'],
          excludeUsers: [],
          includeGroups: [],
          excludeGroups: [],
          includeRoles: [],
          excludeRoles: [],
        },
      },
      grantControls: {
        operator: 'OR',
        builtInControls: ['mfa'],
        customAuthenticationFactors: [],
        termsOfUse: [],
      },
      sessionControls: null,
    };
    const found = differences(meant, mfa as CaPolicyRow);
    expect(found.find(({ part }) => part === 'excludeGroups')).toMatchObject({ missing: [], weaker: true });
    expect(found.some(({ part }) => part === 'controls')).toBe(false);
  });
});
// Guide: G0-07 G1.2-01 G3.2-03 G4.1-05 G4.3-00 G6-00 G6.1-00 G6.1-07 G6.2-00 G6.2-01 G6.2-02 G6.2-04 G6.2-08 G6.3-00 G6.3-02
// Guide: G6.3-07 G6.4-00 G6.4-04 G6.5-00 G6.5-02
