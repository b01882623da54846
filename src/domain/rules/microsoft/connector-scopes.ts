import { z } from 'zod';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import type { Item, Outcome } from '../../model/verdict.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, sentence } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import {
  type ApplicationPermissions,
  applicationPermissions,
  askedAbout,
  failedByPermissions,
  readerWords,
} from './application-permissions.ts';
import {
  APPS_WITH_ID,
  CONNECTOR_CLIENT,
  CONNECTOR_SERVER,
  filterShown,
  GRAPH_APP_ID,
  principalOf,
  UNFILTERED,
} from './apps.ts';
import { knownScope, neededScopes, removalOf } from './scopes-needed.ts';
import { type ScopesSince, scopesSince } from './scopes-since.ts';
import { withSignInScopes } from './sign-in-scopes.ts';

export const connectorScopes = defineRule({
  name: 'connector-scopes',
  about:
    'Compares the delegated scopes that the connector’s server application holds with those that the chartered actions need, read actions included, or with the list in the charter if there is one. The sign-in application may hold nothing beyond signing in. No application of Claude may hold an application permission, by which it would act without a person who is signed in; one that is Claude’s by its name alone fails by what reaches content or changes something, and is asked about where it only reads the directory. The application with which Bylaw reads the tenant, known by its id, is not one of Claude’s whatever its name.',
  failsFromPart: ['permission_grants', 'service_principals'],
  params: z.strictObject({}),
  decide(context) {
    const connector = delegated(context);
    const principals = context.read('service_principals');
    if (!principals.ok) return connector;
    const found = withSignInScopes(context, principals, connector);
    const permissions = applicationPermissions(context, principals);
    if (permissions.held.length > 0) return failedByPermissions(permissions, principals, found);
    if (permissions.unsettled.length > 0 && found.state !== 'fail')
      return askedAbout(permissions, principals, found);
    return { ...found, reason: `${found.reason}${readerWords(permissions)}` };
  },
});

