import { contextFor, type EvaluationState } from '#domain/decide/context.ts';
import { DEFAULT_FRESH_DAYS } from '#domain/decide/fresh-days.ts';
import type { ActivityRow } from '#domain/model/kinds.ts';
import { detailText } from '#domain/rules/connectors/events.ts';
import { observe } from '#domain/rules/connectors/observe.ts';
import type { TaskInput } from '../shared/services/tasks.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    requestsInClaude: typeof requestsInClaude;
  }
}

/** Requests made in Claude according to its log, and the connectors that a reading shows. */
export interface InClaude {
  readonly through: string | null;
  readonly from: string | null;
  readonly why: string | null;
  readonly asked: { at: string; by: string | null; type: string | null }[];
  readonly resolved: {
    at: string;
    by: string | null;
    decision: string | null;
    connector: string | null;
    count: number | null;
  }[];
  /** Names of the connectors that are on; null: no table could be read. */
  readonly observed: readonly string[] | null;
}

/** Requests whose kind in the log is not a connector are ignored. */
const OF_CONNECTORS = /connector|mcp|integration/i;

export function requestsInClaude({ shared }: TaskInput): InClaude {
  const context = contextOf(shared, 'connector-requests-answered');
  const seen = contextOf(shared, 'connectors-within-charter');
  const table = seen === null ? null : observe(seen);
  const observed =
    table === null || (table.missing !== null && table.enabled.length === 0)
      ? null
      : table.enabled.map(({ name }) => name);
  const none = { through: null, from: null, asked: [], resolved: [], observed };
  if (shared.input.profile.claudePlan !== 'enterprise')
    return { ...none, why: 'Only Claude Enterprise keeps a log of requests that are made in Claude.' };
  const events = context?.events(Number.POSITIVE_INFINITY);
  if (events === undefined || !events.ok)
    return { ...none, why: events?.why ?? 'The catalogue has no control that reads requests.' };
  const names = new Map(
    events.rows.flatMap((row) => {
      const id = detailText(row, 'mcp_server_id');
      const name = detailText(row, 'mcp_server_name');
      return id === null || name === null ? [] : [[id, name] as const];
    }),
  );
  return {
    observed,
    why: null,
    from: events.from,
    through: events.to,
    asked: events.rows
      .filter((row) => row.type === 'admin_request_created')
      .map((row) => ({ at: row.at, by: who(row), type: detailText(row, 'request_type') }))
      .filter(({ type }) => type === null || OF_CONNECTORS.test(type))
      .toReversed(),
    resolved: events.rows
      .filter((row) => row.type === 'admin_connector_request_resolved')
      .map((row) => ({
        at: row.at,
        by: who(row),
        decision: detailText(row, 'decision'),
        connector: names.get(detailText(row, 'mcp_server_id') ?? '') ?? null,
        count: wholeOf(row.detail.resolved_count),
      }))
      .toReversed(),
  };
}

function who(row: ActivityRow): string | null {
  return row.actorName ?? row.actorEmail ?? null;
}

function wholeOf(value: unknown): number | null {
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) ? number : null;
}

function contextOf(shared: EvaluationState, rule: string) {
  const control = shared.input.catalogue.controls.find((one) =>
    one.checks.some((check) => check.rule === rule),
  );
  const check = control?.checks.find((one) => one.rule === rule);
  return control === undefined ? null : contextFor(shared, control, check?.freshDays ?? DEFAULT_FRESH_DAYS);
}
