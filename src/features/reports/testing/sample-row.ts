import type { Severity, State } from '#domain/model/verdict.ts';

/** Id, severity, state, title and reason of every control of the sample. All of it is invented. */
export type SampleRow = readonly [
  id: string,
  severity: Severity,
  state: State,
  title: string,
  reason: string,
];
