import { toolResolver, UNNAMED_CONNECTOR } from '../../activity/tools.ts';
import { organizationsNamed } from '../../decide/which-organization.ts';
import type { TelemetryRow } from '../../model/kinds.ts';
import type { CheckContext, Current } from '../../model/rule.ts';
import { count } from '../../text/words.ts';

type Telemetry = Extract<Current<'telemetry'>, { ok: true }>;

export interface ExportedTelemetry extends Telemetry {
  /** Without activity in other organizations than the client's own, if the charter or the settings identify that. */
  readonly rows: readonly TelemetryRow[];
}

/** Telemetry imported as files; null: none that counts. It can only add findings; its absence proves nothing. */
export function exportedTelemetry(context: CheckContext): ExportedTelemetry | null {
  const current = context.read('telemetry');
  if (!current.ok) return null;
  const own = ownOrganizations(context);
  const rows = current.rows.filter(
    ({ at, organization }) =>
      at <= context.now && (own.size === 0 || organization === null || own.has(organization.toLowerCase())),
  );
  return rows.length === 0 ? null : { ...current, rows };
}

/**
 * The client's Claude organizations: the one that the charter names, else those whose settings were read; empty: not
 * known.
 */
function ownOrganizations(context: CheckContext): ReadonlySet<string> {
  const own = context.charter.ok ? context.charter.value.claudeOrganization : undefined;
  if (own !== undefined) return new Set([own.toLowerCase()]);
  const settings = context.read('settings');
  return settings.ok ? organizationsNamed('settings', settings.rows) : new Set();
}

export interface WriteCall {
  readonly row: TelemetryRow;
  readonly connector: string;
  /** executed: it completed; attempted: it failed or was refused, and wrote nothing; null: not known. */
  readonly came: 'executed' | 'attempted' | null;
}

/** Connector calls, and refused calls, of tools that change something. */
export function writeCalls(context: CheckContext, telemetry: ExportedTelemetry): readonly WriteCall[] {
  const resolve = toolResolver(context.catalogue, context.charter.ok ? context.charter.value : {});
  return telemetry.rows.flatMap((row) => {
    const { category, connector, tool, outcome } = row;
    const isRefusal = category === 'tool_decision' && outcome === 'rejected';
    if (category !== 'tool_call' && !isRefusal) return [];
    if (connector === null || connector === UNNAMED_CONNECTOR || tool === null) return [];
    const { effect } = resolve(connector, tool);
    return effect === 'write' || effect === 'admin' ? [{ row, connector, came: cameOf(outcome) }] : [];
  });
}

/** Connector calls that were not refused, of tools of which no one has said whether they change something. */
export function unclassifiedCalls(
  context: CheckContext,
  telemetry: ExportedTelemetry,
): readonly { readonly row: TelemetryRow; readonly connector: string }[] {
  const resolve = toolResolver(context.catalogue, context.charter.ok ? context.charter.value : {});
  return telemetry.rows.flatMap((row) => {
    const { category, connector, tool, outcome } = row;
    if (category !== 'tool_call' || cameOf(outcome) === 'attempted') return [];
    if (connector === null || connector === UNNAMED_CONNECTOR || tool === null) return [];
    return resolve(connector, tool).effect === 'unknown' ? [{ row, connector }] : [];
  });
}

function cameOf(outcome: TelemetryRow['outcome']): WriteCall['came'] {
  if (outcome === null) return null;
  return outcome === 'success' ? 'executed' : 'attempted';
}

/** "ann@alder.example.org (3 calls)", most calls first; telemetry without a person is mentioned as such. */
export function callersWords(rows: readonly TelemetryRow[]): string {
  const by = new Map<string, number>();
  for (const { person } of rows) {
    const who = person ?? 'someone whom the telemetry does not name';
    by.set(who, (by.get(who) ?? 0) + 1);
  }
  return [...by]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 5)
    .map(([who, many]) => `${who} (${count(many, 'call')})`)
    .join(', ');
}
