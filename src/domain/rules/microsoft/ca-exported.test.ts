import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CaPolicyRow } from '../../model/kinds.ts';
import { reading, TODAY } from '../../testing/build.ts';
import { ask } from '../../text/message.ts';
import { CONNECTOR_SERVER } from './apps.ts';
import { type CaInput, evaluate } from './ca.ts';
import { concernsPeople, REQUIREMENTS, reaches } from './ca-policy.ts';
import { Directory } from './directory.ts';
import { ownDates } from './reports-since.ts';
import { seat } from './testing-ca.ts';

/** A public baseline of exported policies, if it exists next to the checkout. */
const FOLDER = new URL('../../../../../shared/fixtures/conditional-access/', import.meta.url);
const APP = CONNECTOR_SERVER.appId;

describe('exported policies', () => {
  it('reads one policy of Graph the way that the other tests here rely on', () => {
    const row = asRow({
      id: 'x',
      displayName: 'MFA',
      state: 'enabled',
      conditions: {
        clientAppTypes: ['all'],
        applications: { includeApplications: ['All'] },
        users: { includeUsers: ['All'] },
      },
      grantControls: { operator: 'OR', builtInControls: ['mfa'] },
    });
    expect(evaluate(APP, REQUIREMENTS.mfa, input([row])).is).toBe('covered');
  });

  describe.skipIf(!existsSync(FOLDER))('where a copy stands beside the repository', () => {
    const rows = (existsSync(FOLDER) ? readdirSync(FOLDER) : [])
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => asRow(JSON.parse(decode(readFileSync(new URL(name, FOLDER))))));
    const alone = (row: CaPolicyRow, approveAll: boolean, requirement: keyof typeof REQUIREMENTS = 'mfa') =>
      evaluate(APP, REQUIREMENTS[requirement], input([row], approveAll ? row : undefined)).is;
    const names = (wanted: (row: CaPolicyRow) => boolean) =>
      rows.filter(wanted).map((row) => row.name.slice(0, 5));

    it('finds them all', () => {
      expect(rows).toHaveLength(36);
    });

    it('passes none as exported, since each excludes unexplained groups', () => {
      for (const requirement of Object.keys(REQUIREMENTS) as (keyof typeof REQUIREMENTS)[])
        expect(names((row) => alone(row, false, requirement) === 'covered')).toEqual([]);
    });

    it('passes only the policy that requires MFA of all users, once its exclusions are approved', () => {
      expect(names((row) => alone(row, true) === 'covered')).toEqual(['CA000']);
      expect(names((row) => alone(row, true, 'compliant_device') === 'covered')).toEqual([]);
    });

    it('does not count policies for agents, Office 365 or user actions for Claude', () => {
      expect(names((row) => !concernsPeople(row)).filter((name) => name.startsWith('CA50'))).toEqual([
        'CA501',
        'CA502',
        'CA503',
        'CA504',
        'CA505',
      ]);
      expect(
        names(
          (row) =>
            ['CA003', 'CA005', 'CA006', 'CA100'].includes(row.name.slice(0, 5)) && reaches(row, APP) !== 'no',
        ),
      ).toEqual([]);
    });

    it('names what keeps an MFA policy from covering everyone', () => {
      const why = (name: string) => {
        const row = rows.find((candidate) => candidate.name.startsWith(name));
        const found = row ? evaluate(APP, REQUIREMENTS.mfa, input([row], row)) : null;
        return found && 'near' in found
          ? [...found.near.map((n) => n.why), ...found.holes.map((h) => h.detail)].join(' ')
          : '';
      };
      expect(why('CA101')).toContain('Holds only for a role');
      expect(why('CA001')).toBe('');
    });
  });
});

