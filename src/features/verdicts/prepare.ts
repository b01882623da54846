import { EvaluationState } from '#domain/decide/context.ts';
import { decideControl } from '#domain/decide/decide.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import type { Verdict } from '#domain/model/verdict.ts';
import { withExemptions } from '#domain/rules/personal-accounts/exemptions.ts';
import type { FileReport } from '#sources/exports/file-kind.ts';
import type { Moment } from '../shared/moment.ts';
import type { Facts } from '../shared/services/facts.ts';
import type { TaskInput } from '../shared/services/tasks.ts';
import { composeInput, type RowsOf } from './compose.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    verdicts: typeof decideControls;
    files: typeof fileReports;
  }
}

/** Prepares the common input of all tasks. */
export function prepare(facts: Facts, rowsOf: RowsOf, catalogue: Catalogue, moment: Moment): TaskInput {
  const { input, files } = composeInput(facts, rowsOf, catalogue, moment);
  return {
    facts,
    shared: new EvaluationState(withExemptions(input)),
    files,
    moment,
    compose: (other) => composeInput(other, rowsOf, catalogue, moment).input,
  };
}

/** The verdict on every control of the catalogue. */
export function decideControls({ shared }: TaskInput): readonly Verdict[] {
  return shared.input.catalogue.controls.map((control) => decideControl(control, shared));
}

/** What became of each file. */
export function fileReports({ files }: TaskInput): readonly FileReport[] {
  return files;
}
