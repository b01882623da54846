import { incidentCode } from '#domain/incidents/words.ts';
import { addAct, findIncident, type IncidentRow, incidentsOf } from '#store/incidents/incidents.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../../context.ts';
import { notFound, unprocessable } from '../../problems.ts';

/** An investigation for which text can be opened. */
export interface TextCase {
  readonly id: string;
  readonly code: string;
  readonly title: string;
}

/**
 * Incidents for which text can currently be requested, newest first. In the sandbox, where all incidents are drills,
 * drills.
 */
export async function textCases(tx: Tx, { client }: HandlerContext): Promise<TextCase[]> {
  return (await incidentsOf(tx, client.id)).filter((row) => isCase(row, client.sandbox)).map(caseView);
}

/** The incident for which text is opened; throws if it is closed, or a drill. */
export async function currentCase(tx: Tx, { client }: HandlerContext, id: string): Promise<TextCase> {
  const row = await findIncident(tx, client.id, id);
  if (row === undefined) throw notFound();
  if (!isCase(row, client.sandbox))
    throw unprocessable(
      `${incidentCode(row.number, row.drill)} is ${row.drill ? 'a drill' : 'closed'}. Text is opened only for an open incident.`,
    );
  return caseView(row);
}

/** Records in an incident's timeline what was done with text. */
export async function recordInCase(
  tx: Tx,
  { client, actor, now }: HandlerContext,
  { incident, act, note }: { readonly incident: string; readonly act: string; readonly note: string },
): Promise<void> {
  await addAct(tx, {
    client_id: client.id,
    incident_id: incident,
    act,
    note,
    done_by: actor.userId,
    done_by_name: actor.name,
    done_at: now,
  });
}

function isCase({ state, drill }: IncidentRow, sandbox: boolean): boolean {
  return state === 'open' && drill === sandbox;
}

export function caseView({ id, number, drill, title }: IncidentRow): TextCase {
  return { id, code: incidentCode(number, drill), title };
}
// Guide: G5.2-04 G8-14
