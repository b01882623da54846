import { z } from 'zod';
import type { CaPolicyRow } from '../../model/kinds.ts';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import type { Item, Outcome } from '../../model/verdict.ts';
import { ask } from '../../text/message.ts';
import { count, names, verb } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import type { Approved } from './ca-exclusions.ts';
import { blocks } from './ca-grant.ts';
import { approvedOf, citePolicies, directoryOf } from './ca-inputs.ts';
import { EMERGENCY_QUESTION, includesAll } from './ca-people.ts';
import { policyKey, policyName } from './ca-policy.ts';
import { claudePolicies } from './claude-policies.ts';
import type { Directory } from './directory.ts';
import { accountsOf, brokenAccounts, unknownAccounts, usable } from './emergency-accounts.ts';
import { leftOut, type Wanted } from './emergency-left-out.ts';
import { type Policies, readPolicies, undecidedBy } from './policies.ts';

export const emergencyAccess = defineRule({
  name: 'emergency-access-excluded',
  about:
    'Every policy that is on or in report-only and reaches Claude must exclude the emergency access accounts that the charter names, so that a wrong policy locks no one out for good, and there must be at least two of them. Role assignments that are only eligible are not read, and a pass that rests on roles says so.',
  params: z.strictObject({}),
  decide(context) {
    const policies = readPolicies(context);
    if (!policies.ok) return absent(policies).cannotRead(policies.howToGet);
    const outcome = judge(context, policies);
    // A policy that cannot be read may reach Claude without excluding the accounts, so only a failure is certain.
    const open = policies.unread.length > 0 && outcome.state !== 'fail';
    return open ? undecidedBy(outcome, policies, policies.unread) : outcome;
  },
});

