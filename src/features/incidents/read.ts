import { type Gap, type StepRecord, type StepState, stepGaps, waitsFor } from '#domain/incidents/status.ts';
import type { PlaybookStep } from '#domain/model/playbook.ts';
import { findIncident, type IncidentRow, type IncidentStepRow, stepsOf } from '#store/incidents/incidents.ts';
import type { Tx } from '#store/open.ts';
import type { HandlerContext } from '../context.ts';
import { conflict, notFound } from '../problems.ts';
import type { Proof } from './proof.ts';

/** A step of the incident's own plan with what was recorded and what is still missing. */
export interface StepNow {
  readonly step: PlaybookStep;
  readonly row: IncidentStepRow;
  readonly record: StepRecord;
  readonly proof: Proof | null;
  readonly gaps: readonly Gap[];
  readonly settled: boolean;
  /** Steps that must be settled first and are still open. */
  readonly waits: readonly PlaybookStep[];
}

export function recordOf(row: IncidentStepRow): StepRecord {
  return {
    step: row.step,
    state: row.state as StepState,
    answers: row.answers,
    entries: row.entries,
    none: row.is_none,
    files: row.files,
    lessons: row.lessons,
  };
}

/** The steps in the order of the plan. `writes`: those of the session that a step has to name. */
export function stepsNow(
  { plan, drill }: Pick<IncidentRow, 'plan' | 'drill'>,
  rows: readonly IncidentStepRow[],
  proofs: ReadonlyMap<string, Proof>,
  writes: readonly string[] = [],
): readonly StepNow[] {
  const made = plan.steps.flatMap((step) => {
    const row = rows.find((one) => one.step === step.id);
    if (row === undefined) return [];
    const record = recordOf(row);
    const proof = proofs.get(step.id) ?? null;
    // A drill changes nothing, so lessons need not become work.
    const gaps = stepGaps(step, record, proof?.state ?? 'none', writes).filter(
      ({ code }) => !(drill && code === 'no_lesson'),
    );
    return [{ step, row, record, proof, gaps, settled: gaps.length === 0 }];
  });
  const settled = new Set(made.filter((one) => one.settled).map(({ step }) => step.id));
  return made.map((one) => ({
    ...one,
    waits: waitsFor(one.step, settled).flatMap((id) => plan.steps.find((step) => step.id === id) ?? []),
  }));
}

/** Loads an open incident; throws if it does not exist, is closed, or is not at the version that was shown. */
export async function openIncident(
  tx: Tx,
  { client }: HandlerContext,
  id: string,
  version?: number,
): Promise<IncidentRow> {
  const row = await findIncident(tx, client.id, id);
  if (row === undefined) throw notFound();
  if (version !== undefined && row.version !== version) throw editConflict(row);
  if (row.state !== 'open') throw editConflict(row, 'This incident is closed. Reopen it to change it.');
  return row;
}

export async function rowsOf(tx: Tx, { client }: HandlerContext, id: string): Promise<IncidentStepRow[]> {
  return stepsOf(tx, [client.id], id);
}

const CHANGED = 'Someone else changed this incident after you opened it. Look at the current version.';

export function editConflict(row: IncidentRow, words: string = CHANGED) {
  return conflict(words, { by: row.closed_by_name, at: row.closed_at, version: row.version });
}

export function stepMeanwhile(row: IncidentStepRow) {
  return conflict('Someone else changed this step after you opened it. Look at the current version.', {
    by: row.done_by_name,
    at: row.done_at,
    version: row.version,
  });
}

export function announce({ services, client }: HandlerContext, id: string): void {
  services.events.publish({ client: client.id, topic: 'incidents', id });
  services.events.publish({ client: client.id, topic: 'work', id: null });
}
