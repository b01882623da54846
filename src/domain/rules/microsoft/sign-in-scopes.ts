import type { PermissionGrantRow, ServicePrincipalRow } from '../../model/kinds.ts';
import type { CheckContext, Current } from '../../model/rule.ts';
import type { Item, Outcome } from '../../model/verdict.ts';
import { names, verb } from '../../text/words.ts';
import { because } from '../outcome.ts';
import { kindOfApp } from './app-kind.ts';
import { type Principals, SSO_QUESTION } from './apps.ts';
import { knownScope, removalOf } from './scopes-needed.ts';

interface Held {
  readonly app: ServicePrincipalRow;
  readonly row: PermissionGrantRow;
  readonly beyond: readonly string[];
}

/**
 * Adds to the connector's outcome what the sign-in application, or one that only looks like Claude's, was granted
 * beyond signing in, which needs only the profile scopes of Microsoft Graph. An application with the plain name and
 * another id is Claude's only if it is the sign-in application, so it is a question while the charter does not name
 * that.
 */
export function withSignInScopes(context: CheckContext, principals: Principals, found: Outcome): Outcome {
  const given = context.read('permission_grants');
  const grants = given.ok ? given : given.part;
  if (grants === undefined) return found;
  const { charter, catalogue } = context;
  const stated = charter.ok ? charter.value.entra?.ssoAppId?.trim().toLowerCase() : undefined;
  const basic = new Set(
    catalogue.connectorScopes.scopes.flatMap(({ kind, scope }) =>
      kind === 'basic' ? [scope.toLowerCase()] : [],
    ),
  );
  const held = principals.rows.flatMap((app): Held[] => {
    const kind = kindOfApp(app, stated);
    if (app.id === null || kind === null || kind === 'connector') return [];
    if (kind === 'named' && stated !== undefined) return [];
    const id = app.id.toLowerCase();
    return grants.rows
      .filter(({ clientId }) => clientId.toLowerCase() === id)
      .map((row) => ({ app, row, beyond: row.scopes.filter((scope) => !basic.has(scope.toLowerCase())) }))
      .filter(({ beyond }) => beyond.length > 0);
  });
  const certain = held.filter(({ app }) => kindOfApp(app, stated) !== 'named');
  if (certain.length > 0) {
    const items = itemsOf(certain, grants, basic, context);
    const more = found.state === 'fail' ? found : null;
    return because(
      'microsoft.connector_scopes.sign_in_beyond',
      `${listed(certain)}, though nobody needs ${verb(items.length, 'it', 'them')} to sign in to Claude.${more === null ? '' : ` ${more.reason}`}`,
    ).fail(
      [...items.flatMap(({ evidence }) => evidence), ...(more?.evidence ?? [])],
      [...items, ...(more?.items ?? [])],
    );
  }
  if (held.length === 0 || !['pass', 'not_applicable'].includes(found.state)) return found;
  return because(
    'microsoft.connector_scopes.may_be_sign_in',
    `${listed(held)}. By its name it may be the sign-in application, which the charter does not name and which needs none of that. ${found.reason}`,
  ).cannotRead(
    SSO_QUESTION,
    [...grants.evidence, ...principals.evidence],
    itemsOf(held, grants, basic, context),
  );
}

const listed = (held: readonly Held[]): string =>
  names(
    [...new Set(held.map(({ app }) => app))].map((app) => {
      const scopes = new Set(held.flatMap((one) => (one.app === app ? one.beyond : [])));
      return `${app.name} (${app.appId}) holds ${names([...scopes])}`;
    }),
  );

function itemsOf(
  held: readonly Held[],
  grants: Extract<Current<'permission_grants'>, { ok: true }>,
  basic: ReadonlySet<string>,
  context: CheckContext,
): Item[] {
  return held.flatMap(({ app, row, beyond }) =>
    beyond.map((scope) => {
      const lets = knownScope(scope, context.catalogue)?.lets;
      return {
        key: `${app.appId.toLowerCase()}/${scope.toLowerCase()}`,
        label: `${app.name}: ${scope}`,
        detail: `${lets === undefined ? '' : `Lets it ${lets}. `}Remove it with: ${removalOf(row, basic)?.graph ?? ''}`,
        evidence: [grants.cite(row, scope)],
      };
    }),
  );
}
// Guide: G3.2-02 G6.1-05
