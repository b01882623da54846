import type { Ask } from '#domain/text/message.ts';
import { ask } from '#domain/text/message.ts';
import type { WorkFacts, WorkVerdict } from '#domain/work/facts.ts';
import { sharedCatalogue } from '#sources/catalogue/testing/shared.ts';

export const catalogue = sharedCatalogue();
export const TODAY = '2026-11-24';

/** A client about which nothing is known and for which nothing is due. */
export const none: WorkFacts = {
  catalogue: {
    controls: catalogue.controls,
    cadence: { asOf: '2026-05', tasks: [] },
    audiences: catalogue.audiences,
  },
  verdicts: [],
  exceptions: [],
  overrides: [],
  detections: [],
  settings: [],
  charters: [],
  claims: 0,
  requests: [],
  changes: [],
  restores: [],
  statements: [],
  tasks: [],
  assigned: [],
  journeys: [],
  holders: new Map(),
  incidents: [],
  staffReports: [],
  usageFiles: [],
  usage: null,
  rhythms: [],
  flags: [],
  journal: { nextReview: null, lastReview: null },
  reports: [],
  imports: [],
  sources: [],
  alerts: [],
  sinks: [],
};
export const verdict = (control: string, more: Partial<WorkVerdict> = {}): WorkVerdict => ({
  control,
  state: 'pass',
  reason: 'It holds.',
  asks: [],
  question: null,
  due: null,
  exception: null,
  goodUntil: null,
  rule: 'seats-are-staff',
  readings: [],
  ...more,
});
export const mara = { user: null, name: 'Mara', mail: null };

export const bring = (of: 'members' | 'roster'): readonly Ask[] => [ask('source', of, `Import the ${of}.`)];
