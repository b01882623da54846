import { hadNoEffect } from '../../activity/payload.ts';
import type { ActivityRow, PermissionGrantRow } from '../../model/kinds.ts';
import { dayOf } from '../../model/local-time.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { address, withoutTag } from '../../people/names.ts';
import { dayWords, names } from '../../text/words.ts';
import { byWhom, detailText } from './events.ts';

/** The two Entra applications of the Microsoft 365 connector, by appId (vendor's set-up page, read 2026-08-22). */
export const M365_CONNECTOR_APPS = [
  '08ad6f98-a4f8-4635-bb8d-f1a3044760f0',
  '07c030f6-5743-41b7-ba00-0a6e85f37c17',
];

/** A person's link to a connector that has not been removed. */
export interface OpenLink {
  readonly principalId: string | null;
  readonly email: string;
  /** What it is linked to. */
  readonly to: string;
  readonly words: string;
  readonly evidence: Evidence;
  /** Day on which it was made; null: the source does not give it. */
  readonly on: string | null;
}

/** Consents of individual people to the Microsoft 365 connector; from a partial list, those that it contains. */
export function connectorGrants(context: CheckContext): OpenLink[] {
  const given = context.read('permission_grants');
  const grants = given.ok ? given : given.part;
  if (grants === undefined) return [];
  const ids = connectorIds(context);
  const personal = (row: PermissionGrantRow) =>
    row.consentType !== 'AllPrincipals' && row.principalId !== null && ids.has(row.clientId.toLowerCase());
  return grants.rows.filter(personal).map((row) => ({
    principalId: row.principalId?.toLowerCase() ?? null,
    email: '',
    to: 'Microsoft 365',
    words: 'a Microsoft 365 consent is there',
    on: null,
    evidence: grants.cite(row, 'consent to the Microsoft 365 connector'),
  }));
}

/** Consents to the connector for everyone, with which Entra records no individual ones. */
export function consentsForAll(context: CheckContext): Evidence[] {
  const given = context.read('permission_grants');
  const grants = given.ok ? given : given.part;
  if (grants === undefined) return [];
  const ids = connectorIds(context);
  return grants.rows
    .filter((row) => row.consentType === 'AllPrincipals' && ids.has(row.clientId.toLowerCase()))
    .map((row) => grants.cite(row, 'consent to the Microsoft 365 connector for everyone'));
}

/** Object ids of the connector's applications. */
function connectorIds(context: CheckContext): ReadonlySet<string> {
  const apps = context.read('service_principals');
  return new Set(
    (apps.ok ? apps.rows : (apps.part?.rows ?? []))
      .filter((app) => M365_CONNECTOR_APPS.includes(app.appId.trim().toLowerCase()))
      .flatMap((app) => (app.id ? [app.id.toLowerCase()] : [])),
  );
}

/** Enterprise: links that a person made and no later event undoes; `email` is empty if no event gives the address. */
export function openLinks(context: CheckContext): OpenLink[] {
  if (context.profile.claudePlan !== 'enterprise') return [];
  const events = context.events();
  if (!events.ok) return [];
  const emails = new Map<string, string>();
  const ids = new Map<string, string>();
  for (const { id, email } of groupMembers(context)) {
    emails.set(id, email);
    ids.set(email, id);
  }
  for (const row of events.rows) {
    const id = actorId(row);
    if (id === null || row.actorEmail === null) continue;
    emails.set(id, address(row.actorEmail));
    ids.set(address(row.actorEmail), id);
  }
  const last = new Map<string, OpenLink & { linked: boolean }>();
  for (const row of events.rows) {
    if (row.type !== 'integration_user_connected' && row.type !== 'integration_user_disconnected') continue;
    if (hadNoEffect(row.type, row.detail)) continue;
    const server = detailText(row, 'mcp_server_name') ?? detailText(row, 'integration_type') ?? 'a connector';
    const id = actorId(row) ?? (row.actorEmail === null ? null : (ids.get(address(row.actorEmail)) ?? null));
    const email = row.actorEmail?.toLowerCase() ?? (id === null ? undefined : emails.get(id)) ?? '';
    const linked = row.type === 'integration_user_connected';
    const who = byWhom(row, context.profile.timezone);
    last.set(`${id ?? (email || (row.actorName ?? ''))} ${server.toLowerCase()}`, {
      linked,
      on: dayOf(row.at, context.profile.timezone),
      principalId: null,
      email,
      to: server,
      words: `${server} is still linked`,
      evidence: events.cite(row, `${server} ${linked ? 'linked' : 'unlinked'} by ${who}`),
    });
  }
  return [...last.values()].filter(({ linked }) => linked);
}

/** Ids and addresses of everyone for whom a list of groups in Claude gives both; the newest list last. */
function groupMembers(context: CheckContext): readonly { readonly id: string; readonly email: string }[] {
  return context
    .history('claude_groups')
    .flatMap(({ rows }) =>
      rows.flatMap(({ member }) =>
        member === null || member === 'none' || member.id === null || member.email === null
          ? []
          : [{ id: member.id, email: address(member.email) }],
      ),
    );
}

/** The vendor's permanent id of the actor; an address may change, and is lost when the account is deleted. */
function actorId(row: ActivityRow): string | null {
  return detailText(row, 'actor.user_id') ?? detailText(row, 'actor_uuid');
}

/**
 * Open links of people who are in no record of staff or seats. Links from before the members file are findings; the
 * people of later ones may have joined since.
 */
export function linksOfStrangers(
  context: CheckContext,
  links: readonly OpenLink[],
  leavers: readonly { readonly emails: ReadonlySet<string> }[],
): { readonly items: readonly Item[]; readonly later: readonly string[] } {
  const members = context.read('members');
  if (!members.ok || links.length === 0) return { items: [], later: [] };
  const people = context.people();
  const known = new Set([
    ...members.rows.flatMap((member) => [
      address(member.email),
      withoutTag(member.email),
      ...people.addressesOf(member),
    ]),
    ...leavers.flatMap(({ emails }) => [...emails]),
  ]);
  const own = links.filter(
    ({ email }) => email !== '' && !known.has(address(email)) && !known.has(withoutTag(email)),
  );
  const before = own.filter(({ on }) => on !== null && on <= members.observedOn);
  return {
    items: [...Map.groupBy(before, ({ email }) => email)].map(([email, made]) => ({
      key: email,
      label: email,
      detail: `Holds no seat according to the members file of ${dayWords(members.observedOn)}; ${names(made.map(({ words }) => words))}.`,
      evidence: made.map(({ evidence }) => evidence),
    })),
    later: [...new Set(own.filter((link) => !before.includes(link)).map(({ email }) => email))],
  };
}
