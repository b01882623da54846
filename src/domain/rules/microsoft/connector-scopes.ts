import { z } from 'zod';
import { fold } from '../../decide/conditions.ts';
import type { Connector } from '../../model/catalogue.ts';
import type { CharteredConnector } from '../../model/charter.ts';
import type { PermissionGrantRow } from '../../model/kinds.ts';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { count, names } from '../../text/words.ts';
import { matchConnector } from '../connectors/match.ts';
import { cannotRead, fail, notApplicable, pass } from '../outcome.ts';
import { CONNECTOR_SERVER, principalOf } from './apps.ts';

const words = (text: string) => text.split(/\s+/);
/** Scopes that every sign-in carries (support.claude.com article 12542951, 2026-08-22). */
const BASIC = words('User.Read openid offline_access email profile');
/** Scopes of the connector's read tools, from the same page. */
const READ = words(
  'Mail.Read Mail.ReadBasic Mail.Read.Shared MailboxFolder.Read MailboxItem.Read MailboxSettings.Read Calendars.Read Calendars.Read.Shared Chat.Read Chat.ReadBasic ChatMember.Read ChatMessage.Read Channel.ReadBasic.All ChannelMessage.Read.All OnlineMeetings.Read OnlineMeetingTranscript.Read.All OnlineMeetingAiInsight.Read OnlineMeetingArtifact.Read.All OnlineMeetingRecording.Read.All Files.Read Files.Read.All Sites.Read.All User.ReadBasic.All',
);
/** What each scope of the write set would let Claude do as the person. */
const ENABLES: Readonly<Record<string, string>> = {
  'mail.send': 'send and forward mail as the person',
  'mail.readwrite': 'draft, label and delete mail',
  'calendars.readwrite': 'create, change and delete appointments',
  'files.readwrite.all': 'upload, change, move and delete files wherever the person may',
  'mailboxsettings.readwrite': 'make inbox rules and out-of-office replies',
};

type Needed =
  | {
      readonly ok: true;
      readonly scopes: ReadonlySet<string>;
      readonly from: string;
      readonly unclear: readonly string[];
    }
  | { readonly ok: false; readonly why: string; readonly question: string };

export const connectorScopes = defineRule({
  name: 'connector-scopes',
  about:
    "Compares the delegated scopes that the connector's server application holds with those that the chartered actions need. Reading scopes are part of the base unless the charter lists the scopes itself.",
  params: z.strictObject({}),
  decide(context) {
    const principals = context.read('service_principals');
    if (!principals.ok)
      return cannotRead(
        `${principals.why} Grants name applications by object id, which only this file resolves.`,
        principals.howToGet,
      );
    const server = principalOf(principals, CONNECTOR_SERVER.appId);
    if (!server)
      return notApplicable(
        `${CONNECTOR_SERVER.name} is not in Entra, so it holds no scopes.`,
        principals.evidence,
      );
    if (!server.id)
      return cannotRead(
        'The enterprise applications file does not give the object id of the server application, by which grants are recorded.',
        'Save GET /v1.0/servicePrincipals with id among the members.',
        principals.evidence,
      );
    const grants = context.read('permission_grants');
    if (!grants.ok) return cannotRead(grants.why, grants.howToGet, principals.evidence);
    const id = server.id.toLowerCase();
    const own = grants.rows.filter((row) => row.clientId.toLowerCase() === id);
    if (own.length === 0)
      return notApplicable(
        `${CONNECTOR_SERVER.name} holds none of the ${count(grants.rows.length, 'permission grant')} in Entra: nobody has consented.`,
        grants.evidence,
      );
    const cite = own.map((row) => grants.cite(row, `${count(row.scopes.length, 'scope')}`));
    const needed = neededScopes(context);
    if (!needed.ok) return cannotRead(needed.why, needed.question, cite);
    const surplus = own.flatMap((row) =>
      row.scopes.filter((scope) => !needed.scopes.has(scope.toLowerCase())).map((scope) => ({ row, scope })),
    );
    const granted = new Set(own.flatMap((row) => row.scopes.map((scope) => scope.toLowerCase())));
    const items = surplus.map(
      ({ row, scope }): Item => ({
        key: scope.toLowerCase(),
        label: scope,
        detail: `${enables(scope)} ${removal(row, needed.scopes)}`,
        evidence: [grants.cite(row, scope)],
      }),
    );
    const distinct = [...new Set(surplus.map(({ scope }) => scope))];
    if (distinct.length > 0 && needed.unclear.length > 0)
      return cannotRead(
        `${names(distinct)} ${distinct.length === 1 ? 'is' : 'are'} granted, and the charter allows ${names(needed.unclear)}, of which it is not known what ${needed.unclear.length === 1 ? 'it needs' : 'they need'}.`,
        'List the scopes that are meant to be granted under "entra.connectorScopes" in the charter.',
        cite,
        items,
      );
    if (distinct.length > 0)
      return fail(
        `${CONNECTOR_SERVER.name} holds ${count(distinct.length, 'scope')} beyond ${needed.from}: ${names(
          distinct.map((scope) => `${scope}${enablesShort(scope)}`),
          5,
        )}.`,
        cite,
        items,
      );
    const lacking = [...needed.scopes].filter((scope) => !granted.has(scope) && ENABLES[scope]);
    const lack =
      lacking.length > 0 ? ` Not granted, though approved actions need it: ${names(lacking)}.` : '';
    return pass(
      `${CONNECTOR_SERVER.name} holds ${count(granted.size, 'scope')}, none beyond ${needed.from}.${lack}`,
      cite,
    );
  },
});