function input(policies: readonly CaPolicyRow[], approve?: CaPolicyRow): CaInput {
  const out = approve
    ? [...approve.excludeUsers, ...approve.excludeGroups, ...approve.excludeRoles].map((id) =>
        id.toLowerCase(),
      )
    : [];
  return {
    policies,
    today: TODAY,
    // People whose exclusion is approved hold no seat.
    directory: new Directory(
      reading(
        'entra_groups',
        out.map((id) => ({ id, name: id, members: ['root-1'] })),
      ).rows,
      null,
    ),
    seats: approve ? [seat(1)] : null,
    seatsWhy: 'No members file.',
    seatsQuestion: ask('source', 'members', 'Import it.'),
    approved: {
      emergencyStated: approve !== undefined,
      emergency: new Set(),
      unresolved: [],
      inForce: new Set(out),
      ended: new Map(),
    },
    enableOn: new Map(),
    reportsSince: ownDates,
    isEgress: () => false,
    isTrusted: () => false,
  };
}

function decode(bytes: Buffer): string {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(utf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}

type Json = Readonly<Record<string, unknown>>;
const object = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Maps only the fields of a Graph answer that the evaluator reads; the importer has its own, complete mapping. */
function asRow(json: Json): CaPolicyRow {
  const conditions = object(json.conditions);
  const apps = object(conditions.applications);
  const users = object(conditions.users);
  const grant = object(json.grantControls);
  const session = object(json.sessionControls);
  const frequency = object(session.signInFrequency);
  const strength = object(grant.authenticationStrength);
  const known = [
    'applications',
    'users',
    'clientAppTypes',
    'platforms',
    'locations',
    'signInRiskLevels',
    'userRiskLevels',
  ];
  const more = Object.entries(conditions).filter(
    ([key, value]) =>
      !known.includes(key) &&
      !key.includes('@') &&
      value !== null &&
      !(Array.isArray(value) && value.length === 0),
  );
  const guests = ['includeGuestsOrExternalUsers', 'excludeGuestsOrExternalUsers'].filter((key) => users[key]);
  const [row] = reading('ca_policies', [
    {
      id: text(json.id),
      name: text(json.displayName) ?? '',
      state: json.state as CaPolicyRow['state'],
      createdAt: text(json.createdDateTime),
      modifiedAt: text(json.modifiedDateTime),
      includeApplications: list(apps.includeApplications),
      excludeApplications: list(apps.excludeApplications),
      includeUsers: list(users.includeUsers),
      excludeUsers: list(users.excludeUsers),
      includeGroups: list(users.includeGroups),
      excludeGroups: list(users.excludeGroups),
      includeRoles: list(users.includeRoles),
      excludeRoles: list(users.excludeRoles),
      clientAppTypes: list(conditions.clientAppTypes),
      includePlatforms: list(object(conditions.platforms).includePlatforms),
      excludePlatforms: list(object(conditions.platforms).excludePlatforms),
      includeLocations: list(object(conditions.locations).includeLocations),
      excludeLocations: list(object(conditions.locations).excludeLocations),
      signInRiskLevels: list(conditions.signInRiskLevels),
      userRiskLevels: list(conditions.userRiskLevels),
      grant: json.grantControls
        ? {
            operator: grant.operator === 'AND' ? 'AND' : 'OR',
            controls: [
              ...list(grant.builtInControls),
              ...list(grant.termsOfUse).map(() => 'termsOfUse'),
              ...list(grant.customAuthenticationFactors),
            ],
            authenticationStrength: text(strength.displayName),
          }
        : null,
      session: {
        cloudAppSecurity: text(object(session.cloudAppSecurity).cloudAppSecurityType),
        signInFrequency:
          frequency.isEnabled === true
            ? text(frequency.frequencyInterval) === 'everyTime'
              ? 'everyTime'
              : `${String(frequency.value)} ${String(frequency.type)}`
            : null,
      },
      otherConditions: [...more.map(([key]) => key), ...guests],
    },
  ]).rows;
  if (!row || 'unread' in row) throw new Error('no row');
  return row;
}
