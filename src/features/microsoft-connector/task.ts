import { effectiveCharter } from '#domain/charter/effective.ts';
import { contextFor } from '#domain/decide/context.ts';
import { DEFAULT_FRESH_DAYS } from '#domain/decide/fresh-days.ts';
import type { Charter } from '#domain/model/charter.ts';
import type { CheckContext } from '#domain/model/rule.ts';
import {
  CONNECTOR_APPS,
  CONNECTOR_EGRESS,
  CONNECTOR_SERVER,
  principalOf,
  signInApp,
} from '#domain/rules/microsoft/apps.ts';
import { consentsSince, consentsTo } from '#domain/rules/microsoft/consents.ts';
import {
  knownScope,
  type Needed,
  neededScopes,
  type Removal,
  removalOf,
} from '#domain/rules/microsoft/scopes-needed.ts';
import { type ScopesSince, scopesSince } from '#domain/rules/microsoft/scopes-since.ts';
import type { TaskInput } from '../shared/services/tasks.ts';
import { type PersonGrant, personGrantsOf } from './grant-findings.ts';
import { type Linkers, linkersOf } from './linkers.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    microsoftConnector: typeof microsoftConnector;
  }
}

const RULE = 'connector-scopes';

export interface ConnectorApp {
  readonly appId: string;
  readonly name: string;
  readonly role: 'sign_in' | 'client' | 'server';
  /** null if the enterprise applications were not read. */
  readonly there: boolean | null;
  /** Its name in Entra; null if missing or not read. */
  readonly called: string | null;
  readonly enabled: boolean | null;
  readonly assignmentRequired: boolean | null;
}

export interface GrantedScope {
  readonly scope: string;
  /** null if it is not known what the charter needs. */
  readonly needed: boolean | null;
  readonly lets: string | null;
  /** Whether it is granted for everyone; `people` counts the grants of single people. */
  readonly everyone: boolean;
  readonly people: number;
}

export interface ConnectorReading {
  readonly apps: readonly ConnectorApp[];
  readonly scopes: readonly GrantedScope[];
  /** Write scopes that approved actions need but that are not granted. */
  readonly lacking: readonly string[];
  readonly needed: {
    readonly from: string | null;
    readonly why: string | null;
    readonly unclear: readonly string[];
  };
  /** Differences from the earlier file; null if there is none. */
  readonly since: ScopesSince | null;
  /** Consents in Entra's audit log, newest first; null if the log was not read. */
  readonly consents: {
    readonly list: readonly {
      readonly at: string;
      readonly by: string | null;
      readonly application: boolean;
      readonly activity: string;
      readonly appId: string;
    }[];
    readonly from: string | null;
  } | null;
  readonly removals: readonly Removal[];
  readonly linkers: Linkers | null;
  /** People who granted it a permission for themselves; null if applications or grants were not read. */
  readonly people: readonly PersonGrant[] | null;
  readonly egress: string;
  readonly observed: {
    readonly on: string | null;
    readonly why: string | null;
    readonly howToGet: string | null;
  };
}

/**
 * The state of the Microsoft 365 connector in Entra, compared with what the charter needs.
 *
 * @param params `charter` is null if there is none.
 */
export function microsoftConnector(
  { shared }: TaskInput,
  { charter }: { readonly charter: Charter | null },
): ConnectorReading | null {
  const control = shared.input.catalogue.controls.find((one) => one.checks.some(({ rule }) => rule === RULE));
  if (control === undefined) return null;
  const days = control.checks.find(({ rule }) => rule === RULE)?.freshDays ?? DEFAULT_FRESH_DAYS;
  const context = contextFor(shared, control, days);
  const principals = context.read('service_principals');
  const grants = context.read('permission_grants');
  const needed: Needed =
    charter === null
      ? { ok: false, why: 'There is no charter, so what it needs is not known.' }
      : neededScopes(effectiveCharter(charter, context.today), context.catalogue);
  const server = principals.ok ? principalOf(principals, CONNECTOR_SERVER.appId) : null;
  const id = server?.id?.toLowerCase() ?? null;
  const own = grants.ok && id !== null ? grants.rows.filter((row) => row.clientId.toLowerCase() === id) : [];
  const granted = new Map<string, { scope: string; everyone: boolean; people: number }>();
  for (const row of own)
    for (const scope of row.scopes) {
      const one = granted.get(scope.toLowerCase()) ?? { scope, everyone: false, people: 0 };
      granted.set(scope.toLowerCase(), {
        ...one,
        everyone: one.everyone || row.consentType !== 'Principal',
        people: one.people + (row.consentType === 'Principal' ? 1 : 0),
      });
    }
  const signIn = principals.ok ? signInApp(context, principals) : null;
  const sure = needed.ok && needed.unclear.length === 0;
  const seenOn = [principals, grants].flatMap((one) => (one.ok ? [one.observedOn] : []));
  const missing = !principals.ok ? principals : !grants.ok ? grants : null;
  return {
    apps: [
      ...CONNECTOR_APPS.map((one) => ({
        ...one,
        role: one.appId === CONNECTOR_SERVER.appId ? ('server' as const) : ('client' as const),
      })),
      ...(signIn?.is === 'present' ? [{ ...signIn.app, role: 'sign_in' as const }] : []),
    ].map(({ appId, name, role }): ConnectorApp => {
      const row = principals.ok ? principalOf(principals, appId) : null;
      return {
        appId,
        name,
        role,
        there: principals.ok ? row !== null : null,
        called: row?.name ?? null,
        enabled: row?.enabled ?? null,
        assignmentRequired: row?.assignmentRequired ?? null,
      };
    }),
    scopes: [...granted.values()].map((one) => {
      const need = needed.ok ? needed.scopes.has(one.scope.toLowerCase()) : null;
      return {
        ...one,
        // If the charter allows something whose scope is not known, this scope may be for that.
        needed: need === false && !sure ? null : need,
        lets: knownScope(one.scope, context.catalogue)?.lets ?? null,
      };
    }),
    lacking: needed.ok
      ? [...needed.scopes].flatMap((scope) => {
          const known = knownScope(scope, context.catalogue);
          return own.length > 0 && known?.kind === 'write' && !granted.has(scope) ? [known.scope] : [];
        })
      : [],
    needed: needed.ok
      ? { from: needed.from, why: null, unclear: needed.unclear }
      : { from: null, why: needed.why, unclear: [] },
    since: grants.ok && id !== null ? scopesSince(context, id, grants) : null,
    consents: consentsIn(context),
    removals: needed.ok && sure ? own.flatMap((row) => removalOf(row, needed.scopes) ?? []) : [],
    linkers: linkersOf(context),
    people: personGrantsOf(context),
    egress: CONNECTOR_EGRESS,
    observed: {
      on: seenOn.toSorted()[0] ?? null,
      why: missing?.why ?? null,
      howToGet: missing?.howToGet.text ?? null,
    },
  };
}

function consentsIn(context: CheckContext): ConnectorReading['consents'] {
  const audits = context.read('directory_audits');
  const consents = audits.ok ? consentsTo(context, audits) : null;
  if (!audits.ok || consents === null) return null;
  return {
    list: consents.map(({ row, appId }) => ({
      at: row.at,
      by: row.actor,
      application: row.actorKind === 'application',
      activity: row.activity,
      appId,
    })),
    from: consentsSince(audits),
  };
}
