import type { IncidentRow, IncidentStepRow } from '#store/incidents/incidents.ts';
import { keptProof, type Proof } from './proof.ts';
import { type StepNow, stepsNow } from './read.ts';

/**
 * The steps of an incident as shown in lists and in Work. While it is open, a containment counts as settled here only
 * if a file is attached and no permission is followed; only the incident's own page evaluates readings. Once it is
 * closed, what was recorded at the closing decides.
 */
export function incidentSteps(
  incident: Pick<IncidentRow, 'id' | 'plan' | 'drill' | 'state' | 'outcome'>,
  rows: readonly IncidentStepRow[],
): readonly StepNow[] {
  const own = rows.filter(({ incident_id }) => incident_id === incident.id);
  return stepsNow(incident, own, new Map(own.map((row) => [row.step, inLists(incident, row)])));
}

function inLists(incident: Pick<IncidentRow, 'drill' | 'state' | 'outcome'>, row: IncidentStepRow): Proof {
  if (incident.state === 'closed') return keptProof(incident, row);
  const state =
    incident.drill || (row.files.length > 0 && row.permissions.length === 0)
      ? 'stated'
      : row.permissions.length > 0
        ? 'awaited'
        : 'none';
  return { state, words: [], evidence: [] };
}
