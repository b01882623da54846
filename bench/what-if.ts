import { performance } from 'node:perf_hooks';
import { evaluateEveryone, peopleWhoCanSignIn } from '../src/domain/conditional-access/everyone.ts';
import type { CaPolicyRow, EntraUserRow } from '../src/domain/model/kinds.ts';
import { CONNECTOR_SERVER } from '../src/domain/rules/microsoft/apps.ts';
import { Directory } from '../src/domain/rules/microsoft/directory.ts';
import { reading } from '../src/domain/testing/build.ts';
import type { Line } from './console/console.ts';

const PEOPLE = 10_000;
const POLICIES = 200;
const GROUPS = 400;

/** What If for everyone against every policy of a large tenant, including groups, exclusions, filters and roles. */
export function benchWhatIf(line: Line, note: (text: string) => void): void {
  note(`${PEOPLE.toLocaleString('en')} people against ${POLICIES} policies`);
  const users = reading(
    'entra_users',
    Array.from({ length: PEOPLE }, (_, n) => ({
      id: `user-${n}`,
      upn: `person${n}@example.org`,
      mail: `person.${n}@example.org`,
      enabled: true,
      userType: n % 50 === 0 ? ('Guest' as const) : ('Member' as const),
    })),
  ).rows as readonly EntraUserRow[];
  const groups = reading(
    'entra_groups',
    Array.from({ length: GROUPS }, (_, g) => ({
      id: `group-${g}`,
      name: `Group ${g}`,
      members: users.flatMap(({ id }, n) => ((n * 31 + g * 17) % 97 < 5 && id ? [id] : [])),
    })),
  ).rows;
  const policies = reading(
    'ca_policies',
    Array.from({ length: POLICIES }, (_, n) => ({
      id: `policy-${n}`,
      name: `Policy ${n}`,
      state: 'enabled' as const,
      includeApplications: n % 3 === 0 ? ['All'] : [CONNECTOR_SERVER.appId],
      includeUsers: n % 4 === 0 ? ['All'] : [`user-${n}`],
      includeGroups: n % 4 === 0 ? [] : [`group-${n}`, `group-${(n * 7) % GROUPS}`],
      excludeGroups: [`group-${(n * 13) % GROUPS}`, `group-${(n * 29) % GROUPS}`],
      excludeUsers: [`user-${n * 3}`],
      excludeRoles: n % 10 === 0 ? ['some-role'] : [],
      clientAppTypes: ['all'],
      excludeLocations: n % 5 === 0 ? ['office'] : [],
      grant: { operator: 'OR' as const, controls: ['mfa'], authenticationStrength: null },
    })),
  ).rows as readonly CaPolicyRow[];
  const began = performance.now();
  const found = evaluateEveryone(
    peopleWhoCanSignIn(null, users),
    policies,
    {
      application: CONNECTOR_SERVER.appId,
      platform: 'windows',
      client: 'browser',
      device: 'not_compliant',
      signInRisk: 'none',
      flow: 'none',
      insiderRisk: 'none',
      perhaps: [],
      userRisk: 'none',
      locations: [],
      trusted: false,
    },
    new Directory(groups, users),
  );
  line(`What If of ${found.people} people, ${POLICIES} policies`, (performance.now() - began) / 1000, 's', 2);
}
