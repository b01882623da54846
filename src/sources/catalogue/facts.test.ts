import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { z } from 'zod';
import { findAddOn } from '#domain/capabilities/holdings.ts';
import { EvaluationState } from '#domain/decide/context.ts';
import { capabilitySchema } from '#domain/model/capability.ts';
import { connectorSchema, controlSchema } from '#domain/model/catalogue.ts';
import { licensesSchema } from '#domain/model/licenses.ts';
import type { Profile } from '#domain/model/profile.ts';
import { riskSchema } from '#domain/model/risk.ts';
import { matchAction, matchConnector } from '#domain/rules/connectors/match.ts';
import { given, reading } from '#domain/testing/build.ts';
import { CATALOGUE_FOLDER } from './load.ts';
import { sharedCatalogue } from './testing/shared.ts';

/** What the shipped facts say about real clients; the readers and rules have tests of their own. */

function all<T extends z.ZodType>(schema: T, folder: string): z.output<T>[] {
  const path = join(CATALOGUE_FOLDER, folder);
  return readdirSync(path).map((name) => schema.parse(parse(readFileSync(join(path, name), 'utf8'))));
}

const capabilities = all(capabilitySchema, 'capabilities');
const connectors = all(connectorSchema, 'connectors');
const risks = all(riskSchema, 'risks');
const licenses = licensesSchema.parse(
  parse(readFileSync(join(CATALOGUE_FOLDER, 'licenses', 'licenses.yaml'), 'utf8')),
);

function has(profile: Partial<Profile>): (id: string) => string {
  const shared = new EvaluationState(given({ profile, catalogue: { capabilities, licenses } }));
  return (id) => shared.capability(id).has;
}

describe('what a client can have', () => {
  it('follows the vendors where the guide differs: Claude Team on Business Premium', () => {
    const team = has({ claudePlan: 'team', m365: 'business_premium', swg: null, siem: null });
    const expected = {
      'claude.sso': 'yes',
      'claude.restrict_org_creation': 'yes',
      'claude.desktop_policy': 'yes',
      'claude.content_access': 'yes',
      'claude.compliance_api': 'no',
      'claude.scim': 'no',
      'claude.domain_capture': 'no',
      'claude.tenant_restrictions': 'no',
      'microsoft.conditional_access': 'yes',
      'microsoft.intune': 'yes',
      'microsoft.cloud_discovery': 'yes',
      'microsoft.defender_cloud_apps': 'no',
      'microsoft.dlp_endpoint': 'no',
      'goal.require_mfa': 'yes',
      'goal.compliant_device': 'yes',
      'goal.content_dlp': 'no',
      'goal.shadow_ai_blocking': 'no',
      'goal.auto_deprovisioning': 'no',
    };
    expect(Object.fromEntries(Object.keys(expected).map((id) => [id, team(id)]))).toEqual(expected);
  });

  it('knows the add-ons by the names that people use', () => {
    expect(findAddOn(licenses, 'Azure AD Premium P1')?.id).toBe('entra_p1');
    expect(findAddOn(licenses, 'Defender Suite')?.id).toBe('defender_suite_business_premium');
    const basic = has({ claudePlan: 'team', m365: 'business_basic_standard', addOns: ['Entra ID P1'] });
    expect([basic('goal.require_mfa'), basic('microsoft.intune')]).toEqual(['yes', 'no']);
    const suite = has({ claudePlan: 'team', m365: 'business_premium', addOns: ['Defender Suite'] });
    expect([suite('microsoft.defender_session_control'), suite('microsoft.dlp_endpoint')]).toEqual([
      'yes',
      'no',
    ]);
  });

  it('gives E3 the same device rules as Business Premium, and neither of them Defender for Cloud Apps', () => {
    const e3 = has({ claudePlan: 'team', m365: 'e3' });
    expect([e3('goal.compliant_device'), e3('microsoft.defender_cloud_apps')]).toEqual(['yes', 'no']);
  });

  it('says unknown, not no, about Microsoft licenses that nobody stated', () => {
    const unstated = has({ claudePlan: 'enterprise' });
    expect([unstated('microsoft.conditional_access'), unstated('goal.auto_deprovisioning')]).toEqual([
      'unknown',
      'unknown',
    ]);
  });

  it('has no spelling that two add-ons share', () => {
    const owners = new Map<string, string>();
    for (const addOn of licenses.addOns)
      for (const spelling of [addOn.id, addOn.name, ...addOn.aliases]) {
        const folded = spelling.toLowerCase().replace(/[^a-z0-9]+/g, '');
        expect([addOn.id, undefined]).toContain(owners.get(folded));
        owners.set(folded, addOn.id);
      }
  });

  it('reads every cell of the guide tables for each column', () => {
    const columns = {
      claude: ['free_pro', 'team', 'enterprise'],
      microsoft: ['business_basic_standard', 'business_premium', 'e3', 'e5'],
    };
    for (const capability of capabilities) {
      const rows = capability.guideRows.join(' ');
      if (!capability.guide) continue;
      const wanted =
        /G1\.2-0[1-9]/.test(rows) && capability.id.startsWith('microsoft.')
          ? columns.microsoft
          : /G1\.1-/.test(rows) && capability.id.startsWith('claude.')
            ? columns.claude
            : [];
      for (const column of wanted) {
        expect(capability.guide.cells, capability.id).toHaveProperty(column);
        expect(capability.vendor.cells, capability.id).toHaveProperty(column);
      }
    }
  });
});

