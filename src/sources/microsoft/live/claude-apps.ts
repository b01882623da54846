import type { Charter } from '#domain/model/charter.ts';
import { CONNECTOR_APPS } from '#domain/rules/microsoft/apps.ts';
import { looksLikeClaude } from '#domain/rules/microsoft/look-alike.ts';
import { isObject, type Json } from '../../json-client.ts';
import { collectEntries, type GraphClient } from '../graph/client.ts';
import { select } from '../graph/select.ts';

/** Members read of an enterprise application. */
export const APPLICATION = {
  ...select(
    'servicePrincipal',
    'id',
    'appId',
    'displayName',
    'accountEnabled',
    'appRoleAssignmentRequired',
    'appOwnerOrganizationId',
    'verifiedPublisher',
    'servicePrincipalType',
    'replyUrls',
    'createdDateTime',
    'applicationTemplateId',
    'tags',
  ),
  $top: '999',
};

/** An enterprise application related to Claude. */
export interface ClaudeApp {
  /** Object id of its service principal. */
  readonly id: string;
  readonly appId: string;
}

/**
 * The connector's two applications, the sign-on application stated in the charter, those named after Claude or
 * Anthropic (even in disguise), and those that sign people in to Claude or to the service that it uses. Errs on the
 * side of too many: rules decide which of them count.
 */
export async function claudeApps(graph: GraphClient, { entra }: Charter): Promise<readonly ClaudeApp[]> {
  return claudeAppsIn(await collectEntries(graph.list('/servicePrincipals', APPLICATION)), { entra });
}

/** Same, among applications already read. */
export function claudeAppsIn(
  found: readonly Json[],
  { entra }: Pick<Charter, 'entra'>,
): readonly ClaudeApp[] {
  const stated = entra?.ssoAppId?.trim().toLowerCase();
  return found.flatMap((app) =>
    typeof app.id === 'string' &&
    typeof app.appId === 'string' &&
    (app.appId.toLowerCase() === stated || isOfClaude(app))
      ? [{ id: app.id, appId: app.appId }]
      : [],
  );
}

function isOfClaude({ appId, displayName, verifiedPublisher, replyUrls }: Json): boolean {
  if (CONNECTOR_APPS.some((one) => one.appId === String(appId).toLowerCase())) return true;
  const publisher = isObject(verifiedPublisher) ? verifiedPublisher.displayName : null;
  const named = [displayName, publisher].some(
    (name) => typeof name === 'string' && looksLikeClaude(name).is !== 'no',
  );
  return named || (Array.isArray(replyUrls) && replyUrls.some(leadsToClaude));
}

/** Hosts that people are redirected to after signing in to Claude. WorkOS handles sign-in for Claude and for others. */
const HOSTS = /(^|\.)(claude\.ai|claude\.com|anthropic\.com|workos\.com)$/i;

function leadsToClaude(address: unknown): boolean {
  return typeof address === 'string' && URL.canParse(address) && HOSTS.test(new URL(address).hostname);
}
