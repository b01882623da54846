import type { IncidentRow, IncidentStepRow } from '#store/incidents/incidents.ts';
import { type StepNow, stepsNow } from './read.ts';

/**
 * The steps of an incident as lists and Work see them: a containment is settled here only by a file that was attached.
 * Whether a reading shows or contradicts it, the incident's own page finds out.
 */
export function incidentSteps(
  incident: Pick<IncidentRow, 'id' | 'plan' | 'drill'>,
  rows: readonly IncidentStepRow[],
): readonly StepNow[] {
  const own = rows.filter(({ incident_id }) => incident_id === incident.id);
  const stated = own.filter(({ files }) => incident.drill || files.length > 0);
  return stepsNow(
    incident,
    own,
    new Map(stated.map(({ step }) => [step, { state: 'stated' as const, words: [] }])),
  );
}