function judge(context: CheckContext, policies: Policies): Outcome {
  if (!context.charter.ok) return absent(context.charter).cannotRead(EMERGENCY_QUESTION, policies.evidence);
  const stated = context.charter.value.entra?.emergencyAccess;
  if (!stated || stated.groups.length + stated.users.length === 0)
    return because(
      'microsoft.emergency_access.not_named',
      'The charter does not name the emergency access accounts.',
    ).cannotRead(EMERGENCY_QUESTION, policies.evidence);
  const directory = directoryOf(context);
  const approved = approvedOf(context, directory);
  const named = context.charter.cite('entra.emergencyAccess', names([...stated.groups, ...stated.users], 6));
  if (approved.unresolved.length > 0)
    return because(
      'microsoft.emergency_access.unresolved',
      `The charter names ${names(approved.unresolved.map((text) => `“${text}”`))} as emergency access, and no file gives the object id.`,
      { accounts: approved.unresolved },
    ).cannotRead(
      ask(
        'source',
        'entra_groups',
        'Add the Entra groups and users files, or write the object ids in the charter.',
        'with_users',
      ),
      [named],
    );
  const wanted: Wanted[] = [
    ...stated.groups.map((text) => ({
      label: directory.label(idOf(text, directory.groupIds(text))),
      kind: 'group' as const,
      ids: ids(text, directory.groupIds(text)),
    })),
    ...stated.users.map((text) => ({
      label: directory.label(idOf(text, directory.userIds(text))),
      kind: 'user' as const,
      ids: ids(text, directory.userIds(text)),
    })),
  ];
  const { reaching, perhaps, why, question: which } = claudePolicies(context, policies.rows);
  // A policy that targets only the emergency accounts is intended for them; it locks them out only if it blocks.
  const touching = [...reaching, ...perhaps].filter(
    (policy) => blocks(policy) || !forEmergencyAlone(policy, approved),
  );
  if (touching.length === 0)
    return because(
      'microsoft.emergency_access.none_reaches',
      `None of the ${count(policies.rows.length, 'policy', 'policies')} in the file reaches Claude, so none can lock anyone out of it.`,
    ).notApplicable(policies.evidence);
  const broken = brokenAccounts(wanted, directory);
  const open: Item[] = [];
  const unsure: Item[] = [];
  for (const policy of touching) {
    const states = wanted.map((w) => ({ w, is: leftOut(policy, w, directory) }));
    const inside = states.filter(({ is }) => is === 'no').map(({ w }) => w.label);
    const maybe = states.filter(({ is }) => is === 'unknown').map(({ w }) => w.label);
    const item = (detail: string): Item => ({
      key: policyKey(policy),
      label: policy.name,
      detail,
      evidence: citePolicies(policies, [policy]),
    });
    if (inside.length > 0 && perhaps.includes(policy))
      unsure.push(item(`Does not leave out ${names(inside)}; it ${why(policy)}.`));
    else if (inside.length > 0) open.push(item(`Does not leave out ${names(inside)}.`));
    else if (maybe.length > 0) unsure.push(item(`Whether it leaves out ${names(maybe)} cannot be read.`));
  }
  const gone = missingGroups(touching, directory);
  const ghosts =
    gone.length > 0
      ? ` ${count(gone.length, 'group', 'groups')} left out by these policies no longer ${gone.length === 1 ? 'exists' : 'exist'}: ${names(gone)}.`
      : '';
  if (open.length + broken.length > 0) {
    const first =
      open.length > 0
        ? [
            `${names(open.map((item) => `“${item.label}”`))} would hold the emergency access accounts too: ${open.length} of ${count(touching.length, 'policy', 'policies')} that reach Claude.`,
          ]
        : [];
    return because(
      'microsoft.emergency_access.not_excluded',
      [...first, ...broken.map((item) => `${item.label}: ${item.detail}`)].join(' ') + ghosts,
    ).fail([named, ...citePolicies(policies, touching)], [...open, ...broken, ...unsure]);
  }
  const unnamed = unsure.filter((item) => perhaps.some((policy) => policyKey(policy) === item.key));
  if (unsure.length > 0)
    return because(
      'microsoft.emergency_access.groups_unknown',
      unnamed.length > 0
        ? `${unnamed
            .map((item) => `“${item.label}”: ${item.detail}`)
            .slice(0, 3)
            .join(' ')}${ghosts}`
        : `For ${names(unsure.map((item) => `“${item.label}”`))} it cannot be determined whether the emergency access accounts are left out.${ghosts}`,
    ).cannotRead(
      unnamed.length > 0
        ? which
        : touching.some(
              ({ name, includeRoles, excludeRoles }) =>
                unsure.some(({ label }) => label === name) && includeRoles.length + excludeRoles.length > 0,
            ) && !context.read('entra_roles').ok
          ? ask(
              'source',
              'entra_roles',
              'Add the list of role assignments, every page: these policies name roles, and it says who holds one.',
              'of_these_policies',
            )
          : ask(
              'source',
              'entra_groups',
              'Add the Entra groups file with the members of the groups that these policies name.',
              'of_these_policies',
            ),
      [named, ...citePolicies(policies, touching)],
      unsure,
    );
  const closed = wanted.filter(
    ({ kind, ids }) => kind === 'group' && ids.some((id) => directory.group(id)?.complete !== true),
  );
  const groups = context.read('entra_groups');
  if (closed.length > 0 && !groups.ok)
    return because(
      'microsoft.emergency_access.groups_not_read',
      `${groups.why} So who is in ${names(closed.map(({ label }) => label))}, and whether it has members at all, is not known.${ghosts}`,
    ).cannotRead(
      ask(
        'source',
        'entra_groups',
        'Add the Entra groups file with the members of the emergency access group.',
        'of_emergency_access',
      ),
      [named, ...citePolicies(policies, touching)],
    );
  if (closed.length > 0)
    return because(
      'microsoft.emergency_access.members_unknown',
      `The Entra groups file does not list who is in ${names(closed.map(({ label }) => label))}, so whether anyone has emergency access is not known.${ghosts}`,
    ).cannotRead(
      ask(
        'source',
        'entra_groups',
        'Save the Entra groups again with the members of the emergency access group.',
        'with_members',
      ),
      [named, ...citePolicies(policies, touching)],
    );
  const single = wanted.filter(({ kind }) => kind === 'user');
  const users = context.read('entra_users');
  // Policies and the charter keep the id of a deleted account, so the users file must confirm that it exists.
  if (single.length > 0 && !users.ok)
    return because(
      'microsoft.emergency_access.users_not_read',
      `${users.why} So whether ${names(single.map(({ label }) => label))} still ${verb(single.length, 'exists', 'exist')} and can sign in is not known.${ghosts}`,
    ).cannotRead(users.howToGet, [named, ...citePolicies(policies, touching)]);
  const accounts = accountsOf(wanted, directory);
  const sure = accounts.filter((id) => usable(id, directory) === 'yes');
  const doubtful =
    directory.hasUsers && accounts.length > 1 && sure.length < 2
      ? accounts.filter((id) => !sure.includes(id)).map((id) => directory.label(id))
      : [];
  const asleep = [...new Set([...unknownAccounts(wanted, directory), ...doubtful])];
  if (asleep.length > 0)
    return because(
      'microsoft.emergency_access.enabled_unknown',
      `The Entra users file does not say whether ${names(asleep)} ${verb(asleep.length, 'is', 'are')} enabled.${ghosts}`,
    ).cannotRead(
      ask(
        'source',
        'entra_users',
        'Save every page of the Entra users again, without a filter and with accountEnabled of each account.',
        'with_enabled',
      ),
      [named, ...citePolicies(policies, touching)],
    );
  const [only] = accounts;
  if (accounts.length === 1 && only !== undefined)
    return because(
      'microsoft.emergency_access.one_account',
      `Only one emergency access account can be used: ${directory.label(only)}. If it is lost or blocked, nothing lets anyone back in; Microsoft recommends two or more.${ghosts}`,
      { account: only },
    ).fail(
      [named, ...citePolicies(policies, touching)],
      [
        {
          key: only,
          label: directory.label(only),
          detail: 'The only emergency access account.',
          evidence: [named],
        },
      ],
    );
  const byRole = touching.filter(
    (policy) => !includesAll(policy) && policy.includeRoles.length > 0 && !leavesOutByName(policy, wanted),
  );
  const eligible =
    byRole.length > 0
      ? ` ${names(byRole.map(({ name }) => `“${name}”`))} ${verb(byRole.length, 'takes in', 'take in')} holders of roles; only active role assignments are read, so whether one of the accounts is eligible for such a role is not known.`
      : '';
  return because(
    'microsoft.emergency_access.excluded',
    `${touching.length === 1 ? 'The one policy' : `All ${touching.length} policies`} that ${perhaps.length > 0 ? verb(touching.length, 'reaches or may reach', 'reach or may reach') : verb(touching.length, 'reaches', 'reach')} Claude (${names(touching.map(policyName))}) ${verb(touching.length, 'leaves', 'leave')} out the emergency access accounts: ${names(
      wanted.map((w) => w.label),
      5,
    )}.${ghosts}${eligible}`,
    byRole.length > 0 ? { byRole: byRole.map(policyKey) } : {},
  ).pass([named, ...citePolicies(policies, touching)]);
}

