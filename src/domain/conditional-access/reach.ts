import type { CaPolicyRow } from '../model/kinds.ts';
import { reaches } from '../rules/microsoft/ca-policy.ts';
import type { Effect } from './effect.ts';
import { peopleWhoCanSignIn, type WhatIfPerson } from './everyone.ts';
import { type AccessTenant, claudeApps } from './tenant.ts';
import { type Circumstances, WhatIf } from './what-if.ts';
import { Groups, isFor } from './who.ts';

/** How many people a policy is for, of everyone who could sign in. */
export interface PeopleReached {
  readonly people: number;
  readonly covered: number;
  /** Left out by name, by group or as guests. */
  readonly leftOut: readonly string[];
  /** In none of the groups that it is for. */
  readonly outside: number;
  /** No file says whether it is for them. */
  readonly unknown: number;
}

export function peopleReached(policy: CaPolicyRow, tenant: AccessTenant): PeopleReached {
  const { directory } = tenant.input;
  const people = everyone(tenant);
  const groups = new Groups(directory);
  const who = groups.who(policy);
  const wide = { ...who, out: [], outGuests: null };
  let covered = 0;
  let outside = 0;
  let unknown = 0;
  const leftOut: string[] = [];
  for (const person of people) {
    const inside = groups.of(person);
    const is = isFor(who, person, inside);
    if (is === 'yes') covered += 1;
    else if (is === 'unknown') unknown += 1;
    else if (isFor(wide, person, inside) === 'no') outside += 1;
    else leftOut.push(person.name);
  }
  return { people: people.length, covered, leftOut, outside, unknown };
}

/** An application that is none of Claude's and that a policy on all resources would act on, too. */
export interface OtherApp {
  readonly appId: string;
  readonly name: string;
  /** People of whom more would be asked there than now; null: not worked out. */
  readonly people: number | null;
}

/** Kinds of applications, by the policies that act on them, that are worked out. */
const MAX_KINDS = 12;

/**
 * What a policy on all resources would hit beside Claude: for each application in Entra how many people would be asked
 * for more, or kept out, where they are not now. It is worked out for a browser on Windows, on a device that is not
 * compliant and in no named location, which is where a policy meets most people.
 */
export function otherApps(
  policy: CaPolicyRow,
  tenant: AccessTenant,
  signInRisk: Circumstances['signInRisk'],
): readonly OtherApp[] {
  const claude = new Set(claudeApps(tenant).map(({ appId }) => appId.toLowerCase()));
  const people = everyone(tenant);
  const { policies, directory } = tenant.input;
  const on = { ...policy, state: 'enabled' as const };
  const known = new Map<string, number>();
  return tenant.principals.rows
    .filter(
      ({ appId, enabled }) =>
        enabled !== false &&
        !claude.has(appId.toLowerCase()) &&
        ['named', 'all'].includes(reaches(policy, appId)),
    )
    .map(({ appId, name }) => {
      // Applications that the same policies act on come to the same.
      const kind = policies.map((one) => reaches(one, appId)).join(' ');
      let count = known.get(kind);
      if (count === undefined && known.size < MAX_KINDS) {
        const given: Circumstances = {
          application: appId,
          platform: 'windows',
          client: 'browser',
          device: 'not_compliant',
          signInRisk,
          userRisk: 'none',
          flow: 'none',
          insiderRisk: 'none',
          locations: [],
          perhaps: [],
          trusted: false,
        };
        const now = new WhatIf(policies, given, directory);
        const then = new WhatIf([...policies, on], given, directory);
        count = people.filter((person) => RANK[then.outcome(person)] > RANK[now.outcome(person)]).length;
        known.set(kind, count);
      }
      return { appId, name, people: count ?? null };
    })
    .sort((a, b) => (b.people ?? 0) - (a.people ?? 0) || a.name.localeCompare(b.name));
}

const RANK: Readonly<Record<Effect['is'], number>> = { free: 0, asked: 1, unknown: 2, blocked: 3 };

function everyone({ context, input: { seats } }: AccessTenant): readonly WhatIfPerson[] {
  const users = context.read('entra_users');
  return peopleWhoCanSignIn(seats, users.ok ? users.rows : null);
}
// Guide: G6.1-08 G6.2-03 G6.3-05
