import type { Json } from '../../../json-client.ts';
import { GraphProblem } from '../../graph/problem.ts';
import { listStream, type SavedAnswer, savedList } from '../list-stream.ts';
import { AGENT_CATALOG, hasPermission } from '../permissions.ts';
import type { SignedIn } from '../test-application.ts';

const PATH = '/copilot/admin/catalog/packages';

/**
 * The catalog of agents and apps of Microsoft Agent 365 (learn.microsoft.com, "List packages", page of 2026-06-30:
 * v1.0, global cloud only, requires an Agent 365 license). The documentation lists no query parameters except filters,
 * so none is sent.
 */
export const agentPackages = listStream({
  id: 'agent_packages',
  title: 'Catalog of agents (Microsoft Agent 365)',
  kind: 'agent_packages',
  scope: AGENT_CATALOG,
  everyMinutes: 6 * 60,
  read: async ({ client }, say) => {
    if (client.cloud !== 'global')
      throw new GraphProblem('not_found', {
        message: 'Microsoft offers the catalog of agents only in its global cloud.',
      });
    const answer = await catalogOf(client);
    const items: readonly Json[] = Array.isArray(answer.value) ? answer.value : [];
    const unread = items.filter(({ id, displayName }) => !isText(id) || !isText(displayName)).length;
    if (unread > 0)
      say(
        `The catalog of agents has a different form from the one that Microsoft documents: ${unread} of ${items.length} entries have no id or no name, so it does not count as read.`,
      );
    return [answer];
  },
});

async function catalogOf(client: SignedIn): Promise<SavedAnswer> {
  try {
    return await savedList(client.graph, PATH);
  } catch (error) {
    throw await explained(error, client);
  }
}

const isText = (value: unknown) => typeof value === 'string' && value.trim() !== '';

/** Explains an error of this list. Microsoft documents none, and the general messages would be misleading. */
async function explained(error: unknown, { graph }: SignedIn): Promise<unknown> {
  if (!(error instanceof GraphProblem)) return error;
  const { status, graphCode, requestId } = error;
  const as = (code: 'not_licensed' | 'not_found', message: string) =>
    new GraphProblem(code, { status, graphCode, requestId, message, cause: error });
  if (status === 404)
    return as(
      'not_found',
      'Microsoft has no catalog of agents for this tenant. It comes with Microsoft Agent 365.',
    );
  if (status === 424)
    return as(
      'not_found',
      'Here, Microsoft gives the catalog of agents only to a person, not to an application. Save it in Microsoft Graph Explorer and import it.',
    );
  if (error.code !== 'missing_permission') return error;
  const { roles } = await graph.claims();
  return roles !== null && hasPermission(roles, AGENT_CATALOG)
    ? as(
        'not_licensed',
        'Microsoft refuses access to the agent catalog although the application has the permission. It requires a Microsoft Agent 365 license.',
      )
    : error;
}
// Guide: G6.1-04
