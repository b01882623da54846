import { addAct, findIncident } from '#store/incidents/incidents.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { forbidden, notFound, unprocessable } from '../problems.ts';

/** What was done for an incident on the page of data loss prevention. */
export interface DoneForIncident {
  /** domain/incidents/words.ts, ACT_WORDS */
  readonly act: 'pattern_saved' | 'sample_caught' | 'sample_caught_before' | 'sample_missed';
  readonly note: string | null;
}

/** Guide row of the step that adds a pattern for credentials. */
const STEP = 'G7.2-16';

/** Adds it to the timeline of an open incident, at the step it belongs to, in the same transaction. */
export async function addIncidentNote(
  tx: Tx,
  { client, actor, now, can }: HandlerContext,
  id: string,
  { act, note }: DoneForIncident,
): Promise<void> {
  if (!can('incidents.lead'))
    throw forbidden('Your role does not include working on incidents. Leave the incident out.');
  const row = await findIncident(tx, client.id, id);
  if (row === undefined) throw notFound();
  if (row.state !== 'open') throw unprocessable('This incident is closed. Open it again to add to it.');
  await addAct(tx, {
    client_id: client.id,
    incident_id: row.id,
    act,
    step: row.plan.steps.find(({ guide }) => guide.includes(STEP))?.id ?? null,
    note,
    done_by: actor.userId,
    done_by_name: actor.name,
    done_at: now,
  });
}
// Guide: G7.2-16
