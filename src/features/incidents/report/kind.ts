import { incidentCode } from '#domain/incidents/words.ts';
import type { IncidentRow } from '#store/incidents/incidents.ts';

/** As which kind of evidence reports of incidents are kept. */
export const INCIDENT_REPORT = 'incident_report';

/** Begins the names of the files of one incident's reports. */
export function reportName(row: Pick<IncidentRow, 'number' | 'drill'>): string {
  return `incident-${incidentCode(row.number, row.drill).toLowerCase()}`;
}
