/** How evidence cites what is recorded in the console: by the page that shows it. Imported files are cited by their names. */
export const CONSOLE_RECORDS = {
  requests: 'Connectors, requests',
  records: 'Work, recurring tasks',
  sinks: 'Connections, sinks',
  telemetry: 'Connections, telemetry',
  activity: 'Activity',
  incidents: 'Incidents',
  training: 'Policy, training',
  network: 'Network controls',
  hook: 'Connectors, inference hook',
} as const;