describe('connectors', () => {
  it('are found under each of their spellings, the Microsoft family by its common name', () => {
    for (const connector of connectors)
      for (const spelling of [connector.id, connector.name, ...connector.aliases]) {
        const found = matchConnector(spelling, { connectors }).entries.map((entry) => entry.id);
        expect(found, spelling).toContain(connector.id);
        expect([1, 3], spelling).toContain(found.length);
      }
  });

  it('give each action under each of its spellings', () => {
    for (const connector of connectors)
      for (const action of connector.actions)
        for (const spelling of [action.id, action.title, ...action.aliases]) {
          const match = matchAction(spelling, [connector], 'observed');
          const ids = match.kind === 'actions' ? match.actions.map((one) => one.action.id) : [];
          expect(ids, `${connector.id}: ${spelling}`).toContain(action.id);
        }
  });

  it('recommend nothing looser than the guide: changes ask, what deletes, sends or administers is blocked', () => {
    for (const connector of connectors)
      for (const action of connector.actions) {
        const label = `${connector.id}/${action.id}`;
        if (['delete', 'send', 'admin'].includes(action.effect))
          expect(action.baseline, label).toBe('blocked');
        else if (action.effect !== 'read') expect(['ask', 'blocked'], label).toContain(action.baseline);
        if (connector.category === 'ams' && action.effect !== 'read')
          expect(action.baseline, label).toBe('blocked');
      }
  });

  it('carry the Graph scope of every Microsoft tool that exists', () => {
    for (const connector of connectors.filter((one) => one.id.startsWith('microsoft365_')))
      for (const action of connector.actions)
        expect(Boolean(action.scope), action.id).toBe(action.tool !== false);
  });
});

describe('risks', () => {
  it('promise no technology where the guide and the vendors know none', () => {
    const risk = risks.find((one) => one.id === 'personal_accounts_personal_devices');
    expect(risk?.policyOnly).toBe(true);
    expect(Object.values(risk?.layers ?? {}).map((layer) => layer.coverage)).toEqual([
      'none',
      'none',
      'policy_only',
    ]);
  });

  it('never count Defender for Cloud Apps against uploads to personal sessions', () => {
    const uploads = risks.find((one) => one.id === 'sensitive_uploads');
    expect(uploads?.layers.network_endpoint?.status).toBe('contradicts');
    expect(uploads?.controls).not.toContain('CLA-M365-11');
  });
});

describe('what controls rest on', () => {
  it('is named, with its day, for each of them', () => {
    const silent = all(controlSchema, 'controls').filter(({ sources }) => sources.length === 0);
    expect(silent.map(({ id }) => id)).toEqual([]);
  });
});

