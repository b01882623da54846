import type { Migration } from '../migrate.ts';

const TABLES = [
  'activity_match_chunks',
  'alerts',
  'activity_alert_spans',
  'detection_settings',
  'detection_proposals',
  'detection_silences',
];

/** The column with a detection's id is called what it is. Rules are what evaluates controls, or finds texts (DLP). */
export const migration: Migration = {
  name: '155-names-of-detections',
  statements: [
    ...TABLES.map((table) => `alter table ${table} rename column rule to detection`),
    'alter index detection_silences_rule rename to detection_silences_detection',
  ],
};
