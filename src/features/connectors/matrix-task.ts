import { applyEdits, type Edited, type MatrixEdits } from '#domain/connectors/edits.ts';
import { type Matrix, matrixOf } from '#domain/connectors/matrix.ts';
import { contextFor, type EvaluationState } from '#domain/decide/context.ts';
import { DEFAULT_FRESH_DAYS } from '#domain/decide/fresh-days.ts';
import type { Charter } from '#domain/model/charter.ts';
import { type Observed, observe } from '#domain/rules/connectors/observe.ts';
import type { TaskInput } from '../shared/services/tasks.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    connectorEdits: typeof connectorEdits;
    connectorMatrix: typeof connectorMatrix;
  }
}

export interface MatrixReading extends Matrix {
  readonly observed: {
    readonly on: string | null;
    readonly why: string | null;
    readonly howToGet: string | null;
  };
}

/**
 * The matrix of a charter compared with what was observed.
 *
 * @param params `charter` is null if the client has none.
 */
export function connectorMatrix(
  { shared }: TaskInput,
  { charter }: { readonly charter: Charter | null },
): MatrixReading {
  const seen = seenBy(shared);
  const matrix = matrixOf(inputOf(shared, charter, seen));
  const days = matrix.rows.flatMap(({ observed }) => (observed === null ? [] : [observed.on])).sort();
  return {
    ...matrix,
    observed: {
      on: days.at(-1) ?? null,
      why:
        seen === null ? 'The catalogue has no control that reads connectors.' : (seen.missing?.why ?? null),
      howToGet: seen?.missing?.howToGet.text ?? null,
    },
  };
}

/** A charter after edits of its matrix. */
export function connectorEdits(
  { shared }: TaskInput,
  { charter, edits }: { readonly charter: Charter; readonly edits: MatrixEdits },
): Edited {
  return applyEdits({ ...inputOf(shared, charter, seenBy(shared)), charter }, edits);
}

function inputOf({ input }: EvaluationState, charter: Charter | null, seen: Observed | null) {
  return {
    catalogue: input.catalogue,
    charter,
    observed: seen?.connectors ?? [],
    today: input.today,
  };
}

/** The readings of the control that compares with the charter, with the same maximum age. */
function seenBy(shared: EvaluationState): Observed | null {
  const rule = 'connectors-within-charter';
  const control = shared.input.catalogue.controls.find((one) =>
    one.checks.some((check) => check.rule === rule),
  );
  if (control === undefined) return null;
  const check = control.checks.find((one) => one.rule === rule);
  return observe(contextFor(shared, control, check?.freshDays ?? DEFAULT_FRESH_DAYS));
}
