import { decideControl } from '#domain/decide/decide.ts';
import type { Quote } from '#domain/planner/cost.ts';
import type { AssignedControl } from '#domain/work/facts.ts';
import type { TaskInput } from '../shared/services/tasks.ts';
import type { Board } from './board/model.ts';
import { buildReport } from './build.ts';
import type { Report } from './model.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    report: typeof reportOf;
  }
}

export interface ReportParams {
  readonly version: string;
  readonly preparedBy: string | null;
  /** An earlier report of the client, to list what has changed since. */
  readonly since: Report | null;
  readonly quotes: readonly Quote[];
  readonly history: Board['history'];
  readonly assigned: readonly AssignedControl[];
}

/** The report model from a client's facts, in the thread for decisions. */
export function reportOf(
  { shared, files }: TaskInput,
  { version, preparedBy, since, quotes, history, assigned }: ReportParams,
): Report {
  const verdicts = shared.input.catalogue.controls.map((control) => decideControl(control, shared));
  return buildReport({
    shared,
    verdicts,
    files,
    version,
    preparedBy,
    since,
    quotes,
    history,
    assigned,
    at: 'console',
  });
}