function neededScopes(context: CheckContext): Needed {
  const question =
    'List the approved connectors with their actions under "connectors" in the charter, or the scopes meant to be granted under "entra.connectorScopes".';
  if (!context.charter.ok) return { ok: false, why: context.charter.why, question };
  const { entra, connectors } = context.charter.value;
  if (entra?.connectorScopes) {
    // A list in the charter is the whole list: reading scopes that it does not name are surplus too.
    return {
      ok: true,
      scopes: lower([...BASIC, ...entra.connectorScopes]),
      from: 'the scopes that the charter lists',
      unclear: [],
    };
  }
  if (!connectors)
    return {
      ok: false,
      why: 'The charter lists no approved connectors, so what they need is not known.',
      question,
    };
  const known = context.catalogue.connectors.filter((connector) => connector.id.startsWith('microsoft365_'));
  if (known.length === 0)
    return { ok: false, why: 'The catalogue does not describe the Microsoft 365 connector.', question };
  const scopes: string[] = [...BASIC, ...READ];
  const unclear: string[] = [];
  for (const chartered of connectors) {
    // "Microsoft 365" alone means all of its parts.
    const parts = matchConnector(chartered.name, context.catalogue).entries.filter((entry) =>
      known.includes(entry),
    );
    if (parts.length === 0) continue;
    const permitted = permittedActions(
      chartered,
      parts.flatMap((part) => part.actions),
    );
    scopes.push(...permitted.scopes);
    unclear.push(...permitted.unclear);
  }
  return { ok: true, scopes: lower(scopes), from: 'what reading and the approved actions need', unclear };
}

/** Scopes of the actions that the charter allows or asks for; what it allows and the catalogue cannot place is unclear. */
function permittedActions(
  chartered: CharteredConnector,
  actions: Connector['actions'],
): { scopes: string[]; unclear: string[] } {
  const placed = new Set<string>();
  const scopes: string[] = [];
  for (const action of actions) {
    const spellings = [action.id, action.title, ...action.aliases].map(fold);
    const stated = Object.entries(chartered.actions).filter(([key]) => spellings.includes(fold(key)));
    for (const [key] of stated) placed.add(key);
    // A tool that the charter names under two spellings counts as allowed when either allows it.
    const states =
      stated.length > 0
        ? stated.map(([, state]) => state)
        : chartered.actions['*']
          ? [chartered.actions['*']]
          : [];
    if (action.scope && states.some((state) => state !== 'blocked')) scopes.push(...words(action.scope));
  }
  const unclear = Object.entries(chartered.actions)
    .filter(([key, state]) => key !== '*' && state !== 'blocked' && !placed.has(key))
    .map(([key]) => `"${key}"`);
  return { scopes, unclear };
}

function enables(scope: string): string {
  const what = ENABLES[scope.toLowerCase()];
  if (what) return `Would let Claude ${what}.`;
  return READ.some((read) => read.toLowerCase() === scope.toLowerCase())
    ? 'Lets Claude read what the charter does not list.'
    : 'Is in neither the reading nor the writing set that Anthropic documents for the connector.';
}

function enablesShort(scope: string): string {
  const what = ENABLES[scope.toLowerCase()];
  return what ? ` (${what})` : '';
}

/** The call that leaves the grant with what is needed; a scope is taken out by writing the rest. */
function removal(row: PermissionGrantRow, needed: ReadonlySet<string>): string {
  const rest = row.scopes.filter((scope) => needed.has(scope.toLowerCase())).join(' ');
  const id = row.id ?? '{id of the grant}';
  return rest === ''
    ? `Take it out with: DELETE https://graph.microsoft.com/v1.0/oauth2PermissionGrants/${id}`
    : `Take it out with: PATCH https://graph.microsoft.com/v1.0/oauth2PermissionGrants/${id} {"scope":"${rest}"}`;
}

function lower(scopes: readonly string[]): ReadonlySet<string> {
  return new Set(scopes.map((scope) => scope.trim().toLowerCase()).filter((scope) => scope !== ''));
}
