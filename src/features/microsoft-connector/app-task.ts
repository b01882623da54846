import { effectiveCharter } from '#domain/charter/effective.ts';
import { contextFor } from '#domain/decide/context.ts';
import { CONNECTOR_APPS, principalOf, signInApp } from '#domain/rules/microsoft/apps.ts';
import { caInput } from '#domain/rules/microsoft/ca-inputs.ts';
import { neededScopes, type Removal, removalOf } from '#domain/rules/microsoft/scopes-needed.ts';
import type { TaskInput } from '../shared/services/tasks.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    claudeApp: typeof claudeApp;
  }
}

/** Age in days up to which applications, assignments and grants are current. */
const FRESH_DAYS = 30;

/** Facts about one of Claude's applications in Entra, for planning a change. */
export interface AppFacts {
  readonly name: string;
  /** Whether it is one of the connector's two applications, which an administrator can add by id. */
  readonly connector: boolean;
  /** Object id of its service principal; null if it is not in Entra. */
  readonly id: string | null;
  readonly assignmentRequired: boolean | null;
  /** Current users with and without an assignment; null if assignments were not read. */
  readonly access: {
    readonly keeps: number;
    readonly loses: readonly string[];
    /** Assigned groups whose members were not read. */
    readonly unknown: readonly string[];
  } | null;
  /** Scopes to remove, so that the grants match what the charter needs; a sentence if that is not known. */
  readonly removals: readonly Removal[] | string;
  /** SHA-256 of the files that the facts rest on, in order. */
  readonly files: { readonly apps: readonly string[]; readonly grants: readonly string[] };
}

/** @param params `appId` is the application id, or the id of the service principal. */
export function claudeApp(
  { shared }: TaskInput,
  { appId }: { readonly appId: string },
): AppFacts | { readonly why: string } {
  const control = shared.input.catalogue.controls.find(({ id }) => id === 'CLA-M365-04');
  if (control === undefined) return { why: 'The catalogue has no control of Claude’s applications.' };
  const context = contextFor(shared, control, FRESH_DAYS);
  const principals = context.read('service_principals');
  if (!principals.ok) return { why: `${principals.why} ${principals.howToGet.text}`.trim() };
  const signIn = signInApp(context, principals);
  const wanted = appId.trim().toLowerCase();
  const known = CONNECTOR_APPS.find((one) => one.appId === wanted);
  const own = signIn.is === 'present' && signIn.app.appId.toLowerCase() === wanted;
  if (known === undefined && !own)
    return { why: `“${appId}” is not one of Claude’s applications. Give the application ID of one of them.` };
  const row = principalOf(principals, wanted);
  const grants = context.read('permission_grants');
  const mine = grants.ok
    ? grants.rows.filter(({ clientId }) => clientId.toLowerCase() === row?.id?.toLowerCase())
    : [];
  const charter = context.charter.ok ? effectiveCharter(context.charter.value, context.today) : null;
  const needed = charter === null ? null : neededScopes(charter, context.catalogue);
  return {
    name: row?.name ?? known?.name ?? appId,
    connector: known !== undefined,
    id: row?.id ?? null,
    assignmentRequired: row?.assignmentRequired ?? null,
    access: row?.id ? accessOf(context, row.id.toLowerCase()) : null,
    removals: !grants.ok
      ? `${grants.why} ${grants.howToGet.text}`.trim()
      : needed === null
        ? 'There is no charter, so what it needs is not known.'
        : !needed.ok
          ? needed.why
          : needed.unclear.length > 0
            ? `The charter allows ${needed.unclear.join(', ')}, whose required scopes are not known.`
            : mine.flatMap((one) => removalOf(one, needed.scopes) ?? []),
    files: {
      apps: principals.readings.map(({ sha256 }) => sha256).sort(),
      grants: grants.ok ? grants.readings.map(({ sha256 }) => sha256).sort() : [],
    },
  };
}

/** People with a Claude seat or a sign-in to Claude, and whether they are assigned to an application. */
function accessOf(context: ReturnType<typeof contextFor>, id: string): AppFacts['access'] {
  const assigned = context.read('app_assignments');
  if (!assigned.ok) return null;
  const { directory, seats } = caInput(context, []);
  const rows = assigned.rows.filter(({ resourceId }) => resourceId.toLowerCase() === id);
  const users = new Set(rows.flatMap(({ principalId }) => principalId?.toLowerCase() ?? []));
  const groups = [...users].filter((one) => directory.groupRow(one) !== null);
  let keeps = 0;
  const loses: string[] = [];
  const unknown: string[] = [];
  for (const seat of seats ?? []) {
    const inside = groups.map((one) => directory.inGroup(seat, one));
    const named = [...seat.keys].some((key) => users.has(key));
    if (named || inside.includes('yes')) keeps += 1;
    else if (inside.includes('unknown') || (!seat.known && users.size > 0)) unknown.push(seat.name);
    else loses.push(seat.name);
  }
  return seats === null ? null : { keeps, loses, unknown };
}
// Guide: G3.2-02 G6.1-02 G6.1-06
