import { plainConnectorName } from '#domain/activity/tools.ts';
import { matrixParts, type Part } from '#domain/connectors/matrix.ts';
import { fileKey } from '#domain/connectors/places.ts';
import { hasCell, permissionOf } from '#domain/connectors/row.ts';
import { sameMatch } from '#domain/connectors/target.ts';
import type { Effect } from '#domain/connectors/words.ts';
import { contextFor } from '#domain/decide/context.ts';
import { DEFAULT_FRESH_DAYS } from '#domain/decide/fresh-days.ts';
import { instants } from '#domain/drift/instants.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import type { Evidence } from '#domain/model/reading.ts';
import type { Permission } from '#domain/model/rows-exports.ts';
import { matchAction, matchConnector } from '#domain/rules/connectors/match.ts';
import { type Observed, observe } from '#domain/rules/connectors/observe.ts';
import { storedInstants } from '../../drift/index.ts';
import type { TaskInput } from '../../shared/services/tasks.ts';

declare module '../../shared/services/tasks.ts' {
  interface Tasks {
    incidentPermissions: typeof incidentPermissions;
  }
}

export interface PermissionsAsked {
  /** The connector that the incident names; null: none. */
  readonly connector: string | null;
  /** Calls around the time of the incident, counted by connector and tool. */
  readonly calls: readonly { readonly connector: string; readonly tool: string; readonly times: number }[];
  /** The last call since the first proposal that ran, by connector and tool. */
  readonly since: readonly { readonly connector: string; readonly tool: string; readonly last: string }[];
  /** Rows of the matrix that are already followed. */
  readonly rows: readonly string[];
}

export interface PermissionRow {
  readonly row: string;
  readonly label: string;
  readonly effect: Effect;
  /** The state under the charter in force: Blocked if the charter does not mention the action. */
  readonly charter: Permission;
  readonly observed: {
    readonly state: Permission | 'off';
    readonly on: string;
    readonly evidence: Evidence;
    readonly at: string | null;
    readonly storedAt: string | null;
  } | null;
  readonly times: number;
  /** The last call of the action since the first proposal that ran; null: the log has none. */
  readonly lastCall: string | null;
  /** It belongs to the connector that the incident names, or was called around the time. */
  readonly concerned: boolean;
}

export interface PermissionsRead {
  /** A charter that names connectors is in force. */
  readonly governed: boolean;
  readonly rows: readonly PermissionRow[];
}

/** The control that compares actions with the charter; actions are read here as it reads them. */
const RULE = 'connectors-within-charter';

/**
 * Actions that an incident is about or follows, with the charter in force and what was observed. Runs in the deciding
 * thread.
 */
export function incidentPermissions({ shared, facts }: TaskInput, asked: PermissionsAsked): PermissionsRead {
  const { catalogue, charter, today, profile } = shared.input;
  const control = catalogue.controls.find(({ checks }) => checks.some(({ rule }) => rule === RULE));
  if (control === undefined) return { governed: false, rows: [] };
  const days = control.checks.find(({ rule }) => rule === RULE)?.freshDays ?? DEFAULT_FRESH_DAYS;
  const context = contextFor(shared, control, days);
  const seen = observe(context);
  const value = context.charter.ok ? (charter?.value ?? null) : null;
  const { connectors, parts } = matrixParts({
    catalogue,
    charter: value,
    observed: seen.connectors,
    today,
  });
  const events = profile.claudePlan === 'enterprise' ? context.events() : null;
  const atOf = instants(events?.ok ? events.rows : []);
  const storedOf = storedInstants(facts);
  const named = asked.connector === null ? null : systemsOf(asked.connector, catalogue);
  const followed = new Set(asked.rows);
  const systems = new Map(connectors.map((one) => [one.id, one] as const));
  const rows = parts.flatMap((part): PermissionRow[] => {
    const { row } = part;
    const times = asked.calls.reduce(
      (sum, call) => (isCalled(part, call, { catalogue, parts }) ? sum + call.times : sum),
      0,
    );
    const concerned = times > 0 || named?.has(row.connector) === true;
    const system = systems.get(row.connector);
    if (system === undefined || !(followed.has(row.id) || (concerned && hasCell(row)))) return [];
    const observed = observedOf(part, system.enabled, seen);
    return [
      {
        row: row.id,
        label: `${system.name} “${row.title}”`,
        effect: row.effect,
        charter: permissionOf(row),
        observed:
          observed === null
            ? null
            : { ...observed, at: atOf(observed.evidence), storedAt: storedOf(observed.evidence) },
        times,
        lastCall: lastOf(asked.since.filter((call) => isCalled(part, call, { catalogue, parts }))),
        concerned,
      },
    ];
  });
  return { governed: value?.connectors !== undefined, rows };
}

const lastOf = (calls: PermissionsAsked['since']) =>
  calls
    .map(({ last }) => last)
    .sort()
    .at(-1) ?? null;

/** What the newest reading shows of an action. If a connector is off, none of its actions can run. */
function observedOf({ row, cell, seen }: Part, enabled: boolean | null, { connectors, missing }: Observed) {
  if (enabled === false) {
    const group = connectors.find(
      ({ key, entries }) =>
        fileKey(key) === row.connector || (cell.known !== null && entries.includes(cell.known.connector)),
    );
    const [evidence] = group?.evidence ?? [];
    // What is used although the table has it as off is on again.
    if (evidence === undefined || missing !== null) return null;
    return { state: 'off' as const, on: evidence.observedOn, evidence };
  }
  const [evidence] = seen?.evidence ?? [];
  const state = row.observed?.state ?? null;
  return state === null || evidence === undefined ? null : { state, on: row.observed?.on ?? '', evidence };
}

/** Ids of the systems of the matrix that a connector's name refers to. */
function systemsOf(name: string, catalogue: Pick<Catalogue, 'connectors'>): ReadonlySet<string> {
  const { key, entries } = matchConnector(plainConnectorName(name) || name, catalogue);
  return new Set([fileKey(key), ...entries.map(({ id }) => id)]);
}

/** Whether a call is of an action; what stands for all that is not listed is called where none that is listed was. */
function isCalled(
  { row, cell }: Part,
  { connector, tool }: Pick<PermissionsAsked['calls'][number], 'connector' | 'tool'>,
  {
    catalogue,
    parts,
  }: { readonly catalogue: Pick<Catalogue, 'connectors'>; readonly parts: readonly Part[] },
): boolean {
  if (!systemsOf(connector, catalogue).has(row.connector)) return false;
  const { entries } = matchConnector(plainConnectorName(connector) || connector, catalogue);
  const called = matchAction(tool, entries, 'observed');
  if (cell.match.kind !== 'rest') return sameMatch(called, cell.match, cell);
  return (
    called.kind !== 'actions' &&
    !parts.some(
      (other) =>
        other.row.connector === row.connector &&
        other.cell.match.kind !== 'rest' &&
        sameMatch(called, other.cell.match, other.cell),
    )
  );
}
// Guide: G7.2-20
