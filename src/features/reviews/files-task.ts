import { contextFor, type EvaluationState } from '#domain/decide/context.ts';
import { DEFAULT_FRESH_DAYS } from '#domain/decide/fresh-days.ts';
import type { CheckContext } from '#domain/model/rule.ts';
import type { ChangeFacts, ScopeFacts } from '#domain/reviews/types.ts';
import { cellWords } from '#domain/rules/connectors/cell-words.ts';
import { isApproved, stepWords } from '#domain/rules/connectors/changes.ts';
import { permissionChangesOf } from '#domain/rules/connectors/permission-changes.ts';
import { connectorApps } from '#domain/rules/microsoft/apps.ts';
import { scopesSince } from '#domain/rules/microsoft/scopes-since.ts';
import { count } from '#domain/text/words.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    reviewFiles: typeof reviewFiles;
  }
}

export interface ReviewFiles {
  readonly changes: ChangeFacts;
  readonly scopes: ScopeFacts;
}

/** What the files of a client show of changed permissions and of the rights of the connector's applications. */
export function reviewFiles({ shared }: { readonly shared: EvaluationState }): ReviewFiles {
  return {
    changes: changesIn(contextOf(shared, 'connector-permission-changes')),
    scopes: scopesIn(contextOf(shared, 'connector-scopes')),
  };
}

/** The facts that a rule's control is evaluated from, so that list and verdict agree. */
function contextOf(shared: EvaluationState, rule: string): CheckContext {
  const { controls } = shared.input.catalogue;
  const control = controls.find(({ checks }) => checks.some((check) => check.rule === rule)) ?? controls[0];
  if (control === undefined) throw new Error('the catalogue has no control');
  const check = control.checks.find((one) => one.rule === rule);
  return contextFor(shared, control, check?.freshDays ?? DEFAULT_FRESH_DAYS);
}

function changesIn(context: CheckContext): ChangeFacts {
  const found = permissionChangesOf(context);
  if (!('changes' in found)) return { readOn: null, why: found.reason, lines: [] };
  const { changes, evidence, gap } = found;
  return {
    readOn:
      evidence
        .map(({ observedOn }) => observedOn)
        .sort()
        .at(-1) ?? null,
    why: gap?.why ?? null,
    lines: changes.map((change, at) => ({
      key: `${change.cell.key} ${change.day} ${at}`,
      label: cellWords(change.cell),
      step: stepWords(change),
      day: change.day,
      approved: isApproved(context, change),
    })),
  };
}

function scopesIn(context: CheckContext): ScopeFacts {
  const consent = context.journal.ok ? (context.journal.value.connectorConsent ?? null) : null;
  const said = { consent: consent === null ? null : { on: consent.on, by: consent.by } };
  const nothing = { ...said, readOn: null, lines: [], earlier: null };
  const principals = context.read('service_principals');
  if (!principals.ok) return { ...nothing, why: principals.why };
  const grants = context.read('permission_grants');
  if (!grants.ok) return { ...nothing, why: grants.why };
  const apps = connectorApps(principals).flatMap(({ app, row }) =>
    row.id === null ? [] : [{ name: app.name, id: row.id.toLowerCase() }],
  );
  const lines = apps.flatMap(({ name, id }) => {
    const own = grants.rows.filter((row) => row.clientId.toLowerCase() === id);
    const everyone = new Set(own.filter((row) => row.principalId === null).flatMap(({ scopes }) => scopes));
    const people = new Map<string, number>();
    for (const row of own)
      if (row.principalId !== null)
        for (const scope of row.scopes) people.set(scope, (people.get(scope) ?? 0) + 1);
    return [
      ...[...everyone].map((scope) => ({ app: name, scope, who: 'everyone' })),
      ...[...people]
        .filter(([scope]) => !everyone.has(scope))
        .map(([scope, n]) => ({ app: name, scope, who: count(n, 'person', 'people') })),
    ];
  });
  const since = apps.flatMap(({ id }) => scopesSince(context, id, grants) ?? []);
  const whole = grants.readings.every(({ complete }) => complete);
  return {
    ...said,
    readOn: grants.observedOn,
    why:
      apps.length === 0
        ? 'According to the newest file, none of the connector’s applications is in Entra ID.'
        : null,
    lines,
    earlier:
      whole && since[0] !== undefined
        ? {
            day: since[0].earlier,
            added: since.flatMap(({ added }) => added),
            removed: since.flatMap(({ removed }) => removed),
          }
        : null,
  };
}
// Guide: G3.4-04 G7.1-07 G7.1-08
