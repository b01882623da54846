import { z } from 'zod';
import type { ClaudeRoleRow } from '../../model/kinds.ts';
import type { CheckContext } from '../../model/rule.ts';
import { defineRule } from '../../model/rule.ts';
import { ask } from '../../text/message.ts';
import { count, names } from '../../text/words.ts';
import { readMembers } from '../accounts/members.ts';
import { absent, because } from '../outcome.ts';
import { approvalsOf, approvedConnectors } from './chartered.ts';
import { serverNames } from './events.ts';
import { matchConnector } from './match.ts';

const ROLES_QUESTION = ask(
  'look',
  'roles',
  'As an Owner, look under Organization settings > Roles at whether connectors to sensitive data are given to all members, and record what you see.',
);

/** Actions in a custom role that let its holders use a connector; others choose scopes or how to sign in. */
const USES = new Set(['use', 'always_allow']);

/**
 * CON-27: what custom roles and groups show about who may use which connector. They can show that everything is given
 * to everyone, but not that it is not, since no list shows the connectors that all members have anyway.
 */
export const connectorRoles = defineRule({
  name: 'connector-roles',
  about:
    'A custom role that gives every connector, or one to sensitive data or a tool of it, to groups that include every member fails. Otherwise roles and groups prove nothing, because no list shows what all members have besides. If no role gives a connector, a statement from before the list of roles does not count.',
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
    const active = members.accounts.filter((one) => one.active !== false && !one.invited);
    const given = givenBy(context, roles.rows);
    const holders = (ids: ReadonlySet<string>) =>
      groups.rows.filter(
        ({ roles, member }) => roles?.some((id) => ids.has(id)) && member !== null && member !== 'none',
      );
    const hasAll = (rows: ReturnType<typeof holders>) => {
      const addresses = new Set(
        rows.flatMap(({ member }) => (member === null || member === 'none' ? [] : [member.email])),
      );
      return active.length > 1 && active.every(({ key }) => addresses.has(key));
    };
    const found = [...given].find(([, { ids }]) => hasAll(holders(ids)));
    if (found !== undefined) {
      const [what, { ids, row }] = found;
      return because(
        'connectors.connector_roles.gives_all',
        ids.size === 1
          ? `The role ${row.name ?? row.id} gives ${what}, and through its groups all ${count(active.length, 'member')} have it.`
          : `${count(ids.size, 'role')} give ${what}, ${row.name ?? row.id} among them, and through their groups all ${count(active.length, 'member')} have it.`,
        { role: row.id },
      ).fail([
        roles.cite(row, what),
        ...[...new Map(holders(ids).map((one) => [one.id, one])).values()].map((one) =>
          groups.cite(one, `group ${one.name ?? one.id}`),
        ),
        ...members.read.evidence,
      ]);
    }
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
    if (giving.size === 0)
      // On that day no role gave a connector, so an older statement that groups have them is outdated.
      return because(
        'connectors.connector_roles.none_gives',
        'No custom role gives a connector, so none is given to a group. No list shows which connectors all members have.',
      ).changedOn(roles.observedOn, ROLES_QUESTION, evidence);
    return because(
      'connectors.connector_roles.not_shown',
      `${count(giving.size, 'custom role gives', 'custom roles give')} connectors: ${names([...giving.values()], 4)}. No list shows which other connectors all members have.`,
    ).cannotRead(ROLES_QUESTION, evidence);
  },
});

interface Giving {
  /** Roles that give it. */
  readonly ids: ReadonlySet<string>;
  readonly row: ClaudeRoleRow;
}

/**
 * What roles give that should not be for everyone: every connector, and each one that the charter does not rate as low
 * sensitivity. Roles refer to a connector by its id, whose name is known only from events.
 */
function givenBy(context: CheckContext, rows: readonly ClaudeRoleRow[]): ReadonlyMap<string, Giving> {
  const events = context.events();
  const known = events.ok ? serverNames(events) : new Map<string, string>();
  const approved = context.charter.ok ? approvedConnectors(context.charter.value, context.catalogue) : [];
  const given = new Map<string, Giving>();
  for (const row of rows) {
    const { permission } = row;
    if (permission === null || permission === 'none' || !USES.has(permission.action)) continue;
    const isTool = permission.resource === 'connector_tool';
    // A tool's id starts with that of its connector: "mcpsrv_01/search".
    const server = isTool ? permission.resourceId?.split('/')[0] : permission.resourceId;
    const name = server === undefined || server === null ? undefined : known.get(server);
    const sensitive =
      name !== undefined &&
      approvalsOf(matchConnector(name, context.catalogue), approved).some(
        ({ connector }) =>
          connector.holdsMemberData === true ||
          (connector.sensitivity !== undefined && connector.sensitivity !== 'low'),
      );
    const what =
      permission.resource === 'all_connectors'
        ? 'every connector'
        : (permission.resource === 'connector' || isTool) && sensitive
          ? `${isTool ? 'a tool of ' : ''}${name}`
          : undefined;
    if (what === undefined) continue;
    const one = given.get(what) ?? { ids: new Set<string>(), row };
    given.set(what, { ids: new Set([...one.ids, row.id]), row: one.row });
  }
  return given;
}
// Guide: G1.1-09