function delegated(context: CheckContext): Outcome {
  const principals = context.read('service_principals');
  if (!principals.ok)
    return because(
      'microsoft.connector_scopes.principals_unread',
      `${principals.why} Grants name applications by object id, which only this file resolves.`,
    ).cannotRead(principals.howToGet);
  const server = principalOf(principals, CONNECTOR_SERVER.appId);
  const filter = filterShown(context, principals);
  if (!server && filter !== null)
    return because(
      'microsoft.connector_scopes.may_be_filtered',
      `${CONNECTOR_SERVER.name} is not among the ${count(principals.rows.length, 'enterprise application')}. ${filter} So it may be in Entra and hold scopes.`,
    ).cannotRead(UNFILTERED, principals.evidence);
  if (!server)
    return because(
      'microsoft.connector_scopes.not_in_entra',
      `${CONNECTOR_SERVER.name} is not in Entra, so it holds no scopes.`,
    ).notApplicable(principals.evidence);
  if (!server.id)
    return because(
      'microsoft.connector_scopes.object_id_missing',
      'The enterprise applications file does not give the object id of the server application, by which grants are recorded.',
    ).cannotRead(APPS_WITH_ID, principals.evidence);
  const grants = context.read('permission_grants');
  if (!grants.ok) return absent(grants).cannotRead(grants.howToGet, principals.evidence);
  const id = server.id.toLowerCase();
  // The client application only calls the server; what it holds of Microsoft Graph, the connector holds as well.
  const client = principalOf(principals, CONNECTOR_CLIENT.appId)?.id?.toLowerCase();
  const graph = principalOf(principals, GRAPH_APP_ID)?.id?.toLowerCase();
  const ofClient = grants.rows.filter(
    ({ clientId, resourceId }) => clientId.toLowerCase() === client && resourceId?.toLowerCase() !== id,
  );
  const own = [
    ...grants.rows.filter(({ clientId }) => clientId.toLowerCase() === id),
    ...ofClient.filter(({ resourceId }) => resourceId?.toLowerCase() === graph),
  ];
  const unclear = ofClient.filter(({ resourceId }) => resourceId === null || graph === undefined);
  const resourceUnknown = because(
    'microsoft.connector_scopes.resource_unknown',
    `It is not known which system ${count(unclear.length, 'consent', 'consents')} of ${CONNECTOR_CLIENT.name} ${unclear.length === 1 ? 'is' : 'are'} for, so it is also not known what the connector may read.`,
  ).cannotRead(
    ask('source', 'permission_grants', 'Save the grants and the service principals again.', 'again'),
    grants.evidence,
  );
  if (own.length === 0 && unclear.length > 0) return resourceUnknown;
  if (own.length === 0)
    return because(
      'microsoft.connector_scopes.no_grants',
      `${CONNECTOR_SERVER.name} holds none of the ${count(grants.rows.length, 'permission grant')} in Entra: no one has consented.`,
    ).notApplicable(grants.evidence);
  const cite = own.map((row) => grants.cite(row, `${count(row.scopes.length, 'scope')}`));
  // A scope missing from a partial list may still be granted.
  const whole = grants.readings.every(({ complete }) => complete);
  const changed = whole ? sinceWords(scopesSince(context, id, grants)) : '';
  if (!context.charter.ok) return absent(context.charter).cannotRead(QUESTION, cite);
  const needed = neededScopes(context.charter.value, context.catalogue);
  if (!needed.ok)
    return because('microsoft.connector_scopes.needed_unknown', needed.why).cannotRead(QUESTION, cite);
  const surplus = own.flatMap((row) =>
    row.scopes.filter((scope) => !needed.scopes.has(scope.toLowerCase())).map((scope) => ({ row, scope })),
  );
  const granted = new Set(own.flatMap((row) => row.scopes.map((scope) => scope.toLowerCase())));
  // While an approved action's scopes are unknown, offer no call that could remove one of them.
  const sure = needed.unclear.length === 0;
  const items = surplus.map(
    ({ row, scope }): Item => ({
      key: scope.toLowerCase(),
      label: scope,
      detail: sure
        ? `${enables(scope, context)} Remove it with: ${removalOf(row, needed.scopes)?.graph ?? ''}`
        : enables(scope, context),
      evidence: [grants.cite(row, scope)],
    }),
  );
  const distinct = [...new Set(surplus.map(({ scope }) => scope))];
  if (distinct.length > 0 && !sure)
    return because(
      'microsoft.connector_scopes.may_be_beyond',
      `${names(distinct)} ${distinct.length === 1 ? 'is' : 'are'} granted, and the charter allows ${names(needed.unclear)}, but it is not known what ${needed.unclear.length === 1 ? 'it needs' : 'they need'}.${changed}`,
    ).cannotRead(
      ask(
        'charter',
        'entra.connectorScopes',
        'List the scopes that should be granted under “entra.connectorScopes” in the charter.',
      ),
      cite,
      items,
    );
  if (distinct.length > 0)
    return because(
      'microsoft.connector_scopes.beyond',
      `${CONNECTOR_SERVER.name} holds ${count(distinct.length, 'scope')} beyond ${needed.from}: ${names(
        distinct.map((scope) => `${scope}${enablesShort(scope, context)}`),
        5,
      )}.${changed}`,
    ).fail(cite, items);
  // Scopes of the server application beyond the charter fail even without it.
  if (unclear.length > 0) return resourceUnknown;
  const lacking = [...needed.scopes].filter(
    (scope) => !granted.has(scope) && knownScope(scope, context.catalogue)?.kind === 'write',
  );
  const lack = lacking.length > 0 ? ` Not granted, though approved actions need it: ${names(lacking)}.` : '';
  return because(
    'microsoft.connector_scopes.none_beyond',
    `${CONNECTOR_SERVER.name} holds ${count(granted.size, 'scope')}, none beyond ${needed.from}.${lack}${changed}${unreadWords(applicationPermissions(context, principals))}`,
    { scopes: [...granted.keys()] },
  ).pass(cite);
}

const QUESTION = ask(
  'charter',
  'connectors',
  'List the approved connectors with their actions under “connectors” in the charter, or the scopes that should be granted under “entra.connectorScopes”.',
  'or_scopes',
);

/** What may be held besides the scopes, to be appended to a sentence. */
const unreadWords = ({ unread }: ApplicationPermissions): string =>
  unread.length === 0
    ? ''
    : ` Not read: application permissions of ${names(unread.map(({ name }) => name))}, which a live connection reads.`;

/** Scopes added and removed since the earlier file, to be appended to a sentence; empty if unknown or unchanged. */
function sinceWords(since: ScopesSince | null): string {
  if (since === null) return '';
  const part = (list: readonly string[], what: string) =>
    list.length === 0 ? '' : ` ${sentence(what)} since ${dayWords(since.earlier)}: ${names(list, 5)}.`;
  return part(since.added, 'added') + part(since.removed, 'removed');
}

function enables(scope: string, context: CheckContext): string {
  const known = knownScope(scope, context.catalogue);
  return known === null
    ? 'Is in neither the reading nor the writing set that Anthropic documents for the connector.'
    : `Lets Claude ${known.lets}.`;
}

function enablesShort(scope: string, context: CheckContext): string {
  const known = knownScope(scope, context.catalogue);
  return known?.kind === 'write' ? ` (${known.lets})` : '';
}
// Guide: G3.2-02 G6.1-05
