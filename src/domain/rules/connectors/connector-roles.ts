import { z } from 'zod';
import { defineRule } from '../../model/rule.ts';
import { ask } from '../../text/message.ts';
import { count, names } from '../../text/words.ts';
import { readMembers } from '../accounts/members.ts';
import { absent, because } from '../outcome.ts';

const LOOK = ask(
  'look',
  'roles',
  'Look at Organization settings > Roles as an Owner, whether connectors of sensitive data are given to all members, and write down what you see.',
);

/** Actions of a custom role that let its holders use a connector; others choose scopes or how to sign in. */
const USES = new Set(['use', 'always_allow']);

/**
 * CON-27: what custom roles and groups show of who may use which connector. They show when everything is given to
 * everyone; that it is not, they cannot show, since what all members have besides is in no list.
 */
export const connectorRoles = defineRule({
  name: 'connector-roles',
  about:
    'A custom role that gives every connector to groups that hold every member fails. Else roles and groups prove nothing, because what all members have besides is in no list.',
  failsFromPart: ['claude_roles', 'claude_groups'],
  params: z.strictObject({}),
  decide(context) {
    const roles = context.read('claude_roles');
    if (!roles.ok) return absent(roles).cannotRead(roles.howToGet);
    const groups = context.read('claude_groups');
    if (!groups.ok) return absent(groups).cannotRead(groups.howToGet, roles.evidence);
    const members = readMembers(context);
    if (!members.ok) return members.outcome;
    const evidence = [...roles.evidence, ...groups.evidence];
    const wide = roles.rows.filter(
      ({ permission }) =>
        permission !== null &&
        permission !== 'none' &&
        permission.resource === 'all_connectors' &&
        USES.has(permission.action),
    );
    const widely = new Set(wide.map(({ id }) => id));
    const reached = groups.rows.flatMap((row) =>
      row.roles?.some((id) => widely.has(id)) && row.member !== null && row.member !== 'none'
        ? [{ row, email: row.member.email }]
        : [],
    );
    const addresses = new Set(reached.map(({ email }) => email));
    const active = members.accounts.filter((one) => one.active !== false && !one.invited);
    const [first] = wide;
    if (first !== undefined && active.length > 1 && active.every(({ key }) => addresses.has(key)))
      return because(
        'connectors.connector_roles.gives_all',
        `The role ${first.name ?? first.id} gives every connector, and through its groups all ${count(active.length, 'member')} ${active.length === 1 ? 'has' : 'have'} it.`,
        { role: first.id },
      ).fail([
        roles.cite(first, 'every connector'),
        ...[...new Map(reached.map(({ row }) => [row.id, row])).values()].map((row) =>
          groups.cite(row, `group ${row.name ?? row.id}`),
        ),
        ...members.read.evidence,
      ]);
    const giving = new Map(
      roles.rows.flatMap((row) =>
        row.permission !== null &&
        row.permission !== 'none' &&
        /connector/.test(row.permission.resource) &&
        USES.has(row.permission.action)
          ? [[row.id, row.name ?? row.id] as const]
          : [],
      ),
    );
    return because(
      'connectors.connector_roles.not_shown',
      giving.size === 0
        ? 'No custom role gives a connector. Which connectors all members have is in no list.'
        : `${count(giving.size, 'custom role gives', 'custom roles give')} connectors: ${names([...giving.values()], 4)}. Which connectors all members have besides is in no list.`,
    ).cannotRead(LOOK, evidence);
  },
});
// Guide: G1.1-09
