import { dayWords } from '#domain/text/words.ts';
import { type ChangeRow, changesAbout } from '#store/changes/changes.ts';
import type { IncidentRow } from '#store/incidents/incidents.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { present } from '../shared/moment.ts';

/** Changes planned for the incident's person since it was opened, oldest first. */
export async function containmentsOf(tx: Tx, incident: IncidentRow): Promise<ChangeRow[]> {
  if (incident.person === null || incident.drill) return [];
  const targets = [...new Set(incident.plan.steps.flatMap(({ changes }) => changes ?? []))];
  const { client_id, person, opened_at } = incident;
  return changesAbout(tx, client_id, { targets, subject: person, since: opened_at });
}

/** A timeline entry that was recorded elsewhere. */
export interface Line {
  readonly at: string;
  readonly act: string;
  readonly note: string;
  readonly by: string | null;
}

/** The history of a change, as timeline entries. */
export function linesOfChange(row: ChangeRow): readonly Line[] {
  const line = (act: string, at: Date | string | null, by: string | null): Line[] =>
    at === null ? [] : [{ at: new Date(at).toISOString(), act, note: row.title, by }];
  const ended = row.state === 'failed' || row.state === 'withdrawn' ? row.state : null;
  return [
    ...line('change_planned', row.planned_at, row.planned_by_name),
    ...row.approvals.flatMap(({ at, byName }) => line('change_approved', at, byName)),
    ...line('change_applied', row.applied_at, row.applied_by_name),
    ...line('change_verified', row.verified_at, null),
    ...(ended === null ? [] : line(`change_${ended}`, row.changed_at, row.changed_by_name)),
  ];
}

/** What a change shows of a containment. It ends no session at Claude, so it alone proves no containment. */
export function wordsOfChange({ client }: Pick<HandlerContext, 'client'>, row: ChangeRow): string | null {
  const day = (at: Date) => dayWords(present(at, client.timezone).today);
  if (row.verified_at !== null)
    return `${row.title}: a reading of ${day(row.verified_at)} shows it. It says nothing about sessions and keys at Claude, or about other systems.`;
  if (row.applied_at !== null && row.state === 'waiting')
    return `${row.title}: carried out on ${day(row.applied_at)}; no reading shows it yet.`;
  return row.state === 'failed' ? `${row.title}: refused. ${(row.lacks ?? []).join(' ')}`.trim() : null;
}
// Guide: G7.2-02 G7.2-07
