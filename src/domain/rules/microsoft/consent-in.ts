import type { PermissionGrantRow } from '../../model/kinds.ts';
import type { Read } from '../../model/rule.ts';
import type { Item, Outcome } from '../../model/verdict.ts';
import { ask } from '../../text/message.ts';
import { count } from '../../text/words.ts';
import { because } from '../outcome.ts';
import {
  APPS_WITH_ID,
  CONNECTOR_SERVER,
  connectorApps,
  GRAPH_APP_ID,
  type Principals,
  principalOf,
  REST_QUESTION,
} from './apps.ts';

/**
 * Whether an administrator consented for everyone. That is one grant, so a partial list that contains it shows it.
 * @param unread outcome if the grant is missing from a list that is only a part
 */
export function consentIn(
  principals: Principals,
  grants: Read<'permission_grants'>,
  unread: Outcome | null,
): Outcome {
  const server = principalOf(principals, CONNECTOR_SERVER.appId);
  if (!server?.id)
    return because(
      'microsoft.app_presence.object_id_missing',
      'The enterprise applications file does not give the object id of the server application, by which consent is recorded.',
    ).cannotRead(APPS_WITH_ID, principals.evidence);
  const own = grants.rows.filter((row) => row.clientId.toLowerCase() === server.id?.toLowerCase());
  const graph = principalOf(principals, GRAPH_APP_ID)?.id?.toLowerCase() ?? null;
  const toGraph = graph ? own.filter((row) => row.resourceId?.toLowerCase() === graph) : own;
  const unsaidFor = own.filter((row) => row.resourceId === null);
  if (toGraph.length === 0 && unsaidFor.length > 0)
    return because(
      'microsoft.app_presence.grant_for_unknown',
      'The server application holds grants, and the file does not say for which application.',
    ).cannotRead(
      ask(
        'source',
        'permission_grants',
        'Save the list of permission grants with the field resourceId.',
        'resourceId',
      ),
      cited(unsaidFor, grants),
    );
  if (unread !== null && !toGraph.some(isForAll)) return unread;
  if (toGraph.length === 0)
    return because(
      'microsoft.app_presence.no_admin_consent',
      `Both connector applications are in Entra, and none of the ${count(grants.rows.length, 'permission grant')} gives the server application anything of Microsoft Graph: no one has consented.`,
    ).fail([...grants.evidence, principals.cite(server, server.name)]);
  if (!graph)
    return because(
      'microsoft.app_presence.graph_missing',
      'The server application holds grants, and the enterprise applications file lacks Microsoft Graph, so what they are for cannot be determined.',
    ).cannotRead(REST_QUESTION, cited(toGraph, grants));
  const forAll = toGraph.filter(isForAll);
  if (forAll.length > 0)
    return because(
      'microsoft.app_presence.consented',
      `Both connector applications are in Entra, and an administrator consented for everyone: ${count(new Set(forAll.flatMap((row) => row.scopes)).size, 'scope')} of Microsoft Graph.`,
    ).pass([
      ...connectorApps(principals).map(({ row }) => principals.cite(row, 'present')),
      ...cited(forAll, grants),
    ]);
  if (toGraph.some((row) => row.consentType === null))
    return because(
      'microsoft.app_presence.consent_kind_unknown',
      'The server application holds grants; the file does not say whether they are for everyone or for individual people.',
    ).cannotRead(
      ask(
        'source',
        'permission_grants',
        'Save the list of permission grants with the field consentType.',
        'consentType',
      ),
      cited(toGraph, grants),
    );
  return because(
    'microsoft.app_presence.consent_personal_only',
    `${count(toGraph.length, 'person has', 'people have')} consented for themselves only; an administrator’s consent for the whole organization is missing.`,
  ).fail(cited(toGraph, grants));
}

const isForAll = ({ consentType, scopes }: PermissionGrantRow): boolean =>
  consentType === 'AllPrincipals' && scopes.length > 0;

function cited(
  rows: readonly PermissionGrantRow[],
  grants: { cite(row: PermissionGrantRow, says: string): Item['evidence'][number] },
) {
  return rows.map((row) =>
    grants.cite(
      row,
      `${count(row.scopes.length, 'scope')}, ${row.consentType === 'AllPrincipals' ? 'for everyone' : row.consentType === 'Principal' ? 'for one person' : 'for whom is not reported'}`,
    ),
  );
}
// Guide: G6.1-02 G6.1-03
