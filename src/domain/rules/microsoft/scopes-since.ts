import type { CheckContext, Current } from '../../model/rule.ts';

/** How the connector's scopes differ from those in the earlier file. */
export interface ScopesSince {
  /** Day of the earlier file. */
  readonly earlier: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/**
 * Compares the current grants of an application with the newest complete file of an earlier day. null: there is none.
 * `clientId` is the application's object id, which does not change while it stays in the tenant.
 */
export function scopesSince(
  context: Pick<CheckContext, 'history'>,
  clientId: string,
  now: Extract<Current<'permission_grants'>, { ok: true }>,
): ScopesSince | null {
  const newest = now.readings.reduce((day, one) => (one.observedOn > day ? one.observedOn : day), '');
  const before = context
    .history('permission_grants')
    .filter((one) => one.complete && one.observedOn < newest);
  const earlier = before.at(-1)?.observedOn;
  if (earlier === undefined) return null;
  // A list may be split by person or page, so all files of that day are combined.
  const then = before.filter((one) => one.observedOn === earlier).flatMap(({ rows }) => rows);
  const scopes = (rows: typeof now.rows) =>
    new Map(
      rows
        .filter((row) => row.clientId.toLowerCase() === clientId.toLowerCase())
        .flatMap((row) => row.scopes.map((scope) => [scope.toLowerCase(), scope] as const)),
    );
  const [old, current] = [scopes(then), scopes(now.rows)];
  return {
    earlier,
    added: [...current].filter(([key]) => !old.has(key)).map(([, scope]) => scope),
    removed: [...old].filter(([key]) => !current.has(key)).map(([, scope]) => scope),
  };
}
