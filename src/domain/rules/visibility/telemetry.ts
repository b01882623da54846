import { toolResolver, UNNAMED_CONNECTOR } from '../../activity/tools.ts';
import { organizationsNamed } from '../../decide/which-organization.ts';
import type { TelemetryRow } from '../../model/kinds.ts';
import type { CheckContext, Current } from '../../model/rule.ts';
import { count } from '../../text/words.ts';

type Telemetry = Extract<Current<'telemetry'>, { ok: true }>;

export interface ExportedTelemetry extends Telemetry {
  /** Without what staff did in another organization than the client's own, where the charter or the settings name it. */
  readonly rows: readonly TelemetryRow[];
}

/** Telemetry that was brought as files; null: none that counts. It finds, and its absence proves nothing. */
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

/** The client's Claude organizations: the one that the charter names, or else those whose settings were read; empty: not known. */
function ownOrganizations(context: CheckContext): ReadonlySet<string> {
  const own = context.charter.ok ? context.charter.value.claudeOrganization : undefined;
  if (own !== undefined) return new Set([own.toLowerCase()]);
  const settings = context.read('settings');
  return settings.ok ? organizationsNamed('settings', settings.rows) : new Set();
}

export interface WriteCall {
  readonly row: TelemetryRow;
  readonly connector: string;
  /** executed: it ran to the end; attempted: it failed or was refused, and wrote nothing; null: nobody tells. */
  readonly came: 'executed' | 'attempted' | null;
}

/** Calls of connectors, and refusals of calls, at tools that change something. */
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

function cameOf(outcome: TelemetryRow['outcome']): WriteCall['came'] {
  if (outcome === null) return null;
  return outcome === 'success' ? 'executed' : 'attempted';
}

/** "ann@alder.example.org (3 calls)", who made most first; a sender that names nobody is said to. */
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
