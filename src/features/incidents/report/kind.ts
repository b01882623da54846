import { incidentCode } from '#domain/incidents/words.ts';
import type { IncidentRow } from '#store/incidents/incidents.ts';

/** The kind of evidence under which incident reports are stored. */
export const INCIDENT_REPORT = 'incident_report';

/** Prefix of the file names of one incident's reports. */
export function reportName(row: Pick<IncidentRow, 'number' | 'drill'>): string {
  return `incident-${incidentCode(row.number, row.drill).toLowerCase()}`;
}