/** Whether a policy excludes each account or group by name. */
function leavesOutByName({ excludeUsers, excludeGroups }: CaPolicyRow, wanted: readonly Wanted[]): boolean {
  const out = new Set([...excludeUsers, ...excludeGroups].map((id) => id.toLowerCase()));
  return wanted.every(({ ids }) => ids.every((id) => out.has(id)));
}

function forEmergencyAlone(policy: CaPolicyRow, { emergency }: Approved): boolean {
  const named = [...policy.includeUsers, ...policy.includeGroups].map((id) => id.toLowerCase());
  return (
    named.length > 0 &&
    named.every((id) => emergency.has(id)) &&
    policy.includeRoles.length === 0 &&
    policy.includeGuests === undefined
  );
}

function ids(text: string, resolved: readonly string[]): readonly string[] {
  return resolved.length > 0 ? resolved : [text.trim().toLowerCase()];
}

function idOf(text: string, resolved: readonly string[]): string {
  return resolved[0] ?? text;
}

function missingGroups(policies: readonly CaPolicyRow[], directory: Directory): string[] {
  if (!directory.hasGroups) return [];
  return [...new Set(policies.flatMap((policy) => policy.excludeGroups))].filter(
    (id) => directory.groupRow(id) === null,
  );
}
// Guide: G6.2-03 G6.3-04
