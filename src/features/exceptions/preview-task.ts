import { EvaluationState } from '#domain/decide/context.ts';
import { decideControl } from '#domain/decide/decide.ts';
import type { Exception } from '#domain/model/charter.ts';
import type { Verdict } from '#domain/model/verdict.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    exceptionPreview: typeof previewException;
  }
}

export interface PreviewParams {
  readonly control: string;
  readonly items: readonly string[] | null;
  readonly until: string;
}

export interface Preview {
  readonly before: Verdict;
  readonly after: Verdict;
}

/**
 * Evaluates one control twice: as it is, and as if the exception were approved and in force today. null if there is no
 * such control.
 */
export function previewException(
  { shared }: { readonly shared: EvaluationState },
  { control: id, items, until }: PreviewParams,
): Preview | null {
  const { input } = shared;
  const control = input.catalogue.controls.find((one) => one.id === id);
  if (!control) return null;
  const asked: Exception = {
    control: id,
    ...(items === null ? {} : { items: [...items] }),
    reason: 'asked for',
    owner: 'the owner',
    until,
    approvedBy: 'a second person',
  };
  const charter = input.charter ?? { value: {}, file: '', sha256: '', lines: {} };
  const changed = new EvaluationState({
    ...input,
    charter: {
      ...charter,
      value: { ...charter.value, exceptions: [...(charter.value.exceptions ?? []), asked] },
    },
  });
  return { before: decideControl(control, shared), after: decideControl(control, changed) };
}
