import type { ActivityRow } from '../model/kinds.ts';
import type { Evidence } from '../model/reading.ts';

/** When a cited event about connectors happened; null: the evidence is not such an event. */
export function instants(rows: readonly ActivityRow[]): (evidence: Evidence | undefined) => string | null {
  const at = new Map(
    rows.flatMap((row): [string, string][] =>
      row.type.startsWith('mcp_') ? [[`${row.file}#${row.row}`, row.at]] : [],
    ),
  );
  return (evidence) =>
    evidence?.kind === 'activities' || evidence?.kind === 'audit_log'
      ? (at.get(`${evidence.file}#${evidence.row}`) ?? null)
      : null;
}