describe('free and lapsed licenses', () => {
  const has = (rows: object[], profile: Partial<Profile> = {}) =>
    new EvaluationState(
      given({
        profile,
        catalogue: sharedCatalogue(),
        ...(rows.length > 0 ? { readings: { subscribed_skus: [reading('subscribed_skus', rows)] } } : {}),
      }),
    ).capability('microsoft.defender_cloud_apps').has;
  const sku = (partNumber: string, more: object = {}) => ({
    partNumber,
    capabilityStatus: 'Enabled',
    enabledUnits: 60,
    ...more,
  });
  const free = ['FLOW_FREE', 'POWER_BI_STANDARD', 'TEAMS_EXPLORATORY'];

  it('are each known by their id, too, and say where they were looked up', () => {
    const all = sharedCatalogue().licenses.skus.filter(({ tier }) => tier === 'free');
    expect(all.length).toBeGreaterThan(12);
    for (const { partNumber, skuId, source } of all) {
      expect(source?.url, partNumber).toMatch(/^https:/);
      expect(has([sku('SPB'), sku('RENAMED_BY_A_RESELLER', { skuId })]), partNumber).toBe('no');
    }
  });

  it('never make a known license unknown', () => {
    expect(has([sku('SPB'), ...free.map((part) => sku(part, { enabledUnits: 10_000 }))])).toBe('no');
    expect(has([], { m365: ['SPB', ...free] })).toBe('no');
    // Its time ran out; it never carried Defender for Cloud Apps.
    expect(has([sku('SPB'), sku('POWER_BI_STANDARD', { capabilityStatus: 'Warning' })])).toBe('no');
    // One that carries it is in its grace period, in which people keep their access.
    expect(has([sku('SPB'), sku('EMSPREMIUM', { capabilityStatus: 'Warning' })])).toBe('yes');
    expect(has([sku('SPB'), sku('NEVER_HEARD_OF', { capabilityStatus: 'Warning' })])).toBe('unknown');
    expect(has([sku('SPB'), sku('NEVER_HEARD_OF', { capabilityStatus: 'Deleted' })])).toBe('no');
  });
});
// Guide: G0-10 G1.1-00 G1.1-01 G1.1-02 G1.1-03 G1.1-04 G1.1-05 G1.1-06 G1.1-07 G1.1-08 G1.1-09 G1.1-10
// Guide: G1.1-11 G1.1-12 G1.1-13 G1.1-14 G1.2-00 G1.2-01 G1.2-02 G1.2-03 G1.2-04 G1.2-05 G1.2-06 G1.2-07
// Guide: G1.2-08 G1.2-09 G1.2-10 G1.2-11 G1.2-12 G2.2-04 G2.2-05 G2.2-09 G2.2-10 G2.2-11 G2.2-12 G2.2-13
// Guide: G2.2-14 G2.2-16 G2.2-18 G2.2-20 G2.2-21 G2.2-22 G2.2-23 G2.2-24 G2.2-25 G2.2-26 G2.2-27 G2.2-28
// Guide: G2.2-29 G2.2-30 G2.2-31 G2.2-32 G2.2-33 G3.1-02 G3.2-00 G3.2-01 G3.2-04 G3.3-00 G3.3-01 G3.3-02
// Guide: G3.3-03 G3.3-04 G3.3-07 G3.3-08 G4-01 G4.1-01 G4.1-02 G4.1-03 G4.1-06 G4.1-07 G4.3-00 G4.4-00
// Guide: G4.4-01 G4.4-02 G4.4-03 G4.4-04 G4.4-05 G4.4-06 G4.4-08 G5.1-00 G5.1-01 G5.1-02 G5.1-03 G5.1-04
// Guide: G5.1-05 G5.1-06 G5.1-07 G5.1-08 G5.2-00 G5.2-01 G5.2-02 G5.2-03 G5.2-04 G5.2-05 G5.2-06 G5.3-00
// Guide: G5.3-01 G5.3-02 G5.3-03 G5.3-07 G5.4-00 G5.4-01 G5.4-03 G6.2-00 G6.3-00 G6.4-00 G6.5-00 G6.6-00
// Guide: G7.2-03 G7.2-09 G7.2-16 G7.2-17 G7.2-18 G8-14 GB-01 GB-02 GB-03 GB-04 GB-05 GB-06 GB-07 GB-08 GB-09
// Guide: GB-10
